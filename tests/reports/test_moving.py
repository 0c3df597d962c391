"""Moving parts of a paper: to a chosen place, by the form of the page or by dragging, which sends the same."""

from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from reports.models import Block, Paper
from reports.rendering.composition import compose
from reports.rendering.markdown import REFERENCE
from reports.workflow.moving import Place, place_block
from tests import make
from tests.cast import as_

pytestmark = pytest.mark.usefixtures("in_august")


def under(paper: Paper, heading: str, section: str = "supporting") -> list[str]:
    return [block.text or block.figure for block in paper.blocks.filter(section=section, heading=heading)]


def move(user: User, block: Block, place: str, **more: str) -> Any:
    return as_(user).post(reverse("block_move", args=[block.paper_id, block.pk]), {"place": place} | more)


def test_e2_a_paragraph_goes_to_a_chosen_place_and_references_follow(db: None, secretary: User) -> None:
    paper = make.paper()
    one, two = (make.block(paper, text, heading="partners") for text in ("One.", "Two."))
    three = make.block(paper, "Three.", heading="performance")
    make.block(paper, f"As in [[{REFERENCE}{three.pk}]].", heading="partners")
    page = as_(secretary).get(reverse("block_move", args=[paper.pk, three.pk])).content.decode()

    answer = move(secretary, three, f"supporting/partners/{one.pk}")

    assert f'value="supporting/partners/{one.pk}">B: after paragraph' in page
    assert "B: first under “" in page
    assert answer["Location"] == three.get_absolute_url()
    assert under(paper, "partners")[:3] == ["One.", "Three.", "Two."]
    assert "Three." not in under(paper, "performance")
    blocks = compose(paper)[0]["sections"][1]["blocks"]
    numbers = {block["id"]: block["number"] for block in blocks if "number" in block}
    assert f"As in paragraph {numbers[str(three.pk)]}." in str(blocks)
    assert int(numbers[str(two.pk)]) == int(numbers[str(three.pk)]) + 1
    move(secretary, two, "supporting/partners/")
    assert under(paper, "partners")[:2] == ["Two.", "One."]


def test_e2_what_stands_under_a_heading_can_go_with_it(db: None, secretary: User) -> None:
    paper = make.paper()
    head = make.block(paper, "Parks", kind="heading", heading="partners")
    make.block(paper, "Of parks.", heading="partners")
    make.block(paper, "Roads", kind="heading", heading="partners")
    make.block(paper, "Of roads.", heading="partners")

    move(secretary, head, "implications/financial/", together="on")

    assert under(paper, "partners") == ["Roads", "Of roads."]
    assert under(paper, "financial", "implications") == ["Parks", "Of parks."]


def test_e2_a_place_that_does_not_take_it_or_is_gone_is_refused(db: None, secretary: User) -> None:
    paper = make.paper()
    block, gone = make.block(paper), make.block(make.paper())

    for place in ("recommendation//", "nowhere//", f"supporting/deliverables/{gone.pk}", "supporting"):
        assert "Choose the where to from the list" in move(secretary, block, place).content.decode()
    for wrong in (Place("recommendation"), Place("nowhere"), Place("supporting", "deliverables", gone.pk)):
        with pytest.raises(Refused), acting(secretary):
            place_block(block, wrong, by=secretary)


def test_e2_who_does_not_read_what_is_exempt_moves_past_it_unseen(db: None, secretary: User, analyst: User) -> None:
    paper = make.paper()
    make.block(paper, "xhidden words.", heading="partners", exempt_ground="3", public_interest="A tender runs.")
    block = make.block(paper, "Open.", heading="partners")

    page = as_(analyst).get(reverse("block_move", args=[paper.pk, block.pk])).content.decode()
    move(analyst, block, "supporting/partners/")

    assert "xhidden" not in page
    assert under(paper, "partners") == ["Open.", "xhidden words."]


def test_e2_every_part_can_be_taken_by_its_handle(db: None, secretary: User, chair: User) -> None:
    paper = make.paper()
    block = make.block(paper)

    mine = as_(secretary).get(paper.get_absolute_url()).content.decode()

    assert f'data-piece="{block.pk}" data-kind="paragraph" data-place="supporting/deliverables"' in mine
    assert 'data-kinds="paragraph table chart heading"' in mine
    assert "js/move.js" in mine
    assert "data-piece" not in as_(chair).get(paper.get_absolute_url()).content.decode()
