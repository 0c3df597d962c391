"""Figures in words inside a paper: inserted, issued with what they said, and leading to the page behind them."""

import datetime as dt

import pytest
from django.urls import reverse

from boroughs.models import Post
from reports.figures.told import TOLD, known_told, told
from reports.rendering.frozen import compared
from reports.rendering.remarks import why_not_in_prose
from tests import make
from tests.boroughs.test_resources import make_posts, typed_line
from tests.cast import BRENT, HARROW, as_
from tests.reports.test_value import supplied
from tests.strands.measuring import measure
from tests.strands.planned import deliverable

# Reference data, which is there before anybody has typed a word.
KNOWN = {"threat"}
pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("in_august")
def test_an_issued_paper_keeps_what_a_figure_in_words_said_and_says_what_it_says_now(secretary, member) -> None:
    make_posts({BRENT: "0.5", HARROW: "0.5"}, ["PEO-901"])
    paper = make.paper()
    make.block(paper, "We have [[officers]].")
    issued = make.issue(paper)

    make_posts({BRENT: ""}, ["PEO-902"])

    head = next(found for found in issued.content["figures"] if found["key"] == "officers")
    assert (head["words"], head["rows"]) == ("1 post, all filled, over 2 of 32 boroughs", [])
    (line,) = [found for found in compared(issued.content, member) if found.n == head["n"]]
    assert (line.issued, line.now) == (head["words"], "2 posts, all filled, over 2 of 32 boroughs")
    page = as_(member).get(reverse("paper_figure", args=[paper.pk, head["n"]]))
    assert page["Location"] == f"{reverse('resources')}?on=2026-06-30"


def test_a_figure_in_words_without_anything_to_tell_says_so(db: None) -> None:
    found = told(TOLD, make.QUARTER)

    assert {key: figure.words for key, figure in found.items() if key not in KNOWN and not key.startswith("plan_")} == {
        "officers": "No post is recorded",
        "officers_spread": "No borough has a share of these posts",
        "money": "No line of funding is recorded for 2026/27",
        "deliverables": "No deliverable is in the plan of 2026/27",
        "measures": "No measure with a target has data yet",
        "returns": f"None of 33 returns, the City of London’s among them, are accepted for {make.QUARTER}. "
        "Not called for: 33",
        "shortfalls": "No measure with data is short of its target, and no deliverable is late",
        "risks": "No risk for all of London is open",
        "equality": "No equality assessment of this work is recorded",
        "benchmarks": "Eight benchmarks, from 2024: 0 of 33 areas have scored themselves against all 8 criteria",
        "objectives": "The plan for 2026/27 has deliverables under none of 13 objectives of CONTEST, July 2023",
        "measures_table": "",
        "deliverables_table": "",
    }


@pytest.mark.usefixtures("in_august")
def test_a_figure_in_words_stands_as_far_as_its_records_are_complete(db: None) -> None:
    """Nothing is recorded, so nothing that needs a record is final; and while its quarter runs nothing is."""
    found = told(TOLD, make.QUARTER)
    running = told(["officers", "threat"], make.QUARTER.shifted(1))

    assert {key: figure.status_words for key, figure in found.items() if figure.status != "final"} == {
        "officers": "Provisional: no post is recorded",
        "officers_spread": "Provisional: no post is recorded",
        "money": "Provisional: no line of funding is recorded",
        "deliverables": "Provisional: no deliverable is in the plan",
        "measures": "Provisional: no measure is due",
        "returns": "Provisional: 0 of 33 returns are accepted or excused",
        "shortfalls": "Provisional: no measure is due, no deliverable is in the plan",
        "equality": "Provisional: no assessment is recorded",
        "benchmarks": "Provisional: 33 of 33 areas have criteria not scored yet",
        "measures_table": "Provisional: no measure is due",
        "deliverables_table": "Provisional: no deliverable is in the plan",
    } | {
        f"plan_{strand}": "Provisional: no deliverable is in the plan, no measure is due"
        for strand in ("pursue", "prevent", "protect", "prepare")
    }
    assert found["threat"].status_words.startswith("Final: nothing is missing")
    assert [figure.status_words for figure in running.values()] == [
        "Not yet complete: the quarter ends on 30 September 2026, no post is recorded",
        "Not yet complete: the quarter ends on 30 September 2026",
    ]


@pytest.mark.usefixtures("in_august")
def test_draft_margin_and_issued_paper_say_how_a_figure_in_words_stands(secretary) -> None:
    make_posts({BRENT: "0.5", HARROW: "0.5"}, ["PEO-901"])
    found = deliverable()
    paper = make.paper()
    make.block(paper, f"We have [[officers]]. {found.title}: [[{found.reference}]].")
    page = as_(secretary).get(paper.get_absolute_url()).content.decode()
    open_ = "Provisional: 1 of 1 deliverable is still open"
    heads = {head["key"]: head["status_words"] for head in make.issue(paper).content["figures"]}

    assert f"{open_}." in page
    assert f"{open_}<br>As at" in page
    assert heads[found.reference] == open_
    assert heads["officers"] == "Final: nothing is missing from the records, and nothing open in them"


def test_words_about_measures_stand_as_their_values_do(db: None, time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 12, 2, 10, tzinfo=dt.UTC), tick=True)
    first, second = measure("PV-03"), measure("PV-11")

    def said() -> str:
        return told(["measures"], make.QUARTER.shifted(1))["measures"].status_words

    before = said()
    supplied(first, 600, (10, 12), (10, 19), (10, 21))
    supplied(second, 45, (10, 12), (10, 19))

    assert before == "Provisional: 2 of 2 measures have no complete data"
    assert said() == "Provisional: 1 is not approved yet"


def test_a_deliverable_is_named_by_its_reference_and_an_unknown_one_is_refused(db: None) -> None:
    found = deliverable(population_id="MET_32")

    assert known_told([found.reference, "PV/2026-27/99", "activities"]) == [found.reference]
    assert why_not_in_prose(found.reference) == ""
    assert "no figure called" in why_not_in_prose("PV/2026-27/99")
    assert told([found.reference], make.QUARTER)[found.reference].words.startswith("None of 32 boroughs has it yet")


def test_money_that_is_not_confirmed_is_told(secretary) -> None:
    typed = typed_line(confirmed="", **dict.fromkeys(("confirmed_until-day", "confirmed_until-month"), ""))
    typed["confirmed_until-year"] = ""
    as_(secretary).post(reverse("funding_new"), typed)

    found = told(["money"], make.QUARTER)["money"]

    expected = "Channel co-ordination: £0.7m is expected in 2026/27 for 0 recorded of the 10 posts that it covers."
    assert found.words == f"{expected} None of it is confirmed"
    lacks = "£0.7m is not confirmed, 10 of the posts that it covers are not recorded"
    assert found.status_words == f"Provisional: {lacks}"
    assert not Post.objects.on(dt.date(2026, 6, 30)).exists()
