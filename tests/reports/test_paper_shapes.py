"""The shapes of papers: which hold for which body on which day, and how each is lettered, numbered and headed."""

import datetime as dt
import json
from typing import Any

import pytest
from django.template import Context
from django.urls import reverse

from boards.models import Board
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.models import Block, Paper, PaperTemplate
from reports.rendering.composition import compose
from reports.rendering.contents import Contents
from reports.rendering.numbering import Section, arrange
from reports.rendering.pdf import templates
from reports.rendering.remarks import remarks_on, what_stops
from reports.rendering.renditions import members_paper
from tests import make
from tests.cast import as_
from tests.reports.test_numbering import Piece, numbers, shape

pytestmark = pytest.mark.usefixtures("in_august")
EIGHT = {
    "committee-report-2000s",
    "committee-report-2009",
    "committee-report-2011",
    "briefing-paper",
    "council-briefing-note",
    "borough-report",
    "mopac-decision",
    "london-assembly-report",
}


def template(key: str) -> PaperTemplate:
    return PaperTemplate.objects.get(key=key)


def offered(board: Board, day: dt.date, *, to_meeting: bool) -> list[str]:
    return list(PaperTemplate.objects.offered_to(board, day, to_meeting=to_meeting).values_list("key", flat=True))


def filled(key: str, **values: Any) -> Paper:
    """A draft in that shape with a paragraph, or a recommendation, in every section that takes one."""
    found = template(key)
    regime = {"access_regime": found.regime} if found.regime else {}
    board = make.board(f"board-{key}", name="Board of the day", short_name="BoD", starts=dt.date(2000, 1, 1), **regime)
    day = found.starts + dt.timedelta(days=30)
    where = {"at": make.meeting(day, board=board)} if found.goes_to_meeting else {"board": board, "dated": day}
    paper = make.paper(template=found, by=make.secretary_of(board), **where, **values)
    taken = set(paper.blocks.values_list("section", flat=True))
    for section in found.sections:
        if section["key"] not in taken | {"contact"}:
            kind = "recommendation" if section.get("lead_in") else "paragraph"
            make.block(paper, "Written.", by=paper.author, section=section["key"], heading="", kind=kind)
    return Paper.objects.get(pk=paper.pk)


# --- which hold -----------------------------------------------------------------------------------


def test_e1_every_shape_of_every_body_and_year_is_there_and_has_no_fault(db: None) -> None:
    found = PaperTemplate.objects.all()

    assert {row.key for row in found} == EIGHT
    assert {row.key: row.faults() for row in found} == {key: [] for key in EIGHT}


@pytest.mark.parametrize(
    ("day", "regime", "to_meeting", "expected"),
    [
        (dt.date(2005, 3, 1), "informal", True, ["committee-report-2000s"]),
        (dt.date(2009, 1, 29), "informal", True, ["committee-report-2009"]),
        (dt.date(2011, 9, 8), "informal", True, ["committee-report-2011"]),
        (dt.date(2009, 9, 2), "informal", False, ["briefing-paper"]),
        (dt.date(2015, 1, 21), "part_va", True,
         ["committee-report-2011", "council-briefing-note", "london-assembly-report"]),
        (dt.date(2026, 9, 2), "executive", True, ["committee-report-2011", "borough-report"]),
        (dt.date(2026, 9, 2), "mopac", False, ["briefing-paper", "mopac-decision"]),
        (dt.date(1999, 9, 2), "informal", True, []),
    ],
)  # fmt: skip
def test_e1_a_body_is_offered_the_shapes_that_hold_on_the_day(
    db: None, day: dt.date, regime: str, to_meeting: bool, expected: list[str]
) -> None:
    board = make.board("of-the-regime", name="Board", short_name="B", access_regime=regime)

    assert offered(board, day, to_meeting=to_meeting) == expected


def test_e1_a_boards_own_version_stands_in_the_place_of_everybodys_from_its_day(db: None) -> None:
    board, other = make.board(), make.board("other", name="Other", short_name="O")
    make.paper_template("own", board=board, shape="briefing-paper", starts=dt.date(2026, 9, 1))

    assert offered(board, dt.date(2026, 8, 31), to_meeting=False) == ["briefing-paper"]
    assert offered(board, dt.date(2026, 9, 1), to_meeting=False) == ["own"]
    assert offered(other, dt.date(2026, 9, 1), to_meeting=False) == ["briefing-paper"]


