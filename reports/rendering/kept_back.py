"""What the public reads of a table or chart of which a cell, row or column is exempt: a figure made without it.

Whatever would tell it by subtraction goes with it: the totals over it, the sentence about the table, and the same
measure's one number for London.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reports.figures import Figure
from reports.figures.definitions import Definition
from reports.figures.result import FigureRow
from reports.figures.tables import ALL as EVERY_STRAND
from reports.models.exempt_cell import ALL, ExemptCell
from reports.models.exemption import in_full

CELL = "[exempt]"
SOME = "Some of it is exempt and is not in this version."


@dataclass(frozen=True)
class KeptBack:
    """Where something is exempt: a place in a figure, and nothing of what stands there."""

    figure: str
    row: str
    column: str

    def covers(self, row: str, column: str) -> bool:
        return self.row in (ALL, row) and self.column in (ALL, column)


def kept_back(cells: Iterable[ExemptCell]) -> tuple[KeptBack, ...]:
    return tuple(KeptBack(cell.block.figure, cell.row, cell.column) for cell in cells)


def opened_figures(found: Mapping[str, Figure], kept: Sequence[KeptBack], *, closes_up: bool) -> dict[str, Figure]:
    told = {each for place in kept if place.figure in found for each in told_by(found[place.figure], place)}
    opened = {}
    for key, figure in found.items():
        own = [each for each in kept if each.figure == key]
        opened[key] = _table(figure, own, told, closes_up) if own else _value(figure, told)
    return opened


def told_by(figure: Figure, kept: KeptBack) -> set[str]:
    """What a place of a figure tells of: which measures of the log, or the rows of a table in words, by their codes."""
    definition = figure.definition
    if not is_counted(definition):
        return {row.key for row in figure.rows if kept.row in (ALL, row.key)}
    if kept.column == ALL:
        return set(definition.measures)
    return {kept.column} if kept.column in definition.measures else {definition.measure.key}


def is_counted(definition: Definition) -> bool:
    """From rows of the log, so that its numbers add up to those of other figures."""
    return definition.measure.key not in ("told", "value")


def _value(figure: Figure, told: set[str]) -> Figure:
    """One number for all of London, or a sentence with it, is the total that a table does not have any more."""
    if figure.shape != "value" or not any(_tells(each, told) for each in (figure, *figure.parts)):
        return figure
    return replace(figure, quantity=None, words=CELL, finding=SOME, parts=(), kept_back=True)


def _tells(figure: Figure, told: set[str]) -> bool:
    return figure.key in told or (is_counted(figure.definition) and bool(set(figure.definition.measures) & told))


def _table(figure: Figure, kept: Sequence[KeptBack], told: set[str], closes_up: bool) -> Figure:
    columns = [column.key for column in figure.columns[1:]]
    hidden = {
        (row.key, column)
        for row in figure.rows
        for column in columns
        if any(each.covers(row.key, column) for each in kept)
    }
    hidden |= {(row, EVERY_STRAND) for row, _ in hidden}
    totals = {column for _, column in hidden}
    rows = [_row(row, columns, {column for key, column in hidden if key == row.key}) for row in figure.rows]
    total = figure.total and _row(figure.total, columns, totals)
    parts = tuple(part for part in figure.parts if not _tells(part, told))
    made = replace(figure, rows=tuple(rows), total=total, finding=SOME, parts=parts, kept_back=True)
    return _closed_up(made, hidden) if closes_up else made


def _row(row: FigureRow, columns: list[str], hidden: set[str]) -> FigureRow:
    if not hidden:
        return row
    there = [column not in hidden for column in columns]
    return replace(
        row,
        url=None,
        cells=tuple(words if shown else CELL for words, shown in zip(row.cells, there, strict=True)),
        quantities=_kept(row.quantities, there),
        values=_kept(row.values, there),
        links=_kept(row.links, there) if row.links else (),
    )


def _kept(values: Sequence[Any], there: list[bool]) -> tuple[Any, ...]:
    return tuple(value if shown else None for value, shown in zip(values, there, strict=True))


def _closed_up(figure: Figure, hidden: set[tuple[str, str]]) -> Figure:
    """Without rows and columns of which nothing is left, as long as something is."""
    columns = [column.key for column in figure.columns[1:]]
    rows = tuple(row for row in figure.rows if not all((row.key, column) in hidden for column in columns))
    left = [not all((row.key, column) in hidden for row in figure.rows) for column in columns]
    if not rows or not any(left):
        return figure
    shown = [True, *left]
    kept = tuple(column for column, stays in zip(figure.columns, shown, strict=True) if stays)
    total = figure.total and _narrowed(figure.total, left)
    return replace(figure, columns=kept, rows=tuple(_narrowed(row, left) for row in rows), total=total)


def _narrowed(row: FigureRow, left: list[bool]) -> FigureRow:
    def only(values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(value for value, stays in zip(values, left, strict=True) if stays)

    links = only(row.links) if row.links else ()
    return replace(row, cells=only(row.cells), quantities=only(row.quantities), values=only(row.values), links=links)


# --- for members ----------------------------------------------------------------------------------


def told_cells(figure: Figure, cells: Iterable[ExemptCell]) -> list[dict[str, str]]:
    """What of a table is exempt, in words, on what ground and why."""
    rows = {row.key: row.label for row in figure.rows} | {ALL: "every row"}
    columns = {column.key: column.label for column in figure.columns} | {ALL: "every column"}
    return [
        {
            "where": f"{rows.get(cell.row, cell.row)}, {columns.get(cell.column, cell.column)}",
            "ground": in_full(cell.ground),
            "interest": cell.interest,
        }
        for cell in cells
    ]
