"""One paragraph of a paper referring to another: written by its id, read by its number in this rendition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reports.rendering.numbering import Section

# An exempt one, where a public version has nothing in its place.
NOT_HERE = "a paragraph that is not in this version"


@dataclass(frozen=True)
class Place:
    """ "paragraph 5". `section` is the letter of its section, or its title, where numbers begin again in that."""

    words: str
    section: str = ""

    def seen_from(self, section: str) -> str:
        return self.words if self.section in ("", section) else f"{self.words} of section {self.section}"


def places_of(sections: Iterable[Section], shapes: Sequence[dict[str, Any]]) -> dict[str, Place]:
    """Of every block that has a number, by its id."""
    restarts = {shape["key"] for shape in shapes if shape["numbering"] == "restart"}
    return {
        str(part.block.pk): Place(f"{part.kind} {part.number}", section.short if section.key in restarts else "")
        for section in sections
        for part in section.parts
        if part.block is not None and part.number
    }
