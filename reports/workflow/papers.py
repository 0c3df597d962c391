"""Writing a paper: its skeleton, and adding, changing, moving and removing blocks while it is a draft."""

import datetime as dt
from collections.abc import Sequence
from itertools import chain
from typing import Any
from uuid import uuid4

from django.db import transaction

from boards.models import Board, Meeting
from boards.models.meeting import ItemPart
from contest_portal.core.markings import Marking, highest
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused, Stale
from reports.models import Block, BlockKind, ExemptCell, Paper, PaperTemplate, Promise
from reports.rendering.composition import PaperFigures
from reports.rendering.resting import basis_from, basis_of, keys_of_block
from reports.workflow.clearing import let_lapse, note_writer
from reports.workflow.first_draft import FIRST_DRAFT, FULL_SUMMARY, SUMMARY, Piece, full_draft, settled

TITLE = "Delivery of the CONTEST strategy in London: quarterly performance report"


@transaction.atomic
def create_paper(
    *,
    meeting: Meeting | None = None,
    board: Board | None = None,
    dated: dt.date | None = None,
    template: PaperTemplate | None = None,
    title: str,
    by_line: str,
    quarter: Quarter,
    by: Any,
    part: str = ItemPart.PART_1,
) -> Paper:
    """A draft to a meeting, or of a board and with a day of its own, with a first text made of figures.

    Without a `template` it has the newest shape that holds on that day."""
    paper = Paper(meeting=meeting, dated=dated, title=title, by_line=by_line, quarter=quarter, part=part)
    paper.board = meeting.board if meeting else board  # type: ignore[assignment]
    _begin(paper, template, summary=SUMMARY, by=by)
    _fill(paper, [piece for piece in FIRST_DRAFT if paper.template.has_place(piece.section, piece.heading)])
    return paper


@transaction.atomic
def start_paper(*, meeting: Meeting, quarter: Quarter, by: Any, template: PaperTemplate | None = None) -> Paper:
    """The board's report for a quarter, written in full from what is recorded; its author goes on from there."""
    paper = Paper(board=meeting.board, meeting=meeting, title=TITLE, by_line=by.post or by.name, quarter=quarter)
    _begin(paper, template, summary=FULL_SUMMARY, by=by)
    _fill(paper, full_draft(paper.template, paper.board.key))
    return paper


def _begin(paper: Paper, wanted: PaperTemplate | None, *, summary: str, by: Any) -> None:
    found = PaperTemplate.objects.offered_to(paper.board, paper.day, to_meeting=paper.meeting is not None)
    shape = (found.filter(pk=wanted.pk) if wanted else found).first()
    if shape is None:
        raise Refused("No such shape of paper holds on that day. Ask for one to be added.")
    paper.template, paper.author = shape, by
    paper.summary = summary if shape.has_summary else ""
    paper.summary_rested_on = basis_of(paper.summary, "", paper.quarter)
    paper.save()


def _fill(paper: Paper, pieces: list[Piece]) -> None:
    """One block for each piece, in order. The ids are there before the blocks, so that they can refer to each other."""
    ids = [uuid4() for _ in pieces]
    first: dict[str, str] = {}
    for key, piece in zip(ids, pieces, strict=True):
        if piece.meaning and piece.kind == BlockKind.PARAGRAPH:
            first.setdefault(piece.meaning, str(key))
    blocks = [_first_block(paper, at, piece) for at, piece in enumerate(settled(pieces, first), start=1)]
    keys = [keys_of_block(block.text, block.figure) for block in blocks]
    found = PaperFigures(paper.quarter, chain(*keys)).found
    for key, block, named in zip(ids, blocks, keys, strict=True):
        block.pk, block.rested_on = key, basis_from(named, found)
        block.save()


def _first_block(paper: Paper, position: int, piece: Piece) -> Block:
    block = Block(paper=paper, section=piece.section, heading=piece.heading, kind=piece.kind, position=position)
    if block.is_drawn:
        block.figure = piece.content
    else:
        block.text = piece.content
    return block


@transaction.atomic
def save_paper(paper: Paper, *, by: Any) -> Paper:
    """Save changed front matter: title, by-line, summary, quarter, meeting or day, part."""
    open_draft(paper, by=by)
    if paper.meeting:
        paper.board = paper.meeting.board
    paper.summary_rested_on = basis_of(paper.summary, "", paper.quarter)
    paper.save()
    _mark(paper, by=by)
    return paper


