"""What an issue freezes: the paper's content, every figure with the rows behind it, and the hash of all that.

The text is canonical JSON, so the same content is the same text and the same hash. A renderer needs nothing else.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from contest_portal.core.quantity import total
from contest_portal.core.refusal import Refused
from reports.figures import Figure, Passport, passport
from reports.figures.definitions import is_code
from reports.figures.told import is_told
from reports.models import Paper
from reports.rendering.clearances import printed, printed_openly
from reports.rendering.composition import Content, PaperFigures, compose, compose_open

_TRIES = 3


@dataclass(frozen=True)
class Frozen:
    """Both renditions and the figures of the whole, in order. `opened` is None where the public may read nothing."""

    content: Content
    opened: Content | None
    figures: list[Figure]


def snapshot_of(paper: Paper, *, number: str, at: dt.datetime, by: str) -> Frozen:
    """What is to be frozen. `by` is the post, or the name, of who issues it. The public rendition has no rows.

    Figures and rows are read one after the other while boroughs keep logging; a snapshot whose rows do not add up to
    its figures is thrown away and taken again.
    """
    for _ in range(_TRIES):
        content, named = compose(paper, number)
        found = [figure for _, figure in named.named()]
        passports = [None if without_rows(figure.key) else passport(figure.key, paper.quarter) for figure in found]
        if all(adds_up(*pair) for pair in zip(found, passports, strict=True)):
            heads = zip(content["figures"], passports, strict=True)
            frozen = [
                head | {"rows": [row.as_dict() for row in behind.rows] if behind else []} for head, behind in heads
            ]
            issued = {"at": at.isoformat(), "by": by}
            whole = content | {"figures": frozen, "issued": issued} | printed(paper)
            return Frozen(whole, _opened(paper, number, named) | {"issued": issued} if paper.is_open else None, found)
    raise Refused("Activities were being logged while the figures were read. Issue the paper again.")


def _opened(paper: Paper, number: str, named: PaperFigures) -> Content:
    opened = compose_open(paper, number, named)
    return opened | {"figures": [head | {"rows": []} for head in opened["figures"]]} | printed_openly(paper)


def without_rows(key: str) -> bool:
    """Values of measures and figures in words come from elsewhere than from rows of the log."""
    return is_code(key) or is_told(key)


def adds_up(figure: Figure, behind: Passport | None) -> bool:
    """Is every number of the figure the sum of the rows behind it? A value of a measure has none."""
    if behind is None:
        return True
    if figure.quantity is not None:
        return behind.total == figure.quantity
    return all(total(_adds(behind, cell)) == quantity for cell, quantity in _cells(figure))


def _cells(figure: Figure) -> Any:
    """((row, column), quantity) of every number in a table."""
    for line in [*figure.rows, *([figure.total] if figure.total else [])]:
        for column, quantity in zip(figure.columns[1:], line.quantities, strict=True):
            if quantity is not None:
                yield (line.key, column.key), quantity


def _adds(behind: Passport, cell: tuple[str, str]) -> Any:
    for row in behind.rows:
        if cell in row.cells:
            yield row.quantities.get(cell[1], row.quantity)


def canonical(content: Content) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
