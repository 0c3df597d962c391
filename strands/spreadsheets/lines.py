"""The rows of the sheet as lines to check: where each column stands, what each cell says, and what is wrong by cell."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from strands.models import Activity
from strands.spreadsheets.columns import COLUMNS, EXAMPLE, MOST_ROWS, SHEET, Column
from strands.spreadsheets.opening import Contents
from strands.spreadsheets.questions import QUESTION_COLUMNS

SEARCHED = 20
NEEDED = [column for column in COLUMNS if column.needed]


@dataclass(frozen=True)
class Problem:
    sheet: str
    row: int
    cell: str
    says: str

    @property
    def as_json(self) -> dict[str, Any]:
        where = ", ".join(part for part in (self.sheet, f"row {self.row}" if self.row else "", self.cell) if part)
        return {"where": where, "sheet": self.sheet, "row": self.row, "cell": self.cell, "says": self.says}


@dataclass
class Line:
    """One row. `add_error` is what the rules of the form call, so that both say the same."""

    number: int
    letters: Mapping[str, str]
    cells: Mapping[str, Any]
    answers: Mapping[str, Any] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    given: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Problem] = field(default_factory=list)
    activity: Activity | None = None
    outcome: str = ""
    changes: list[str] = field(default_factory=list)
    key: UUID | None = None

    def add_error(self, field: str | None, error: Any) -> None:
        says = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        self.problems.append(self.problem(field, says))

    def problem(self, key: str | None, says: str) -> Problem:
        return Problem(SHEET, self.number, self.cell_of(key or "title"), says)

    def is_wrong(self, key: str) -> bool:
        return any(problem.cell == self.cell_of(key) for problem in self.problems)

    def cell_of(self, key: str) -> str:
        return f"{self.letters.get(key, 'A')}{self.number}"


@dataclass
class Sheet:
    lines: list[Line]
    problems: list[Problem]


def letter(index: int) -> str:
    """A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_sheet(contents: Contents) -> Sheet:
    at = next((n for n, row in enumerate(contents.rows[:SEARCHED]) if _is_heading(row)), None)
    if at is None:
        says = "The row of headings is missing. Download the template again and copy your rows into it."
        return Sheet([], [Problem(contents.sheet, 0, "", says)])
    places, problems = _places(contents.rows[at], at + 1)
    merged = list(_merged(contents, at))
    problems += [problem for problem, _ in merged]
    unread = {cell for _, cells in merged for cell in cells} | contents.formulas
    lines = list(_lines(contents, at, places, unread))
    problems += _formula_problems(contents, lines)
    if len(lines) > MOST_ROWS:
        says = f"There are {len(lines):,} rows, and {MOST_ROWS:,} is the most. Split the spreadsheet into several."
        problems.append(Problem(contents.sheet, 0, "", says))
    return Sheet(lines[:MOST_ROWS], problems)


def _is_heading(row: Iterable[Any]) -> bool:
    words = {_plain(cell) for cell in row}
    return len(words & {_plain(column.heading) for column in COLUMNS}) >= len(COLUMNS) // 3


def _plain(value: Any) -> str:
    return " ".join(str(value).split()).casefold().replace("’", "'").removesuffix(" *")


def _places(row: list[Any], number: int) -> tuple[dict[str, int], list[Problem]]:
    """Where each column stands, and what is wrong with the headings."""
    known = {_plain(column.heading): column for column in (*COLUMNS, *QUESTION_COLUMNS.values())}
    places: dict[str, int] = {}
    problems = []
    for index, cell in enumerate(row):
        if not _plain(cell):
            continue
        column = known.get(_plain(cell))
        if column is None or column.key in places:
            says = f"“{str(cell)[:40]}” is no heading of the template, or is there twice. Remove or mend it."
            problems.append(Problem(SHEET, number, f"{letter(index)}{number}", says))
        else:
            places[column.key] = index
    for column in COLUMNS:
        if column.key not in places:
            says = f"The column “{column.heading}” is missing. Put it back, or copy your rows into a new template."
            problems.append(Problem(SHEET, number, "", says))
    return places, problems


def _merged(contents: Contents, heading: int) -> Iterator[tuple[Problem, set[str]]]:
    for first_row, first, last_row, last in contents.merged:
        if last_row <= heading:
            continue
        names = f"{letter(first)}{first_row + 1} to {letter(last)}{last_row + 1}"
        says = f"The cells {names} are merged into one. Unmerge them, and fill in each."
        cells = {f"{letter(x)}{y + 1}" for y in range(first_row, last_row + 1) for x in range(first, last + 1)}
        yield Problem(SHEET, first_row + 1, f"{letter(first)}{first_row + 1}", says), cells


def _lines(contents: Contents, heading: int, places: Mapping[str, int], unread: Iterable[str]) -> Iterator[Line]:
    letters = {key: letter(index) for key, index in places.items()}
    asked = places.keys() & QUESTION_COLUMNS.keys()
    by_row: dict[int, set[str]] = {}
    for cell in unread:
        by_row.setdefault(int(re.sub(r"\D", "", cell)), set()).add(re.sub(r"\d", "", cell))
    for offset, row in enumerate(contents.rows[heading + 1 :], start=heading + 2):
        hidden = by_row.get(offset, set())
        cells = {key: row[index] for key, index in places.items() if index < len(row) and row[index] not in ("", None)}
        cells = {key: value for key, value in cells.items() if not isinstance(value, str) or value.strip()}
        skipped = frozenset(key for key, column in letters.items() if column in hidden)
        answers = {key: cells.pop(key) for key in asked if key in cells}
        if (not cells and not answers and not skipped) or str(cells.get("reference", "")).strip().upper() == EXAMPLE:
            continue
        yield Line(offset, letters, cells, answers, skipped)


def _formula_problems(contents: Contents, lines: Iterable[Line]) -> Iterator[Problem]:
    for line in lines:
        for key in line.unread:
            if line.cell_of(key) in contents.formulas:
                says = "The cell holds a formula or an error. Put the value itself there: copy it, then paste values."
                yield line.problem(key, says)


def missing(line: Line) -> Iterator[Column]:
    """Columns that every row needs and that this one leaves empty."""
    for column in NEEDED:
        if column.key in line.letters and column.key not in line.cells and column.key not in line.unread:
            yield column
