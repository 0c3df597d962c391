"""The numbers of a figure, line by line, as spreadsheets take them."""

from collections.abc import Iterator

from contest_portal.core.quantity import Quantity
from reports.figures import Figure

Line = list[str | int | float | None]


def number_lines(figure: Figure) -> Iterator[Line]:
    """A number has its qualifier in a column of its own, so that a spreadsheet can add the numbers up."""
    if figure.quantity is not None:
        yield ["Value", "Qualifier", "In words"]
        yield [figure.definition.measure.drawn(figure.quantity), qualifier_of(figure.quantity), figure.words]
        return
    head: Line = [figure.columns[0].label]
    for column in figure.columns[1:]:
        head += [column.label, f"{column.label}: qualifier"] if column.numeric else [column.label]
    yield head
    for row in [*figure.rows, *([figure.total] if figure.total else [])]:
        line: Line = [row.label]
        parts = zip(figure.columns[1:], row.cells, row.values, row.quantities, strict=True)
        for column, cell, value, quantity in parts:
            said = cell if quantity is None else qualifier_of(quantity)
            line += [value, said] if column.numeric else [cell]
        yield line


def qualifier_of(quantity: Quantity | None) -> str:
    return "" if quantity is None else str(quantity.qualifier)
