"""The checker before despatch: each family finds what it is for, and nothing where all is well."""

import datetime as dt
from typing import Any

import pytest

from boards.models import AgendaItem, Meeting
from boroughs.models import Borough
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from reports.models import Acronym, Paper
from reports.rendering.findings import findings_on
from reports.rendering.renditions import members_paper, open_paper
from tests import make
from tests.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(in_august: None, secretary: User) -> Paper:
    return make.paper()


def found(paper: Paper, family: str) -> list[str]:
    return [each.words for each in findings_on(paper, members_paper(paper)) if each.family == family]


def test_leap_13_a_paper_without_a_fault_has_no_finding(paper: Paper) -> None:
    make.block(paper, "Of 12 events, 5 were in Brent and 4 in Harrow. The panel met on Thursday 18 June 2026.")

    assert findings_on(paper, members_paper(paper)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "There were 12 events: 5 in Brent, 4 in Harrow and 2 in Camden.",
            "The parts do not make the total: 5 + 4 + 2 = 11, and not 12.",
        ),
        (
            "Of the posts, 7 of which are vacant, none is new. We have 9 posts, of which 6 are filled and 5 are not.",
            "The parts are more than the whole: 6 + 5 = 11, of 9.",
        ),
        (
            "Each of the 629 wards has 2 constables and 1 support officer, about 1,700 officers in all.",
            "629 × (2 + 1) = 1,887, and the text says about 1,700 officers.",
        ),
    ],
)
def test_leap_13_sums_that_do_not_come_out_are_found(paper: Paper, text: str, words: str) -> None:
    make.block(paper, text, source="The borough’s log")

    assert found(paper, "sums") == [words]


def test_leap_13_a_number_of_things_is_held_against_the_table_of_them(paper: Paper) -> None:
    make.block(paper, "The table lists all 11 regional units.", source="The network")
    make.block(paper, "", kind="table", figure="activities_by_strand")

    assert found(paper, "sums") == ["The text says that the table has 11 regional units; it has 4 rows."]


def test_leap_13_stock_and_flow_are_never_added_or_compared(paper: Paper) -> None:
    make.block(paper, "With 17 referrals in April and May and 45 active as of May there are 62 in all.", source="SO")
    make.block(paper, "[[activities]] activities, up from [[returns_accepted]] returns.")
    make.block(paper, "In the quarter there were [[activities]] activities. [[returns_accepted]] returns are accepted.")

    assert [words[:36] for words in found(paper, "stock_flow")] == [
        "A number over some time and a number",
        "“Activities delivered” (over the per",
    ]


def test_leap_13_one_number_in_two_wordings_is_found_in_the_paper_and_against_the_last_one(paper: Paper) -> None:
    earlier = make.paper(at=make.meeting(dt.date(2026, 6, 18)), quarter=Quarter(2025, 4))
    make.block(earlier, "Partners trained over 3,000 staff. About 90 schools took part.", source="The log")
    make.block(earlier, "There are about 66 sites.", exempt_ground="3", public_interest="Trade.", source="The log")
    make.issue(earlier)
    make.block(paper, "There are around 700 investigations.", source="The Met")
    make.block(
        paper, "They lead in excess of 700 investigations, with nearly 3,000 staff and 66 sites.", source="The Met"
    )

    place = "B. Supporting information, paragraph 3"
    assert found(paper, "wording") == [
        f"“in excess of 700 investigations” here, and “around 700 investigations” in {place}. Say it in one way.",
        "“nearly 3,000 staff” here, and “over 3,000 staff” in the paper of 18 June 2026.",
    ]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The panel met on Friday 18 June 2026.", "18 June 2026 is a Thursday, and not a Friday."),
        ("It will end on 31 April 2027.", "There is no 31 April 2027."),
        ("The review will be ready on 1 September 2026.", "1 September 2026 is spoken of as still to come."),
        ("The review was finished on 1 October 2026.", "1 October 2026 is spoken of as over."),
        ("As in Q2 2026, nothing changed.", "“Q2 2026” can be of two years."),
        ("As in Q2 2026/28, nothing changed.", "There is no financial year 2026/28."),
        ("As in Q3 2026/27, nothing changed.", "Q3 2026/27 is after the quarter that the paper is on"),
    ],
)
def test_leap_13_dates_are_held_against_the_meeting(paper: Paper, text: str, start: str) -> None:
    make.block(paper, text)

    (words,) = found(paper, "dates")
    assert words.startswith(start)


def test_leap_13_a_letter_that_stands_twice_is_found(paper: Paper, secretary: User) -> None:
    template = paper.template
    with acting(secretary):
        template.sections = [*template.sections[:-1], template.sections[-1] | {"letter": "D"}]
        template.save()

    assert found(paper, "letters") == ["Two sections have the letter D."]