@transaction.atomic
def add_block(block: Block, *, after: Block | None = None, by: Any) -> Block:
    """Put a new block behind another one, or last under its heading."""
    paper = open_draft(block.paper, by=by)
    beside = blocks_beside(block)
    index = next((place for place, other in enumerate(beside, start=1) if after and other.pk == after.pk), len(beside))
    block.position = index + 1
    block.rested_on = basis_of(block.text, block.figure, paper.quarter)
    block.save()
    put_in_order([*beside[:index], block, *beside[index:]])
    _mark(paper, by=by)
    return block


@transaction.atomic
def save_block(block: Block, *, by: Any) -> Block:
    """Save a changed block. One that was put under another heading stands last there."""
    paper = open_draft(block.paper, by=by)
    if {"section", "heading"} & block.changed_fields():
        block.position = max([other.position for other in blocks_beside(block)], default=0) + 1
    block.rested_on = basis_of(block.text, block.figure, paper.quarter)
    block.save()
    _mark(paper, by=by)
    return block


@transaction.atomic
def remove_block(block: Block, *, version: int, by: Any) -> None:
    """Take the block out, if it is still the one that the person saw. Its text stays in the paper's history."""
    paper = open_draft(block.paper, by=by)
    if block.version != version:
        raise Stale("this part of the paper")
    for cell in ExemptCell.objects.filter(block=block):
        cell.delete()
    _let_go(block)
    block.delete()
    _mark(paper, by=by)


def _let_go(block: Block) -> None:
    """Nothing is promised by a block that goes, and what it was to keep is open again."""
    for promise in Promise.objects.filter(block=block):
        promise.delete()
    for promise in Promise.objects.filter(kept_in=block):
        promise.kept_in = promise.kept_by = promise.kept_at = None
        promise.save()


def open_draft(paper: Paper, *, by: Any) -> Paper:
    """The paper, locked and still a draft that this person may change."""
    locked = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if reason := locked.why_not_edit(by):
        raise Refused(reason)
    note_writer(locked, by=by)
    return locked


def blocks_beside(block: Block, *, with_it: bool = False) -> list[Block]:
    """The other blocks under the same heading, in order."""
    found = Block.objects.filter(paper=block.paper_id, section=block.section, heading=block.heading)
    return list(found if with_it else found.exclude(pk=block.pk))


def put_in_order(blocks: Sequence[Block]) -> None:
    for position, block in enumerate(blocks, start=1):
        block.position = position
        block.save()


def _mark(paper: Paper, *, by: Any) -> None:
    """A paper's marking is the highest of its blocks'; and so is that of what is left without the exempt ones. Whatever
    was answered to other words than these does not hold any more."""
    blocks = list(Block.objects.filter(paper=paper).values_list("marking", "exempt_ground"))
    paper.marking = highest([Marking.OFFICIAL, *(marking for marking, _ in blocks)])
    paper.open_marking = highest([Marking.OFFICIAL, *(marking for marking, ground in blocks if not ground)])
    in_tables = ExemptCell.objects.filter(paper=paper).exists()
    paper.has_exempt = bool(paper.summary_ground) or in_tables or any(ground for _, ground in blocks)
    if paper.changed_fields():
        paper.save()
    let_lapse(paper, by=by)


@transaction.atomic
def add_exempt_cell(cell: ExemptCell, *, by: Any) -> ExemptCell:
    """Keep a cell, row or column of a table or chart from the public."""
    paper = _open_to_whole(cell.paper, by=by)
    if ExemptCell.objects.filter(block=cell.block, row=cell.row, column=cell.column).exists():
        raise Refused("That is exempt already.")
    cell.save()
    _mark(paper, by=by)
    return cell


@transaction.atomic
def remove_exempt_cell(cell: ExemptCell, *, by: Any) -> None:
    paper = _open_to_whole(cell.paper, by=by)
    cell.delete()
    _mark(paper, by=by)


def _open_to_whole(paper: Paper, *, by: Any) -> Paper:
    if not paper.takes_exempt_from(by):
        raise Refused("Only those who read Part 2 say what of a paper is exempt.")
    return open_draft(paper, by=by)
