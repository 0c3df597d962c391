"""What a paper says before its author has written a word: only what figures can say, and no digit of anybody's.

A piece goes by what it means and not by one template: its place is the fixed heading, or the section, of that meaning.
Where a template has none, the main pieces stand in its body and the others are left to its nil sentences.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from reports.figures.told import PROMISES
from reports.models import BlockKind, PaperTemplate
from reports.models.paper import kinds_for

PARAGRAPH, TABLE, CHART = BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.CHART


@dataclass(frozen=True)
class Piece:
    """`content` is the text, or the key of the figure for a table or chart. [[para:risks]] in it refers to the first
    paragraph of that meaning."""

    section: str
    heading: str
    kind: str
    content: str
    meaning: str = ""


SUMMARY = (
    "This report tells the Board what partners delivered under CONTEST in [[quarter]], by strand and by borough: "
    "[[activities]] activities in all."
)
FULL_SUMMARY = (
    "This report tells the Board how the CONTEST strategy was delivered in London in [[quarter]]. Partners delivered "
    "[[activities]] activities, with [[attendance]] attendances. [[measures]]. [[deliverables]]."
)
_RECOMMENDATION = "the Board note the activity delivered in [[quarter]] and the figures in this report."
_COVERS = (
    "This report covers [[quarter]]. It is drawn from the activity log that the boroughs keep and from their returns "
    "for the quarter, of which [[returns_accepted]] had been accepted when it was issued."
)
_PERFORMANCE = (
    "In [[quarter]] partners delivered [[activities]] activities in [[boroughs_active]] local authority areas, with "
    "[[attendance]] attendances."
)
_BOROUGHS = (
    "The table shows activity in each borough. A joint activity is in the row of every borough that took part and is "
    "counted once for London, so the rows add up to more than the total."
)
_JOINT = (
    "In [[quarter]] two or more areas together delivered [[activities_joint]] of the [[activities]] activities. Each "
    "is counted once for London."
)

FIRST_DRAFT = [
    Piece("recommendation", "", BlockKind.RECOMMENDATION, _RECOMMENDATION),
    Piece("supporting", "", PARAGRAPH, _COVERS),
    Piece("supporting", "deliverables", PARAGRAPH, _PERFORMANCE),
    Piece("supporting", "deliverables", CHART, "activities_by_strand"),
    Piece("supporting", "boroughs", PARAGRAPH, _BOROUGHS),
    Piece("supporting", "boroughs", TABLE, "activities_by_borough"),
]

# Stands for the key of the paper's board.
_BOARD = "{board}"
# Without a heading of their own these stand in the body of the paper.
_MAIN: dict[str, list[tuple[str, str]]] = {
    "covers": [(PARAGRAPH, _COVERS), (PARAGRAPH, f"[[{PROMISES}{_BOARD}]].")],
    "performance": [
        (PARAGRAPH, _PERFORMANCE),
        (CHART, "activities_by_strand"),
        (PARAGRAPH, "Of the measures that the Board has agreed: [[measures]]."),
        (TABLE, "measures_table"),
        (PARAGRAPH, "The plan for the year has [[deliverables]]."),
        (TABLE, "deliverables_table"),
    ],
    "boroughs": [
        (PARAGRAPH, "[[returns]]."),
        (PARAGRAPH, _BOROUGHS),
        (TABLE, "activities_by_borough"),
        (PARAGRAPH, "[[benchmarks]]."),
    ],
    "risks": [(PARAGRAPH, "[[risks]].")],
    "shortfalls": [(PARAGRAPH, "[[shortfalls]].")],
    "partners": [
        (PARAGRAPH, _JOINT),
        (PARAGRAPH, "Prevent engagement officers: [[officers]]."),
        (PARAGRAPH, "[[officers_spread]]."),
    ],
}
_STRANDS: dict[str, list[tuple[str, str]]] = {
    strand: [(PARAGRAPH, f"[[plan_{strand}]].")] for strand in ("pursue", "prevent", "protect", "prepare")
}
# These have a place only where the template asks for them.
_ASKED: dict[str, list[tuple[str, str]]] = _STRANDS | {
    "reasons": [(PARAGRAPH, "The Board oversees the delivery of the strategy and has a report on each quarter.")],
    "threat": [(PARAGRAPH, "[[threat]].")],
    "equality": [(PARAGRAPH, "[[equality]].")],
    "priorities": [(PARAGRAPH, "[[objectives]].")],
    "financial": [(PARAGRAPH, "[[money]].")],
    "risk": [(PARAGRAPH, "The risks to delivery, and what is done against them, are in [[para:risks]].")],
}

# What templates call the place of a meaning, beside the meaning's own name.
_NAMES = {
    "performance": {"deliverables", "delivery"},
    "boroughs": {"variance", "wards"},
    "risks": {"future_risks"},
    "partners": {"joint_working", "partnership"},
    "equality": {"equality_and_diversity", "race_equality", "race_and_equality", "equalities"},
    "priorities": {"met_forward"},
    "financial": {"finance"},
}
# Where prose without a heading of its own stands, the likeliest first.
_BODIES = ("supporting", "issues", "opening", "background")
Places = dict[str, tuple[str, str] | None]


def full_draft(template: PaperTemplate, board: str) -> list[Piece]:
    """Everything that the portal knows of a quarter, placed in the shape of this template; `board` is its key."""
    prose = [
        section for section in template.sections if PARAGRAPH in kinds_for(section) and section["key"] != "contact"
    ]
    places: Places = {meaning: _place_of(prose, meaning) for meaning in [*_MAIN, *_ASKED]}
    body = _body(prose, places)
    places["covers"] = places["covers"] or (_opening(prose, body), "")
    placed = [piece for piece in _pieces(places, body) if template.has_place(piece.section, piece.heading)]
    lead = [section["key"] for section in template.sections if section.get("lead_in")]
    recommended = [Piece(key, "", BlockKind.RECOMMENDATION, _RECOMMENDATION) for key in lead]
    return [replace(piece, content=piece.content.replace(_BOARD, board)) for piece in [*recommended, *placed]]


def settled(pieces: Iterable[Piece], ids: dict[str, str]) -> Iterator[Piece]:
    """With references to the blocks that were made, by the meaning of each."""
    for piece in pieces:
        content = piece.content
        for meaning, block in ids.items():
            content = content.replace(f"[[para:{meaning}]]", f"[[para:{block}]]")
        yield replace(piece, content=content)


def _pieces(places: Places, body: str) -> Iterator[Piece]:
    for meaning, contents in _MAIN.items():
        section, heading = places[meaning] or (body, "")
        yield from (Piece(section, heading, kind, content, meaning) for kind, content in contents)
    for meaning, contents in _ASKED.items():
        if place := places[meaning]:
            yield from (Piece(*place, kind, content, meaning) for kind, content in contents)


def _place_of(prose: list[dict[str, Any]], meaning: str) -> tuple[str, str] | None:
    """(section, heading) of that meaning: a fixed heading rather than a section, and none that takes no prose."""
    names = {meaning, *_NAMES.get(meaning, ())}
    for section in prose:
        for heading in section["headings"]:
            if heading["key"].replace("-", "_") in names:
                return section["key"], heading["key"]
    return next(((each["key"], "") for each in prose if each["key"].replace("-", "_") in names), None)


def _body(prose: list[dict[str, Any]], places: Places) -> str:
    """The section where the performance is told, or else the one that takes what has no heading of its own."""
    if place := places["performance"]:
        return place[0]
    keys = [section["key"] for section in prose]
    return next((key for key in _BODIES if key in keys), keys[0] if keys else "")


def _opening(prose: list[dict[str, Any]], body: str) -> str:
    """The first section in which something has to be written."""
    return next((section["key"] for section in prose if not section["nil"]), body)
