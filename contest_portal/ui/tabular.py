"""What the design system asks of a figure: enough to write its heading, its table, its chart and its map."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

Number = int | float


class Column(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def numeric(self) -> bool: ...


class Row(Protocol):
    """`cells` are the words shown, `values` the numbers behind them; None where a number is withheld or missing.

    Both run beside the columns after the first, which is the label of the row. A row may have more: `links` beside
    its cells, `tile` (row and column on a map, counted from 1), `short` for its name there, `mark` for words that
    pick it out ("your borough"), `total` when it adds up the others, and `breaks`, the words for a series that starts
    again with this row.
    """

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def cells(self) -> Sequence[str]: ...
    @property
    def values(self) -> Sequence[Number | None]: ...
    @property
    def url(self) -> str | None: ...


class Figure(Protocol):
    """`chart` is "bars", "trend", "stacked" or "". `finding` says in a sentence what the numbers show.

    A figure may have a `total`: one more row, for the foot of the table and not for the chart; and a `note`.
    """

    @property
    def finding(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def columns(self) -> Sequence[Column]: ...
    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def source(self) -> str: ...
    @property
    def as_at(self) -> str | date: ...
    @property
    def marking(self) -> str: ...
    @property
    def chart(self) -> str: ...


def columns_of(figure: Figure) -> list[Column]:
    """The columns that `cells` and `values` run beside: all but the first, which names the row."""
    return list(figure.columns)[1:]


def lines_of(figure: Figure) -> list[Row]:
    """The rows of the table with the total, if there is one, at its foot."""
    total: Row | None = getattr(figure, "total", None)
    return [*figure.rows, *([total] if total else [])]