def test_a_body_takes_its_strands_in_its_own_order(db: None) -> None:
    strands = {"pursue", "prevent", "protect", "prepare"}
    order = {
        key: [section["key"] for section in template(key).sections if section["key"] in strands]
        for key in ("briefing-paper", "council-briefing-note")
    }

    assert order == {
        "briefing-paper": ["pursue", "prevent", "protect", "prepare"],
        "council-briefing-note": ["protect", "prepare", "prevent"],
    }


# --- numbers and letters --------------------------------------------------------------------------


def test_e2_decimal_numbers_have_that_of_their_section_and_leave_the_others_alone(db: None) -> None:
    shapes = [
        shape("a", "continuous"),
        shape("b", "decimal", "equality", letter="4"),
        shape("c", "decimal", letter=""),
        shape("d", "continuous"),
    ]
    found = arrange(shapes, [Piece("a"), Piece("b"), Piece("b"), Piece("c"), Piece("d")])

    assert numbers(found) == {"a": ["1"], "b": ["4.1", "4.2", "4.3"], "c": ["2.1"], "d": ["2"]}
    assert [section.heading for section in found] == ["A. a", "4. b", "c", "D. d"]


def test_e2_bullets_stay_in_their_paragraph_and_references_follow_it(db: None) -> None:
    paper = filled("mopac-decision", title="Bullets")
    by, here = paper.author, {"section": "issues", "heading": "", "by": paper.author}
    first = make.block(paper, "Two things were done:\n\n- one\n- another", **here)
    make.block(paper, f"As [[para:{first.pk}]] says.", **here)
    make.block(paper, "Before them all.", section="background", heading="", by=by)
    content, _ = compose(Paper.objects.get(pk=paper.pk))
    blocks = next(section["blocks"] for section in content["sections"] if section["key"] == "issues")

    assert [block["number"] for block in blocks] == ["2.1", "2.2", "2.3"]
    assert "<li>one</li>" in blocks[1]["html"]
    assert "As paragraph 2.2 says." in blocks[2]["html"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("committee-report-2009", ["A. Recommendation", "B. Supporting information", "C. Legal implications",
                                   "D. Race and equality impact", "E. Financial implications", "F. Background papers",
                                   "G. Contact details"]),
        ("mopac-decision", ["Recommendation", "1. Introduction and background", "2. Issues for consideration",
                            "3. Financial comments", "4. Legal comments", "5. Risk and commercial comments",
                            "6. Equality comments", "7. Background and supporting papers"]),
        ("council-briefing-note", ["Background", "Governance", "Threat", "Protect", "Prepare", "Prevent",
                                   "CONTEST and social cohesion"]),
    ],
)  # fmt: skip
def test_e1_sections_are_headed_as_the_shape_says(db: None, key: str, expected: list[str]) -> None:
    assert [found.heading for found in arranged(template(key))] == expected


def arranged(found: PaperTemplate) -> list[Section]:
    return arrange(found.sections, [])


def test_e1_a_letter_that_stands_twice_is_caught_in_a_sentence(db: None) -> None:
    found = template("committee-report-2011")
    found.sections[-1]["letter"] = "D"

    assert found.faults() == ["The letter D stands twice: before “Background papers” and before “Contact details”."]


# --- what stands on the paper ---------------------------------------------------------------------


@pytest.mark.parametrize("key", sorted(EIGHT))
def test_e1_a_paper_in_every_shape_is_composed_and_comes_out_in_page_and_pdf_alike(db: None, key: str) -> None:
    paper = filled(key)
    content, _ = compose(paper, "1")
    page = as_(paper.author).get(paper.get_absolute_url()).content.decode()
    snapshot = content | {"figures": [], "issued": {"at": "2026-08-03T09:00:00+00:00", "by": "Secretary"}}
    contents = Contents(json.dumps(snapshot))
    printed = templates().get_template(contents.template).render(Context(contents.context()))
    for section in arranged(paper.template):
        assert (f">{section.heading}</h2>" in page) == (f">{section.heading}</h2>" in printed) == bool(section.heading)
    for words in [paper.template.disclaimer, *paper.template.contact]:
        assert words in page
        assert words in printed
    # It has none here, so there is nothing to say of them.
    assert "Figures in this paper" not in printed


