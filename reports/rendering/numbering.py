"""Letters, order and numbers of a paper, worked out from its template and blocks every time they are shown.

Nothing here is stored and nothing here reads the database: a moved block moves its number, and no number can be wrong.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

NUMBERED = frozenset({"paragraph", "nil"})


class Piece(Protocol):
    """What numbering needs to know of a block."""

    @property
    def section(self) -> str: ...

    @property
    def heading(self) -> str: ...

    @property
    def kind(self) -> str: ...


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
    """`lead_in` ("That") stands over several recommendations."""

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
        start = 0 if shape["numbering"] == "restart" else last
        several = sum(part.kind == "recommendation" for part in parts) > 1
        numbered = list(_numbered(parts, shape, start, several=several))
        last = max([start, *(int(part.number) for part in numbered if part.kind in NUMBERED and part.number)])
        lead_in = shape.get("lead_in", "") if several else ""
        arranged.append(Section(shape["key"], shape["letter"], shape["title"], lead_in, tuple(numbered)))
    return arranged


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


def _numbered(parts: Iterable[Part], shape: dict[str, Any], start: int, *, several: bool) -> Iterator[Part]:
    """A recommendation that stands alone has no number and takes the section's lead-in into its own sentence."""
    count, recommendations = start, 0
    for part in parts:
        if part.kind == "recommendation":
            recommendations += 1
            alone = f"{shape.get('lead_in', '')} {part.text}".strip()
            yield replace(part, number=str(recommendations)) if several else replace(part, text=alone)
        elif part.kind in NUMBERED and shape["numbering"] != "none":
            count += 1
            yield replace(part, number=str(count))
        else:
            yield part
