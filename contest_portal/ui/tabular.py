"""What the design system asks of a figure: enough to write its heading, its table, its chart and its map."""

from collections.abc import Sequence
from typing import Protocol

Number = int | float


class Column(Protocol):
    key: str
    label: str
    numeric: bool


class Row(Protocol):
    """`cells` are the words shown, `values` the numbers behind them; None where a number is withheld or missing.

    Both run beside the columns after the first, which is the label of the row. A row of a map has a
    `tile` too: (row, column), counted from 1.
    """

    key: str
    label: str
    cells: Sequence[str]
    values: Sequence[Number | None]
    url: str | None


class Figure(Protocol):
    """`chart` is "bars", "trend", "stacked" or "". `finding` says in a sentence what the numbers show."""

    finding: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    source: str
    as_at: str
    marking: str
    chart: str


def columns_of(figure: Figure) -> list[Column]:
    """The columns that `cells` and `values` run beside: all but the first, which names the row."""
    return list(figure.columns)[1:]