def test_leap_13_a_marking_that_is_lower_than_its_content_is_found(paper: Paper) -> None:
    make.block(paper, "The annex is OFFICIAL-SENSITIVE.")
    make.block(paper, "This one is OFFICIAL-SENSITIVE.", marking="OFFICIAL-SENSITIVE")

    assert found(paper, "markings") == ["The text speaks of OFFICIAL-SENSITIVE material, and is marked OFFICIAL."]


def test_leap_13_grounds_that_disagree_are_found_by_those_alone_who_read_what_is_exempt(paper: Paper) -> None:
    about = {"section": "implications", "heading": "financial", "public_interest": "A tender runs."}
    make.block(paper, "The supplier offers a price.", exempt_ground="3", **about)
    make.block(paper, "The public is excluded under paragraph 1 of Schedule 12A.")

    whole = findings_on(paper, members_paper(paper))

    assert [(each.words, each.exempt) for each in whole if each.family == "grounds"] == [
        ("The text cites paragraph 1 of Schedule 12A; what is exempt here is so under paragraph 3.", True)
    ]
    assert [each for each in findings_on(paper, open_paper(paper)) if each.family == "grounds"] == []


def took(day: dt.date, ground: str, title: str = "A contract") -> AgendaItem:
    """An item of the meeting of that day that was taken in Part 2 on that ground."""
    meeting = Meeting.objects.filter(day=day).first() or make.meeting(day)
    item = AgendaItem(meeting=meeting, number=meeting.next_item_number(), title=title, part="2", ground=ground)
    with acting(person("secretary")):
        item.save()
    return item


def test_d10_minutes_are_held_against_the_grounds_on_the_agenda_of_the_meeting_that_they_tell_of(paper: Paper) -> None:
    june = dt.date(2026, 6, 18)
    took(june, "3"), took(june, "1", "A post")
    said = "On 18 June 2026 the public was excluded from {} under paragraph {} of Schedule 12A."
    make.block(paper, said.format("item 1", 1))
    make.block(paper, said.format("item 2", 1))
    make.block(paper, said.format("what followed", 7))
    make.block(paper, "The supplier disputes it.", exempt_ground="3", public_interest="A tender runs.")
    agenda = "The text cites paragraph {} of Schedule 12A. The agenda of 18 June 2026 has {}."

    whole = [each for each in findings_on(paper, members_paper(paper)) if each.family in ("agendas", "grounds")]

    assert [(each.words, each.stops, each.exempt, each.is_in_block) for each in whole] == [
        (agenda.format(1, "item 1 under paragraph 3"), True, False, True),
        (agenda.format(7, "item 1 under paragraph 3 and item 2 under paragraph 1"), True, False, True),
    ]


def test_d10_what_is_exempt_is_held_against_what_its_own_meeting_excludes_the_public_on(paper: Paper) -> None:
    took(paper.day, "3")
    make.block(paper, "The supplier disputes it.", exempt_ground="3", public_interest="A tender runs.")
    make.block(paper, "", kind="table", figure="activities_by_strand", exempt_ground="7", public_interest="An inquiry.")

    (finding,) = [each for each in findings_on(paper, members_paper(paper)) if each.family == "agendas"]

    assert finding.words.endswith("has item 1 under paragraph 3: its resolution has to cite both.")
    assert (finding.stops, finding.exempt, finding.is_in_block) == (False, True, True)
    assert [each for each in findings_on(paper, open_paper(paper)) if each.family == "agendas"] == []


def test_e17_an_acronym_is_written_out_where_it_first_stands_as_on_the_day_of_the_meeting(
    paper: Paper, secretary: User
) -> None:
    with acting(secretary):
        for short, expansion, ends, note in [
            ("XYA", "Example Young Adults", None, ""),
            ("OLB", "Old Local Body", dt.date(2012, 1, 16), "A new body took its place"),
        ]:
            Acronym(short=short, expansion=expansion, ends=ends, note=note).save()
    make.block(paper, "XYA met. Later XYA met again, and the Old Local Body (OLB) with it.")
    make.block(paper, "The Muslim Contact Unit (MSU) and the QQZ joined; the Other Youth Aim (XYA) did not.")

    assert found(paper, "acronyms") == [
        "“XYA” is not written out where it first stands. Write “Example Young Adults (XYA)”.",
        "“OLB” was in use until 16 January 2012. A new body took its place.",
        "The letters of “MSU” are not those of Muslim Contact Unit.",
        "“QQZ” is not written out where it first stands. It is not in the list of acronyms.",
        "“XYA” stands for Example Young Adults in the list, and not for the Other Youth Aim.",
    ]


def test_the_quarters_paper_has_nothing_to_find(in_august: None, secretary: User) -> None:
    assert Borough.objects.count() == 33
    paper: Any = make.paper()

    assert findings_on(paper, members_paper(paper)) == []
