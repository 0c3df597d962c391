"""One figure as everybody reads it: page, paper, chart and CSV take their numbers and words from here."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from contest_portal.core.markings import Marking
from contest_portal.core.quantity import Quantity
from contest_portal.core.quarters import Quarter
from contest_portal.ui import charts, shapes
from reports.figures.definitions import Definition, Measure, is_code
from reports.figures.parts import WHOLE, Part
from reports.figures.standing import QuarterStanding, Standing, ToldStanding, ValueStanding


@dataclass(frozen=True)
class FigureColumn:
    key: str
    label: str
    numeric: bool = True


@dataclass(frozen=True)
class FigureRow:
    """A row of a table. `quantities`, `cells`, `values` and `links` run beside the columns after the first.

    A column of words has no quantity. `tile` is the place on the map, `short` the name that fits on it, `mark` the
    words that pick the row out for one reader.
    """

    key: str
    label: str
    quantities: tuple[Quantity | None, ...]
    cells: tuple[str, ...]
    values: tuple[float | int | None, ...]
    url: str | None = None
    links: tuple[str | None, ...] = ()
    tile: tuple[int, int] | None = None
    short: str = ""
    mark: str = ""
    total: bool = False
    # The words for a series that begins anew with this row.
    breaks: str = ""


NO_LOG = "no log"


def row_without_log(key: str, label: str, width: int) -> FigureRow:
    """A row of a time before the log began: words, and no number that could be taken for a nought."""
    nothing = (None,) * width
    return FigureRow(key, label, nothing, (NO_LOG,) * width, nothing, links=nothing)


@dataclass(frozen=True)
class Figure:
    """A value or a table, with everything that has to be said with it. It does not depend on the reader."""

    definition: Definition
    quarter: Quarter
    standing: QuarterStanding | ToldStanding | ValueStanding
    as_at: dt.datetime
    finding: str
    title: str
    quantity: Quantity | None = None
    words: str = ""
    columns: tuple[FigureColumn, ...] = ()
    rows: tuple[FigureRow, ...] = ()
    total: FigureRow | None = None
    marking: str = field(default=Marking.OFFICIAL)
    # The day that is over as which it was read; None when it is read as things stand.
    known_on: dt.date | None = None
    part: Part = WHOLE
    # How many comments there are on what it shows.
    comments: int = 0
    # Whether some of it was taken out, since it is exempt and the reader is everybody.
    kept_back: bool = False
    # Figures whose numbers it tells, such as the values in a table of measures. They leave the portal with it.
    parts: tuple["Figure", ...] = ()

    @property
    def key(self) -> str:
        return self.definition.key

    @property
    def shape(self) -> str:
        return self.definition.shape.value

    @property
    def kind(self) -> str:
        return self.definition.kind.value

    @property
    def unit(self) -> str:
        return self.definition.unit

    @property
    def chart(self) -> str:
        return self.definition.chart

    @property
    def is_mapped(self) -> bool:
        """Has a number for each place on the map and no chart."""
        return not self.chart and any(row.tile and column.numeric for row in self.rows for column in self.columns[1:])

    @property
    def note(self) -> str:
        return self.definition.note

    @property
    def population(self) -> str:
        return self.part.key if self.part.query else self.definition.population

    @property
    def population_name(self) -> str:
        return self.part.population if self.part.query else self.definition.population_name

    @property
    def source(self) -> str:
        return f"{self.definition.source}, {self.population_name}"

    @property
    def state(self) -> Standing:
        """Has a label and a colour, for a tag."""
        return self.standing.state

    @property
    def status(self) -> str:
        """ "not_complete", "provisional" or "final"."""
        return self.state.value

    @property
    def status_words(self) -> str:
        return self.standing.words

    @property
    def url(self) -> str:
        return rows_url(self.key, self.quarter, known_on=self.known_on, part=self.part)

    @property
    def csv_url(self) -> str:
        return rows_url(self.key, self.quarter, page="figure_csv", known_on=self.known_on, part=self.part)

    @property
    def comments_url(self) -> str:
        return rows_url(self.key, self.quarter, page="chart_comments", known_on=self.known_on, part=self.part)

    @property
    def comments_words(self) -> str:
        return "1 comment" if self.comments == 1 else f"{self.comments} comments"

    def marked(self, keys: Collection[str], words: str) -> "Figure":
        """The same figure with some rows picked out for one reader, in a word."""
        return replace(self, rows=tuple(replace(row, mark=words) if row.key in keys else row for row in self.rows))

    def spec(self) -> dict[str, Any]:
        """The chart as Vega-Lite; only a figure with a `chart` has one."""
        return shapes.spec_of(self)

    def svg(self) -> str:
        return charts.chart_svg(self)

    def cell(self, row: str, column: str) -> Quantity | None:
        """The number in one cell, the total row being ""; None where there are words. A wrong key is a KeyError."""
        if not self.columns:
            return {("", ""): self.quantity}[row, column]
        found = {line.key: line for line in self._lines()}[row]
        return dict(zip([column.key for column in self.columns[1:]], found.quantities, strict=True))[column]

    def released_cells(self) -> list[tuple[str, int | None, str]]:
        """(cell, value, qualifier) of every number in it, for the ledger of figures that have left the portal.

        A cell is named "row/column", in the total row "/column", and "" when the figure is one number.
        """
        if self.quantity is not None:
            return [("", self.quantity.value, str(self.quantity.qualifier))]
        return [
            (f"{line.key}/{column.key}", quantity.value, str(quantity.qualifier))
            for line in self._lines()
            for column, quantity in zip(self.columns[1:], line.quantities, strict=True)
            if quantity is not None
        ]

    def _lines(self) -> list[FigureRow]:
        return [*self.rows, *([self.total] if self.total else [])]


# Of a measure's value one page stands for these.
VALUE_PAGES = {"figure_rows", "figure_csv"}


def rows_url(
    key: str,
    quarter: Quarter,
    row: str = "",
    column: str = "",
    *,
    page: str = "figure_rows",
    known_on: dt.date | None = None,
    part: Part = WHOLE,
) -> str:
    """The page with the rows behind a figure or one cell of it, or one of its downloads; of a measure's value, the page
    that says where it comes from."""
    day = known_on.isoformat() if known_on else ""
    if is_code(key) and page in VALUE_PAGES:
        return reverse("value", args=[key, quarter.key]) + (f"?as_at={day}" if day else "")
    query = {"quarter": quarter.key, "row": row, "column": column, "as_at": day} | part.query
    return f"{reverse(page, args=[key])}?{urlencode({name: value for name, value in query.items() if value})}"


def numbers(measures: list[Measure], quantities: list[Quantity]) -> dict[str, Any]:
    """The three forms in which a row carries its numbers."""
    pairs = list(zip(measures, quantities, strict=True))
    return {
        "quantities": tuple(quantities),
        "cells": tuple(measure.words(quantity) for measure, quantity in pairs),
        "values": tuple(measure.drawn(quantity) for measure, quantity in pairs),
    }
