"""Beside each block of a draft: what it rests on and how far that can be trusted, whether its numbers have moved since
its words were saved, which numbers nothing supports, and whose return it waits for. As far as one reader may know."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from contest_portal.access.grants import may
from contest_portal.core.quarters import Quarter
from reports.figures import FIGURES, Figure
from reports.figures.definitions import is_code
from reports.figures.findings import listed
from reports.figures.rights import RETURNS
from reports.figures.standing import Standing
from reports.figures.told import is_told, permission_of
from reports.figures.told_words import awaited
from reports.figures.values import PERMISSION
from reports.models import Paper
from reports.rendering import markdown
from reports.rendering.composition import QUARTER, PaperFigures
from reports.rendering.remarks import typed_numbers
from reports.rendering.renditions import OpenPaper
from reports.rendering.resting import Basis, Move, moves

MOST_NAMED = 6
# Who stands behind a number, as a role.
_BY_THE_BOROUGH = "Approved by each borough with its return"
_BY_THE_CHAIR = "Approved by the chair, value by value"
_BY_THE_OWNER = "Kept by the post that owns it"


@dataclass(frozen=True)
class Rest:
    """One figure that a block rests on."""

    figure: Figure
    approver: str

    @property
    def words(self) -> str:
        return self.figure.words or self.figure.finding


@dataclass(frozen=True)
class Margin:
    """`hidden` counts the figures that this reader's role does not open."""

    rests: tuple[Rest, ...]
    hidden: int
    moved: tuple[Move, ...]
    typed: tuple[str, ...]
    waits: tuple[str, ...]

    @property
    def label(self) -> str:
        count = len(self.rests) + self.hidden
        return f"Rests on {count} figure{'' if count == 1 else 's'}" if count else "Rests on no figure"


def margins_of(paper: Paper, source: OpenPaper, named: PaperFigures, user: Any) -> dict[str, Margin]:
    """By the place of a block, of those that say something that can be supported."""
    bases = {str(block.pk): block.rested_on for block in paper.blocks.all()} | {"summary": paper.summary_rested_on}
    waiting = _returns_awaited(source.quarter, user)
    found = {}
    for place, text, figure, source_of in _places(source):
        keys = [figure] if figure else [key for key in markdown.keys_in(text) if key != QUARTER]
        typed = [] if source_of else typed_numbers(text)
        if keys or typed:
            found[place] = _margin(keys, typed, bases.get(place, {}), named.found, waiting, user)
    return found


def _places(source: OpenPaper) -> Iterator[tuple[str, str, str, str]]:
    """(place, text, figure, source of typed numbers)"""
    yield "summary", source.summary, "", ""
    for piece in source.pieces:
        yield str(piece.pk), piece.text, piece.figure if piece.is_drawn else "", piece.source


def _margin(
    keys: list[str], typed: list[str], basis: Basis, found: Mapping[str, Figure], waiting: str, user: Any
) -> Margin:
    there = [key for key in keys if key in found]
    open_to = [key for key in there if may(user, _permission_of(key))]
    waits = [waiting] if waiting and any(key in FIGURES or key == "returns" for key in there) else []
    for key in open_to:
        if is_code(key) and found[key].state == Standing.NOT_COMPLETE:
            waits.append(
                f"Waits for {found[key].definition.name}: {found[key].words[:1].lower()}{found[key].words[1:]}."
            )
    rests = tuple(Rest(found[key], _approver_of(key)) for key in open_to)
    # What a figure said before would tell of what is kept back from this reader now.
    moved = tuple(moves(basis, found, [key for key in open_to if not found[key].kept_back]))
    return Margin(rests, len(there) - len(open_to), moved, tuple(typed), tuple(waits))


def _permission_of(key: str) -> str:
    if is_told(key):
        return permission_of(key)
    return PERMISSION if is_code(key) else FIGURES[key].permission


def _approver_of(key: str) -> str:
    if is_code(key):
        return _BY_THE_CHAIR
    return _BY_THE_BOROUGH if key in FIGURES or key == "returns" else _BY_THE_OWNER


def _returns_awaited(quarter: Quarter, user: Any) -> str:
    """Waits for 3 returns: Brent, Harrow and Ealing. Whose they are only for who follows London's returns, and only of
    few: where many are not in, the board of returns says which."""
    names = [name for _, name in awaited(quarter, timezone.localdate())]
    if not names:
        return ""
    said = f"Waits for {len(names)} return{'' if len(names) == 1 else 's'}"
    if len(names) > MOST_NAMED or not may(user, RETURNS):
        return f"{said}."
    return f"{said}: {listed(names)}."
