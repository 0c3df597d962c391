"""Writing a part of a paper: what stands beside the text, what is found for it, and that nothing typed is lost."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.drafts.models import Draft
from reports.models import Block, Paper
from reports.rendering.composition import compose
from reports.rendering.markdown import REFERENCE
from tests import make
from tests.cast import as_
from tests.drafts.test_drafts import boxes_of
from tests.strands.measuring import measure

pytestmark = pytest.mark.usefixtures("in_august")
TYPED = {"place": "supporting/deliverables", "marking": "OFFICIAL"}


def edit_of(block: Block) -> str:
    return reverse("block_edit", args=[block.paper_id, block.pk])


def picked(user: User, paper: Paper, **query: str) -> list[str]:
    page = as_(user).get(reverse("figure_picker", args=[paper.pk]), query)
    return [offer.key for offer in page.context["picked"].shown]


def test_e2_the_text_is_shown_as_it_will_be_set_while_it_is_typed(log: list[Any], secretary: User) -> None:
    paper = make.paper()
    typed = "**Three** of:\n\n- [[activities]]\n- <b>no</b> [[nothing]]"

    answer = as_(secretary).post(reverse("block_preview", args=[paper.pk]), {"text": typed}).content.decode()

    assert "<strong>Three</strong> of:" in answer
    assert '<li><a class="figure"' in answer
    assert "&lt;b&gt;no&lt;/b&gt;" in answer
    assert '<mark class="unknown">[[nothing]]</mark>' in answer
    assert "<html" not in answer


def test_e2_bullets_stay_inside_their_numbered_paragraph(log: list[Any]) -> None:
    paper = make.paper()
    make.block(paper, "They have:\n\n- a sergeant\n- six constables", heading="partners")
    make.block(paper, "- alone", heading="partners")
    make.block(paper, "It went well.", heading="partners")

    content, _ = compose(paper)
    blocks = [block for block in content["sections"][1]["blocks"] if block.get("number")]

    last = [(int(block["number"]), block["html"].replace("\n", "")) for block in blocks[-3:]]
    first = last[0][0]
    assert last == [
        (first, "<p>They have:</p><ul><li>a sergeant</li><li>six constables</li></ul>"),
        (first + 1, "<ul><li>alone</li></ul>"),
        (first + 2, "<p>It went well.</p>"),
    ]


def test_e2_a_figure_is_found_by_name_key_strand_and_kind_with_what_it_says(log: list[Any], secretary: User) -> None:
    measure("PV-11")
    paper = make.paper()
    block = make.block(paper)

    assert picked(secretary, paper, find="PV-11") == picked(secretary, paper, find="prevent", group="measures")
    assert picked(secretary, paper, find="PV-11") == ["PV-11"]
    assert picked(secretary, paper, find="attendance") == ["attendance"]
    assert set(picked(secretary, paper, group="words")).isdisjoint(picked(secretary, paper, group="log"))
    assert f"{REFERENCE}{block.pk}" in picked(secretary, paper, group="paragraphs")
    assert f"{REFERENCE}{block.pk}" not in picked(secretary, paper, group="paragraphs", block=str(block.pk))
    assert picked(secretary, paper, find="no such thing") == []
    client = as_(secretary)
    alone = client.get(reverse("figure_picker", args=[paper.pk]), {"find": "boroughs"}, headers={"HX-Request": "true"})
    words = compose(paper)[1].found["boroughs_active"].words
    assert words in alone.content.decode()
    assert "<html" not in alone.content.decode()


def test_e2_without_script_the_page_finds_figures_and_keeps_what_was_typed(log: list[Any], secretary: User) -> None:
    block = make.block(make.paper(), "Before.")
    typed = TYPED | {"text": "Half a sentence", "find": "attend", "find_figure": "1"}

    page = as_(secretary).post(edit_of(block), typed)

    assert [offer.key for offer in page.context["picked"].shown] == ["attendance"]
    assert "Half a sentence" in page.content.decode()
    block.refresh_from_db()
    assert block.text == "Before."


def test_e2_a_paragraph_that_is_exempt_is_not_offered_to_who_does_not_read_it(
    log: list[Any], secretary: User, analyst: User
) -> None:
    paper = make.paper()
    hidden = make.block(paper, "xhidden", exempt_ground="3", public_interest="A tender runs.")

    assert f"{REFERENCE}{hidden.pk}" in picked(secretary, paper, group="paragraphs")
    assert f"{REFERENCE}{hidden.pk}" not in picked(analyst, paper, group="paragraphs")


def test_e4_what_is_typed_into_a_block_outlives_its_session(db: None, secretary: User) -> None:
    block = make.block(make.paper(), "Before.")
    with time_machine.travel("2026-08-03 21:00:00Z", tick=False):
        client = as_(secretary)
        opened = client.get(edit_of(block))
        form = opened.context["form"]
        seen = {name: str(form[name].value()) for name in ("version", "opened")}
        boxes = boxes_of(opened)
    with time_machine.travel("2026-08-03 22:00:00Z", tick=False):
        late = client.post(edit_of(block), TYPED | seen | boxes | {"text": "Typed for an hour."})
        assert late["Location"].startswith(reverse("account_login"))
        going_on = as_(secretary).get(f"{edit_of(block)}?draft={Draft.objects.get().key}")

    assert going_on.context["form"]["text"].value() == "Typed for an hour."
    assert "This is your draft" in going_on.content.decode()


def test_e4_a_draft_of_a_block_meets_what_somebody_else_saved_meanwhile(
    db: None, secretary: User, analyst: User
) -> None:
    block = make.block(make.paper(), "Before.")
    mine = as_(secretary)
    form = mine.get(edit_of(block)).context["form"]
    seen = {name: str(form[name].value()) for name in ("version", "opened")}
    kept = {"draft_key": str(uuid4()), "draft_page": edit_of(block), "draft_person": str(secretary.pk)}
    mine.post(reverse("draft_saving"), TYPED | seen | kept | {"text": "Mine."})
    as_(analyst).post(edit_of(block), TYPED | seen | {"text": "Theirs."})

    going_on = mine.get(f"{edit_of(block)}?draft={kept['draft_key']}")
    carried = {name: str(going_on.context["form"][name].value()) for name in ("version", "opened")}
    answer = mine.post(edit_of(block), TYPED | carried | {"text": "Mine."}).content.decode()

    assert "Theirs." in answer
    assert "Mine." in answer
    block.refresh_from_db()
    assert block.text == "Theirs."


def test_e4_what_the_last_paper_said_under_the_heading_stands_beside_the_text(
    log: list[Any], secretary: User, analyst: User
) -> None:
    before = make.paper(title="The one before")
    make.block(before, "Last time it was xopenwords.")
    make.block(before, "It cost xexemptwords.", exempt_ground="3", public_interest="A tender runs.")
    make.issue(before)
    block = make.block(make.paper())
    elsewhere = make.block(block.paper, section="implications", heading="risk")

    mine, theirs = (as_(user).get(edit_of(block)).content.decode() for user in (secretary, analyst))

    assert "xopenwords" in mine
    assert "xexemptwords" in mine
    assert "Report 1: The one before" in mine
    assert "xopenwords" in theirs
    assert "xexemptwords" not in theirs
    assert "xopenwords" not in as_(secretary).get(edit_of(elsewhere)).content.decode()
