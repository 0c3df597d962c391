"""A composed paper as the checks read it, and what they find in it."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reports.figures import Figure
from reports.models import Paper
from reports.rendering import markdown
from reports.rendering.composition import PaperFigures
from reports.rendering.numbering import Part, Section
from reports.rendering.renditions import MembersPaper, MembersPiece, OpenPaper

QUARTER = "quarter"


@dataclass(frozen=True)
class Text:
    """One piece of an author's prose. `said` is the text with what its figures say in it."""

    place: str
    where: str
    text: str
    said: str
    marking: str = ""
    ground: str = ""
    source: str = ""

    @property
    def exempt(self) -> bool:
        return bool(self.ground)


@dataclass(frozen=True)
class Finding:
    """`exempt` when it tells something of an exempt part. `about` is the exact text that it was found in."""

    family: str
    place: str
    where: str
    words: str
    about: str
    stops: bool = False
    exempt: bool = False
    # Of a promise that is not kept, its key.
    promise: int | None = None

    @property
    def anchor(self) -> str:
        return self.place if self.place.startswith("section-") else f"block-{self.place}"

    @property
    def is_in_block(self) -> bool:
        return "-" in self.place and not self.place.startswith("section-")

    @property
    def digest(self) -> str:
        return hashlib.sha256("\0".join((self.family, self.place, self.words, self.about)).encode()).hexdigest()


@dataclass(frozen=True)
class Checked:
    """As much of a paper as one reader reads. Exempt text is there only for who reads the whole."""

    paper: Paper
    source: OpenPaper
    named: PaperFigures
    sections: list[Section]
    # Whose reading it is; None for the portal, which reads everything and tells nobody.
    reader: Any = None

    @property
    def day(self) -> dt.date:
        """Of the meeting, or of the paper itself."""
        return self.source.day

    @property
    def has_exempt(self) -> bool:
        """Of what this reader reads."""
        pieces = any(is_exempt(piece) for piece in self.source.pieces)
        return isinstance(self.source, MembersPaper) and (pieces or bool(self.source.summary_exempt))

    @cached_property
    def texts(self) -> list[Text]:
        ground = self.source.summary_exempt if isinstance(self.source, MembersPaper) else ""
        summary = Text("summary", "Summary", self.source.summary, self._said(self.source.summary), ground=ground)
        return [summary, *self._texts()]

    def _texts(self) -> Iterator[Text]:
        for section in self.sections:
            for part in section.parts:
                block = part.block
                if block is None or block.is_drawn:
                    continue
                ground = block.exempt if isinstance(block, MembersPiece) else ""
                where, said = where_is(section, part), self._said(block.text)
                yield Text(str(block.pk), where, block.text, said, block.marking, ground, block.source)

    def _said(self, text: str) -> str:
        return markdown.TOKEN.sub(lambda found: self._words(found[1]), text)

    def _words(self, key: str) -> str:
        if key == QUARTER:
            return str(self.source.quarter)
        figure = self.named.found.get(key)
        return figure.words if figure else ""

    def figures_in(self, text: str) -> list[Figure]:
        return [self.named.found[key] for key in markdown.keys_in(text) if key in self.named.found]


def is_exempt(block: Any) -> bool:
    """Whether the block, or a cell of its table, is."""
    return isinstance(block, MembersPiece) and bool(block.exempt or block.exempt_cells)


def where_is(section: Section, part: Part) -> str:
    letter = f"{section.letter}. " if section.letter else ""
    name = f"{letter}{section.title}"
    return f"{name}, {part.kind} {part.number}" if part.number else name


Check = Callable[[Checked], Iterator[Finding]]


def found_in(text: Text, family: str, words: str, *, stops: bool = False) -> Finding:
    return Finding(family, text.place, text.where, words, text.text, stops, text.exempt)
