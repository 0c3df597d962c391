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
    """`lead_in` ("That") stands over several recommendations; `standing` under the heading of every such paper."""

    key: str
    letter: str
    title: str
    lead_in: str
    parts: tuple[Part, ...]
    standing: str = ""

    @property
    def heading(self) -> str:
        return heading_of(self.letter, self.title)

    @property
    def short(self) -> str:
        return self.letter or self.title or OPENING


# What people call a section that has no heading.
OPENING = "The opening"


def heading_of(letter: str, title: str) -> str:
    """“B. Supporting information”, or as much of it as there is."""
    return f"{letter}. {title}" if letter else title


def marker_of(number: str) -> str:
    """The number as it is printed: 5 with its stop, 2.1 without."""
    return number if not number or "." in number else f"{number}."


def arrange(sections: Sequence[dict[str, Any]], blocks: Iterable[Piece]) -> list[Section]:
    """The sections in the template's order, each with its parts in order and numbered. `blocks` come in order."""
    found = list(blocks)
    arranged, last = [], 0
    for shape, prefix in zip(sections, _prefixes(sections), strict=True):
        parts = list(_parts(shape, [block for block in found if block.section == shape["key"]]))
        start = 0 if shape["numbering"] == "restart" or prefix else last
        several = sum(part.kind == "recommendation" for part in parts) > 1
        numbered = list(_numbered(parts, shape, start, several=several))
        count = start + sum(part.kind in NUMBERED and part.number != "" for part in numbered)
        if prefix:
            numbered = [
                replace(part, number=f"{prefix}{part.number}") if part.kind in NUMBERED else part for part in numbered
            ]
        last = last if prefix else count
        lead_in = shape.get("lead_in", "") if several else ""
        standing = shape.get("standing", "")
        arranged.append(Section(shape["key"], shape["letter"], shape["title"], lead_in, tuple(numbered), standing))
    return arranged


def _prefixes(sections: Sequence[dict[str, Any]]) -> list[str]:
    """“2.” where paragraphs have the number of their section before their own: its printed one, if it has one."""
    found, count = [], 0
    for shape in sections:
        decimal = shape["numbering"] == "decimal"
        count += decimal
        printed = shape["letter"] if shape["letter"].isdecimal() else str(count)
        found.append(f"{printed}." if decimal else "")
    return found


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
