"""Reading a snapshot back: the rows behind a figure as they were, and what the same figure says now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contest_portal.access.grants import may
from contest_portal.core.quantity import Quantity
from contest_portal.core.quarters import Quarter
from reports.figures import FIGURES, Cell, Figure, Passport, PassportRow, figures, passport_of
from reports.figures.definitions import is_code
from reports.figures.told import is_told, permission_of, told
from reports.figures.values import PERMISSION, values
from reports.rendering.composition import Content, number_of


def head_of(content: Content, n: int) -> Content:
    """The entry of figure `n`; a KeyError when the paper has none."""
    return {figure["n"]: figure for figure in content["figures"]}[n]


def table_of(content: Content, n: int) -> Content:
    """The columns and rows of figure `n` as they were printed; a KeyError when it is no table."""
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    return {block["figure"]: block for block in blocks if "columns" in block}[n]


def frozen_passport(content: Content, n: int, row: str = "", column: str = "") -> Passport:
    """The rows behind a value, or behind one cell of a table. A cell that is not there is a KeyError."""
    head = head_of(content, n)
    definition = FIGURES[head["key"]]
    cell, rows = Cell("", "London", "", ""), head["rows"]
    if head["shape"] == "table":
        cell = _cell(table_of(content, n), row, column)
        rows = [found for found in rows if [row, column] in found["cells"]]
    measure = column if column in definition.measures else definition.measures[0]
    quarter = Quarter.from_key(content["paper"]["quarter"])
    return passport_of(definition, quarter, cell, [_restored(found, measure) for found in rows])


def words_of(content: Content, n: int, row: str = "", column: str = "") -> str:
    """What was printed for the value, or in the cell."""
    if head_of(content, n)["shape"] == "value":
        return head_of(content, n)["words"]
    return _cells(table_of(content, n))[row, column][1]


def _cell(table: Content, row: str, column: str) -> Cell:
    columns = {found["key"]: found["label"] for found in table["columns"][1:]}
    rows = {found["key"]: found["label"] for found in _lines(table)}
    return Cell(row, rows[row], column, columns[column])


def _lines(table: Content) -> list[Content]:
    return [*table["rows"], *([table["total"]] if table["total"] else [])]


def _restored(row: Content, measure: str) -> PassportRow:
    quantities = {key: Quantity(value, qualifier) for key, (value, qualifier, _) in row["numbers"].items()}
    return PassportRow(
        row["activity_id"],
        row["reference"],
        row["title"],
        row["date_words"],
        row["strand"],
        row["strand_name"],
        tuple(row["borough_codes"]),
        tuple(row["borough_names"]),
        quantities,
        measure,
        tuple((row_key, column) for row_key, column in row["cells"]),
    )


@dataclass(frozen=True)
class Comparison:
    """One number of an issued paper, and the same number today."""

    n: int
    title: str
    cell: str
    issued: str
    now: str
    row: str = ""
    column: str = ""

    @property
    def differs(self) -> bool:
        return self.issued != self.now


def compared(content: Content, user: Any) -> list[Comparison]:
    """Every figure of the paper against today's: a value always, of a table the cells that changed.

    Figures whose numbers of today are not for this person are left out; what was issued they have read.
    """
    heads = content["figures"]
    quarter = Quarter.from_key(content["paper"]["quarter"])
    known = [head["key"] for head in heads if head["key"] in FIGURES and may(user, FIGURES[head["key"]].permission)]
    codes = [head["key"] for head in heads if is_code(head["key"]) and may(user, PERMISSION)]
    said = [head["key"] for head in heads if is_told(head["key"]) and may(user, permission_of(head["key"]))]
    now = figures(known, quarter) | values(codes, quarter) | told(said, quarter)
    return [line for head in heads if head["key"] in now for line in _compared(content, head, now[head["key"]])]


def _compared(content: Content, head: Content, now: Figure) -> Iterator[Comparison]:
    if head["shape"] == "value":
        # What is not there cannot have changed; today's number would tell it.
        if head.get("kept_back"):
            return
        yield Comparison(head["n"], now.definition.name, "", head["words"], now.words)
        return
    issued, today = _cells(table_of(content, head["n"])), _cells_now(now)
    changed = [key for key in issued if today.get(key, (None, ""))[0] != issued[key][0]]
    for row, column in changed:
        cell = _cell(table_of(content, head["n"]), row, column)
        label = f"{cell.row_label}, {cell.column_label.lower()}"
        words = today.get((row, column), (None, "not there any more"))[1]
        yield Comparison(head["n"], now.definition.name, label, issued[row, column][1], words, row, column)
    if not changed:
        yield Comparison(head["n"], now.definition.name, "", "As printed", "As printed")


def _cells(table: Content) -> dict[tuple[str, str], tuple[Any, str]]:
    """(number, words) of every cell that has a number, by row and column."""
    keys = [column["key"] for column in table["columns"][1:]]
    return {
        (line["key"], key): (number, words)
        for line in _lines(table)
        for key, number, words in zip(keys, line["numbers"], line["cells"], strict=True)
        if number is not None
    }


def _cells_now(figure: Figure) -> dict[tuple[str, str], tuple[Any, str]]:
    return {
        (line.key, column.key): (quantity and number_of(quantity), words)
        for line in [*figure.rows, *([figure.total] if figure.total else [])]
        for column, quantity, words in zip(figure.columns[1:], line.quantities, line.cells, strict=True)
    }
