"""Exempt parts of a paper: who reads them, and where nobody else meets them."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from boards.models import Board
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.models import Block, Document, Issue, Paper, ReleasedFigure
from reports.rendering.composition import compose, compose_open
from reports.rendering.remarks import remarks_on
from reports.rendering.renditions import members_paper, open_paper
from reports.workflow.moving import move_block
from reports.workflow.papers import save_block, save_paper
from tests import cast, make
from tests.cast import as_

pytestmark = pytest.mark.usefixtures("in_august")

EXEMPT: dict[str, Any] = {"exempt_ground": "3", "public_interest": "It would weaken a negotiation."}


def numbers(content: dict[str, Any], section: str = "supporting") -> list[str]:
    found = next(each for each in content["sections"] if each["key"] == section)
    return [block["number"] for block in found["blocks"] if block.get("number")]


def texts(content: dict[str, Any]) -> list[str]:
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    return [re.sub("<[^>]+>", "", block["html"]) for block in blocks if "html" in block]


def choose(style: str) -> None:
    board = Board.objects.get(key=cast.BOARD)
    board.exempt_style = style
    with acting(cast.person("secretary")):
        board.save()


@pytest.fixture
def paper(log: list[Any]) -> Paper:
    """Three paragraphs in one place, the middle one exempt; the last refers to the first and to the exempt one."""
    made = make.paper()
    first = make.block(made, "Open before.")
    second = make.block(made, "The supplier Quillfeather disputes the invoice.", marking="OFFICIAL-SENSITIVE", **EXEMPT)
    make.block(made, f"Open after, see [[para:{first.pk}]] and [[para:{second.pk}]].")
    return Paper.objects.get(pk=made.pk)


# --- two renditions -------------------------------------------------------------------------------


def test_e8_exempt_block_is_in_the_members_version_alone_and_numbers_close_up(paper: Paper) -> None:
    whole, opened = compose(paper)[0], compose_open(paper)

    assert "Quillfeather" in json.dumps(whole)
    assert "Quillfeather" not in json.dumps(opened)
    assert numbers(whole) == [str(n) for n in range(1, len(numbers(whole)) + 1)]
    assert numbers(opened) == numbers(whole)[:-1]


def test_e8_references_follow_the_numbers_of_each_version(paper: Paper) -> None:
    first = next(part for part in texts(compose(paper)[0]) if part.startswith("Open after"))
    closed = next(part for part in texts(compose_open(paper)) if part.startswith("Open after"))
    choose("placeholder")
    stands_in = compose_open(Paper.objects.get(pk=paper.pk))
    kept = next(part for part in texts(stands_in) if part.startswith("Open after"))

    assert first == "Open after, see paragraph 3 and paragraph 4."
    assert closed == "Open after, see paragraph 3 and a paragraph that is not in this version."
    assert kept == first
    assert numbers(stands_in) == numbers(compose(paper)[0])
    assert "[exempt] Schedule 12A, paragraph 3: financial or business affairs." in texts(stands_in)


def test_e8_a_place_of_which_all_is_exempt_does_not_say_that_there_is_nothing(paper: Paper) -> None:
    make.block(paper, "A deficit of Quillfeather.", section="implications", heading="financial", **EXEMPT)
    nil = next(
        heading["nil"]
        for section in paper.template.sections
        for heading in section["headings"]
        if heading["key"] == "financial"
    )
    opened = compose_open(Paper.objects.get(pk=paper.pk))

    assert not [text for text in texts(opened) if text == nil]
    assert [text for text in texts(opened) if text.startswith("What belongs here is exempt")]


def test_e8_summary_and_recommendation_can_be_exempt(paper: Paper, secretary: User) -> None:
    paper.summary, paper.summary_ground, paper.summary_interest = "Quillfeather owes.", "3", "A negotiation."
    with acting(secretary):
        save_paper(paper, by=secretary)
    make.block(
        paper, "the Board pay Quillfeather.", section="recommendation", heading="", kind="recommendation", **EXEMPT
    )
    opened = compose_open(Paper.objects.get(pk=paper.pk))
    recommendation = next(each for each in opened["sections"] if each["key"] == "recommendation")

    assert "Quillfeather" not in json.dumps(opened)
    assert "exempt and not in this version" in opened["paper"]["summary"]
    assert (recommendation["lead_in"], [block["number"] for block in recommendation["blocks"]]) == ("", [""])


def test_e8_figures_of_exempt_parts_are_not_figures_of_the_public_version(log: list[Any], secretary: User) -> None:
    paper = make.paper()
    make.block(paper, "Of them, [[boroughs_active]] boroughs.", **EXEMPT)
    for block in paper.blocks.filter(text__contains="boroughs_active", exempt_ground=""):
        block.text = "Nothing of that here."
        with acting(secretary):
            save_block(block, by=secretary)
    issue = make.issue(Paper.objects.get(pk=paper.pk))

    assert "boroughs_active" in {head["key"] for head in issue.content["figures"]}
    assert "boroughs_active" not in {head["key"] for head in issue.open_content["figures"]}
    assert ReleasedFigure.objects.get(figure="boroughs_active").exempt is True
    assert not ReleasedFigure.objects.visible_to(cast.person("analyst")).filter(figure="boroughs_active").exists()
    assert ReleasedFigure.objects.visible_to(secretary).filter(figure="boroughs_active").exists()


def test_public_type_has_no_field_for_what_is_exempt(paper: Paper) -> None:
    opened = open_paper(paper)

    assert {"exempt", "interest", "summary_exempt"} & set(dir(opened)) | {"exempt", "interest"} & set(
        dir(opened.pieces[0])
    ) == set()
    assert "Quillfeather" not in repr(opened)
    assert "Quillfeather" in repr(members_paper(paper))


def test_both_versions_are_frozen_at_issue_with_a_document_and_a_hash_each(paper: Paper) -> None:
    issue = make.issue(paper)
    documents = {each.rendition: each for each in issue.documents.all()}

    assert issue.sha256 != issue.open_sha256 != ""
    assert "Quillfeather" not in issue.open_snapshot
    assert {name: each.input_hash for name, each in documents.items()} == {
        "members": issue.sha256,
        "public": issue.open_sha256,
    }
    assert documents["members"].filename == "london-contest-board-2026-09-17-report-1-OFFICIAL-SENSITIVE.pdf"
    assert documents["public"].filename == "london-contest-board-2026-09-17-report-1-public-OFFICIAL.pdf"


@pytest.mark.parametrize("values", [{"part": "2"}, {"marking": "OFFICIAL-SENSITIVE"}])
def test_a_paper_that_the_public_may_not_read_has_no_public_version(log: list[Any], values: dict[str, str]) -> None:
    paper = make.paper(part=values.get("part", "1"))
    make.block(paper, "Something.", marking=values.get("marking", "OFFICIAL"))
    issue = make.issue(Paper.objects.get(pk=paper.pk))

    assert (issue.open_snapshot, [each.rendition for each in issue.documents.all()]) == ("", ["members"])


# --- who reads what -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("secretary", True),
        ("chair", True),
        ("boardmember", True),
        ("member", False),
        ("analyst", False),
        ("auditor", False),
    ],
)
def test_e8_exempt_parts_are_for_those_who_read_part_2(paper: Paper, who: str, reads: bool) -> None:
    issue = make.issue(paper)
    client = as_(cast.person(who))
    pages = [reverse("paper", args=[paper.pk]), reverse("papers"), reverse("meeting", args=[paper.meeting_id])]
    shown = "".join(client.get(address).content.decode() for address in pages)

    assert ("Quillfeather" in shown) is reads
    assert ("portal-marking--official-sensitive" in shown) is reads
    assert ("Part 2 (exempt)" in shown) is reads
    seen = Document.objects.visible_to(cast.person(who)).filter(issue=issue)
    assert {each.rendition for each in seen} == ({"members", "public"} if reads else {"public"})


def test_e8_a_draft_shows_its_exempt_parts_to_nobody_else(paper: Paper) -> None:
    exempt = paper.blocks.exclude(exempt_ground="").get()
    analyst, chair = as_(cast.person("analyst")), as_(cast.person("chair"))
    own = [reverse(name, args=[paper.pk]) for name in ("paper", "paper_check", "paper_history", "paper_edit")]
    block = [reverse(name, args=[paper.pk, exempt.pk]) for name in ("block_edit", "block_removal")]

    pages = [analyst.get(address) for address in own]
    assert [page.status_code for page in pages] == [200] * 4
    assert not [page for page in pages if "Quillfeather" in page.content.decode()]
    assert not [page for page in pages if "portal-marking--official-sensitive" in page.content.decode()]
    assert [analyst.get(address).status_code for address in block] == [404, 404]
    assert "Quillfeather" in chair.get(own[0]).content.decode()
    assert "Quillfeather" in chair.get(own[2]).content.decode()
    assert "Quillfeather" not in chair.get(own[0] + "?version=public").content.decode()


def test_history_of_what_was_exempt_once_stays_with_those_who_read_it(paper: Paper, secretary: User) -> None:
    block = paper.blocks.exclude(exempt_ground="").get()
    block.text, block.exempt_ground, block.public_interest, block.marking = "Settled.", "", "", "OFFICIAL"
    with acting(secretary):
        save_block(block, by=secretary)
    address = reverse("paper_history", args=[paper.pk])

    assert Paper.objects.get(pk=paper.pk).has_exempt is False
    assert "Quillfeather" in as_(cast.person("chair")).get(address).content.decode()
    assert "Quillfeather" not in as_(cast.person("analyst")).get(address).content.decode()


def test_whoever_does_not_read_exempt_blocks_moves_past_them(paper: Paper) -> None:
    analyst = cast.person("analyst")
    last = paper.blocks.get(text__startswith="Open after")
    with acting(analyst):
        move_block(last, "up", by=analyst)

    order = [
        block.text[:10]
        for block in paper.blocks.filter(heading="deliverables", text__startswith="O").order_by("position")
    ]
    assert order == ["Open after", "Open befor"]


# --- writing --------------------------------------------------------------------------------------


def test_a_ground_needs_its_reason_and_only_readers_of_part_2_give_one(paper: Paper, secretary: User) -> None:
    block = paper.blocks.get(text="Open before.")
    address = reverse("block_edit", args=[paper.pk, block.pk])
    sent = {
        "text": block.text,
        "source": "",
        "marking": "OFFICIAL",
        "place": "supporting/deliverables",
        "version": block.version,
        "exempt_ground": "7",
        "public_interest": "",
    }
    refused = as_(secretary).post(address, sent)
    assert "Say why it is kept back" in refused.content.decode()
    as_(cast.person("analyst")).post(address, sent | {"public_interest": "Because."})
    assert Block.objects.get(pk=block.pk).exempt_ground == ""
    saved = Block.objects.get(pk=block.pk)
    as_(secretary).post(address, sent | {"public_interest": "It would tell of tactics.", "version": saved.version})
    assert Block.objects.get(pk=block.pk).exempt_ground == "7"


def test_words_of_an_exempt_part_in_a_public_one_stop_the_paper(paper: Paper) -> None:
    assert not [remark for remark in remarks_on(members_paper(paper)) if remark.stops]
    make.block(paper, "As we know, the supplier Quillfeather disputes the invoice.")
    stopping = [remark.words for remark in remarks_on(members_paper(Paper.objects.get(pk=paper.pk))) if remark.stops]

    assert len(stopping) == 1
    assert "stands in an exempt part too" in stopping[0]


def test_a_reference_to_nothing_stops_the_paper(paper: Paper) -> None:
    make.block(paper, "See [[para:00000000-0000-4000-8000-000000000000]].")
    stopping = [remark.words for remark in remarks_on(members_paper(Paper.objects.get(pk=paper.pk))) if remark.stops]

    assert stopping == ["It refers to a paragraph that is not in the paper any more. Choose another one."]


def test_a_typed_number_with_a_source_needs_no_figure(paper: Paper) -> None:
    make.block(paper, "The force has 41 officers.", source="Establishment return, 30 June 2026")
    found = members_paper(Paper.objects.get(pk=paper.pk))

    assert not [remark for remark in remarks_on(found) if remark.kind == "typed"]
    page = as_(cast.person("chair")).get(reverse("paper", args=[paper.pk])).content.decode()
    assert "Source: Establishment return, 30 June 2026." in page


def test_nobody_unknown_reads_a_paper(paper: Paper) -> None:
    issue: Issue = make.issue(paper)

    assert Client().get(reverse("paper", args=[issue.paper_id])).status_code == 302
