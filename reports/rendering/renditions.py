"""The two renditions of one paper: the members', which is whole, and the public one.

The public one is its own type, made by one function. It has no field in which anything exempt could travel; whatever
is made of it (numbers, figures, outline, file) is made without having seen what was left out.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from boards.models.board import ExemptStyle
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day as in_words
from reports.models import Block, ExemptCell, Paper, Rendition
from reports.models.exemption import in_full
from reports.models.paper import DRAWN, BlockKind
from reports.models.paper_template import Answer
from reports.rendering.kept_back import KeptBack, kept_back

# A piece that stands for something exempt and is not numbered.
EXEMPT = "exempt"
_KEEPS_ITS_NUMBER = frozenset({BlockKind.PARAGRAPH, BlockKind.RECOMMENDATION})


@dataclass(frozen=True)
class OpenPiece:
    """A block as everybody may read it."""

    pk: UUID
    section: str
    heading: str
    kind: str
    text: str = ""
    figure: str = ""
    source: str = ""
    marking: str = ""

    @property
    def is_drawn(self) -> bool:
        return self.kind in DRAWN


@dataclass(frozen=True)
class MembersPiece(OpenPiece):
    exempt: str = ""
    interest: str = ""
    # Of a table or chart that is not exempt as a whole.
    exempt_cells: tuple[ExemptCell, ...] = ()


@dataclass(frozen=True)
class FrontLine:
    """One line at the head of a paper, beside its number, day and by-line."""

    label: str
    words: str
    required: bool


@dataclass(frozen=True)
class OpenPaper:
    """A paper as everybody may read it."""

    title: str
    by_line: str
    board: str
    # The day of the meeting, or of the paper itself where it goes to none.
    day: dt.date
    goes_to_meeting: bool
    series: str
    day_label: str
    by_label: str
    by_words: str
    front: tuple[FrontLine, ...]
    has_summary: bool
    summary_heading: str
    disclaimer: str
    quarter: Quarter
    part: str
    marking: str
    summary: str
    pieces: tuple[OpenPiece, ...]
    sections: Sequence[dict[str, Any]]
    contact: Sequence[str]
    template: str
    with_glossary: bool
    # Places in figures that are exempt, for whoever reads the figures to leave out.
    kept_back: tuple[KeptBack, ...] = ()
    closes_up: bool = True

    @property
    def rendition(self) -> str:
        return Rendition.PUBLIC.value


@dataclass(frozen=True)
class MembersPaper(OpenPaper):
    pieces: tuple[MembersPiece, ...]
    summary_exempt: str = ""

    @property
    def rendition(self) -> str:
        return Rendition.MEMBERS.value


def seen_by(paper: Paper, user: Any) -> OpenPaper:
    """As much of the paper as this person reads."""
    return members_paper(paper) if paper.is_whole_for(user) else open_paper(paper)


def members_paper(paper: Paper) -> MembersPaper:
    cells = _cells(paper)
    pieces = tuple(_members_piece(block, cells) for block in paper.blocks.all())
    about: Any = _front(paper)
    exempt = in_full(paper.summary_ground) if paper.summary_ground else ""
    return MembersPaper(**about, marking=paper.marking, summary=paper.summary, pieces=pieces, summary_exempt=exempt)


def _cells(paper: Paper) -> list[ExemptCell]:
    """Of tables and charts that are not exempt as a whole, each with its block."""
    if not paper.has_exempt:
        return []
    drawn = {block.pk: block for block in paper.blocks.all() if block.is_drawn and not block.is_exempt}
    found = [cell for cell in paper.exempt_cells.all() if cell.block_id in drawn]
    for cell in found:
        cell.block = drawn[cell.block_id]
    return found


def _members_piece(block: Block, cells: Sequence[ExemptCell]) -> MembersPiece:
    ground = in_full(block.exempt_ground) if block.exempt_ground else ""
    own = (block.pk, block.section, block.heading, block.kind, block.text, block.figure, block.source, block.marking)
    within = tuple(cell for cell in cells if cell.block_id == block.pk)
    return MembersPiece(*own, exempt=ground, interest=block.public_interest, exempt_cells=within)


def open_paper(paper: Paper) -> OpenPaper:
    """The only place that decides what the public reads of a paper.

    Where all that stands in one place is exempt, that is said whatever the board chose: the template would put its
    sentence there that there is nothing to say, which is not so.
    """
    blocks = list(paper.blocks.all())
    stands_in = paper.board.exempt_style == ExemptStyle.PLACEHOLDER
    pieces = tuple(_open_pieces(blocks, stands_in=stands_in))
    about: Any = _front(paper)
    summary = _left_out(paper.summary_ground) if paper.summary_ground else paper.summary
    places: Any = {"kept_back": kept_back(_cells(paper)), "closes_up": not stands_in}
    return OpenPaper(**about, marking=paper.open_marking, summary=summary, pieces=pieces, **places)


def _open_pieces(blocks: Sequence[Block], *, stands_in: bool) -> Iterator[OpenPiece]:
    filled = {_place(block) for block in blocks if not block.is_exempt}
    for block in blocks:
        if not block.is_exempt:
            own = (block.pk, block.section, block.heading, block.kind)
            yield OpenPiece(*own, block.text, block.figure, block.source, block.marking)
        elif stands_in:
            yield _placeholder(block)
        elif _place(block) not in filled:
            filled.add(_place(block))
            yield OpenPiece(block.pk, *_place(block), EXEMPT, _left_out(block.exempt_ground))


def _place(block: Block) -> tuple[str, str]:
    return block.section, block.heading


def _placeholder(block: Block) -> OpenPiece:
    """It has the number of what it stands for, where that has one."""
    if block.kind == BlockKind.HEADING:
        return OpenPiece(block.pk, *_place(block), block.kind, "[exempt]")
    kind = block.kind if block.kind in _KEEPS_ITS_NUMBER else EXEMPT
    return OpenPiece(block.pk, *_place(block), kind, f"[exempt] {in_full(block.exempt_ground)}.")


def _left_out(ground: str) -> str:
    return f"What belongs here is exempt and not in this version ({in_full(ground)})."


def _front(paper: Paper) -> dict[str, Any]:
    """What stands at the head and foot of a paper, whoever reads it."""
    return {
        "title": paper.title,
        "by_line": paper.by_line,
        "board": paper.board.name,
        "day": paper.day,
        "goes_to_meeting": paper.meeting is not None,
        "series": paper.template.series,
        "day_label": paper.template.day_label,
        "by_label": paper.template.by_label,
        "by_words": paper.template.by_words,
        "front": tuple(_front_line(line, paper.front) for line in paper.template.front),
        "has_summary": paper.template.has_summary,
        "summary_heading": paper.template.summary_heading,
        "disclaimer": paper.template.disclaimer,
        "quarter": paper.quarter,
        "part": paper.part,
        "sections": paper.template.sections,
        "contact": paper.template.contact,
        "template": paper.template.key,
        "with_glossary": paper.with_glossary or paper.template.with_glossary,
    }


def _front_line(line: dict[str, Any], answers: dict[str, str]) -> FrontLine:
    answer = answers.get(line["key"], "")
    if answer and line["answer"] == Answer.DAY:
        answer = in_words(dt.date.fromisoformat(answer))
    return FrontLine(line["label"], answer, line["required"])