def test_e16_standing_texts_are_printed_and_a_paper_that_decides_nothing_takes_no_recommendation(db: None) -> None:
    paper = filled("briefing-paper")
    page = as_(paper.author).get(paper.get_absolute_url()).content.decode()

    assert "asks nobody for a decision" in page
    assert "kind=recommendation" not in page
    assert "Summary" not in page[page.index("portal-paper__front") : page.index("</article>")]
    asked = {"section": "performance", "heading": "", "kind": "recommendation"}
    assert as_(paper.author).get(reverse("block_new", args=[paper.pk]), asked).status_code == 404
    paper.template.sections[0]["lead_in"] = "That"
    assert paper.template.faults()[0].startswith("Papers of this shape ask for no decision")


def test_e16_the_standing_sentence_of_a_section_is_in_every_paper(db: None) -> None:
    paper = filled("london-assembly-report")
    page = as_(paper.author).get(paper.get_absolute_url()).content.decode()

    assert "as the Local Government (Access to Information) Act 1985 asks:" in page


# --- blank is not an answer -----------------------------------------------------------------------


def test_e1_front_matter_that_the_shape_asks_for_has_to_be_there_before_the_paper_goes_out(db: None) -> None:
    paper = filled("borough-report")
    make.block(paper, "None.", section="implications", heading="equality", by=paper.author)
    url, client = reverse("paper_edit", args=[paper.pk]), as_(paper.author)
    blank = [remark.where for remark in remarks_on(members_paper(paper)) if remark.place == "front"]
    form = client.get(url).context["form"]
    typed = {
        "title": paper.title, "by_line": "Head of community safety", "summary": "News", "meeting": paper.meeting_id,
        "quarter": "2026-27-Q1", "part": "1", "front_decision_maker": "Cabinet", "front_wards": "All",
        "front_director": "Director of Communities", "front_cabinet_member": "Cabinet member for safety",
        "front_key_decision": "No", "version": paper.version, "opened": form["opened"].value(),
    }  # fmt: skip

    client.post(url, typed)

    changed = Paper.objects.get(pk=paper.pk)
    page = client.get(paper.get_absolute_url()).content.decode()
    assert blank == ["Decision-maker", "Wards", "Responsible director", "Cabinet member", "Key decision"]
    assert what_stops(paper).startswith("Decision-maker: Nothing is said here")
    assert what_stops(changed) == ""
    assert "<dt>Key decision:</dt><dd>No</dd>" in page
    assert "<dt>Open to call-in:</dt>" not in page


def test_e1_a_by_line_has_the_words_that_the_shape_asks_for(db: None) -> None:
    paper = filled("committee-report-2009", by_line="Assistant Commissioner")
    asked = what_stops(paper)
    with acting(paper.author):
        paper.by_line = "Assistant Commissioner on behalf of the Commissioner"
        paper.save()

    assert asked == "By-line: The by-line of this shape has the words “on behalf of”."
    assert what_stops(Paper.objects.get(pk=paper.pk)) == ""


def test_e1_a_blank_section_keeps_the_paper_back_unless_the_shape_has_a_sentence_for_it(db: None) -> None:
    paper = filled("committee-report-2009", by_line="Clerk on behalf of the Authority")
    for block in Block.objects.filter(paper=paper, section__in=["legal", "supporting"]):
        with acting(paper.author):
            block.delete()
    found = {remark.where: remark for remark in remarks_on(members_paper(Paper.objects.get(pk=paper.pk)))}

    assert found["B. Supporting information"].stops
    assert not found["C. Legal implications"].stops


def test_e14_what_was_issued_keeps_its_shape_whatever_becomes_of_the_template(db: None, secretary: User) -> None:
    issue = make.issue(make.paper())
    found = PaperTemplate.objects.get(pk=issue.paper.template_id)
    with acting(secretary):
        found.sections, found.disclaimer = found.sections[:1], "Otherwise."
        found.save()
    page = as_(secretary).get(issue.paper.get_absolute_url()).content.decode()

    assert "E. Contact details" in page
    assert "Otherwise." not in page
