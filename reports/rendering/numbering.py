"""Letters, order and numbers of a paper, worked out from its template and blocks every time they are shown.

Nothing here is stored and nothing here reads the database: a moved block moves its number, and no number can be wrong.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

NUMBERED = frozenset({"paragraph", "nil"})


class Piece(Protocol):
    """What numbering needs to know of a block."""

    section: str
    heading: str
    kind: str


@dataclass(frozen=True)
class Part:
    """One line of a section: a block, a fixed sub-heading, or the sentence for a sub-heading with nothing under it.

    `number` is empty where the section does not number, where a recommendation stands alone, and for everything that
    is not a paragraph, nil sentence or recommendation. `level` is 3 under a section and 4 under a fixed sub-heading.
    """

    kind: str
    number: str = ""
    text: str = ""
    heading: str = ""
    level: int = 3
    block: Any = None


@dataclass(frozen=True)
class Section:
    key: str
    letter: str
    title: str
    lead_in: str
    parts: tuple[Part, ...]


def arrange(sections: Sequence[dict[str, Any]], blocks: Iterable[Piece]) -> list[Section]:
    """The sections in the template's order, each with its parts in order and numbered. `blocks` come in order."""
    found = list(blocks)
    arranged, last = [], 0
    for shape in sections:
        parts = list(_parts(shape, [block for block in found if block.section == shape["key"]]))
        numbered, reached = _numbered(parts, shape["numbering"], last)
        last = reached if shape["numbering"] != "none" else last
        arranged.append(_section(shape, numbered))
    return arranged


def _section(shape: dict[str, Any], parts: list[Part]) -> Section:
    """A single recommendation is one sentence that carries the lead-in itself, so the section has none."""
    several = sum(part.kind == "recommendation" for part in parts) > 1
    lead_in = shape.get("lead_in", "") if several else ""
    return Section(shape["key"], shape["letter"], shape["title"], lead_in, tuple(parts))


def _parts(shape: dict[str, Any], blocks: Sequence[Piece]) -> Iterator[Part]:
    """What stands before the first fixed sub-heading, then each sub-heading with what stands under it."""
    headings = shape.get("headings", [])
    known = {heading["key"] for heading in headings}
    opening = [block for block in blocks if block.heading not in known]
    yield from _blocks(opening, "", 3)
    if not opening and shape.get("nil"):
        yield Part("nil", text=shape["nil"])
    for heading in headings:
        yield Part("heading", text=heading["title"], heading=heading["key"])
        under = [block for block in blocks if block.heading == heading["key"]]
        yield from _blocks(under, heading["key"], 4)
        if not under and heading.get("nil"):
            yield Part("nil", text=heading["nil"], heading=heading["key"])


def _blocks(blocks: Iterable[Piece], heading: str, level: int) -> Iterator[Part]:
    for block in blocks:
        yield Part(block.kind, text=getattr(block, "text", ""), heading=heading, level=level, block=block)


def _numbered(parts: list[Part], numbering: str, last: int) -> tuple[list[Part], int]:
    """The parts with their numbers, and the last number given."""
    count = last if numbering == "continuous" else 0
    alone = sum(part.kind == "recommendation" for part in parts) == 1
    recommendation = 0
    numbered = []
    for part in parts:
        number = ""
        if part.kind == "recommendation":
            recommendation += 1
            number = "" if alone else str(recommendation)
        elif part.kind in NUMBERED and numbering != "none":
            count += 1
            number = str(count)
        numbered.append(Part(part.kind, number, part.text, part.heading, part.level, part.block))
    return numbered, count
