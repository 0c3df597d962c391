"""The table of a figure: what a chart or map shows, in words and numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import repeat
from typing import Any

from contest_portal.ui.formats import day, moment
from contest_portal.ui.tabular import Figure, Row, columns_of, lines_of


@dataclass(frozen=True)
class Cell:
    words: str
    numeric: bool
    url: str | None


@dataclass(frozen=True)
class Line:
    label: str
    url: str | None
    cells: tuple[Cell, ...]
    total: bool
    mark: str


def table(figure: Figure) -> dict[str, Any]:
    """Context of ui/figure_table.html."""
    return {"figure": figure, "lines": [_line(figure, row) for row in lines_of(figure)], "source": source(figure)}


def source(figure: Figure) -> str:
    """Source: activity log. Data as at 27 March 2026."""
    parts = [f"Source: {figure.source}." if figure.source else "", _taken(figure.as_at), getattr(figure, "note", "")]
    return " ".join(part for part in parts if part)


def _taken(at: str | date) -> str:
    if not at:
        return ""
    if isinstance(at, datetime):
        return f"Data as at {moment(at)}."
    return f"Data as at {day(at) if isinstance(at, date) else at}."


def _line(figure: Figure, row: Row) -> Line:
    total = bool(getattr(row, "total", False)) or row is getattr(figure, "total", None)
    # Where the numbers are links, one on the name would only be another way to the first of them.
    url = None if getattr(row, "links", ()) else row.url
    return Line(row.label, url, tuple(_cells(figure, row)), total, getattr(row, "mark", ""))


def _cells(figure: Figure, row: Row) -> Iterator[Cell]:
    links = getattr(row, "links", ()) or repeat(None, len(row.cells))
    for column, words, url in zip(columns_of(figure), row.cells, links, strict=True):
        yield Cell(words, column.numeric, url)
