"""The passport of a figure: the rows that add up to it, and which of them one reader may see."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from contest_portal.access.grants import scope_of
from contest_portal.core.quantity import Quantity
from contest_portal.core.quantity import total as sum_of
from contest_portal.core.quarters import Quarter
from reports.figures.definitions import MEASURES, Definition
from reports.figures.parts import WHOLE, Part
from reports.figures.result import rows_url

NOUNS = {"boroughs": ("area", "areas"), "returns": ("return", "returns")}


@dataclass(frozen=True)
class Cell:
    row: str
    row_label: str
    column: str
    column_label: str


@dataclass(frozen=True)
class PassportRow:
    """One activity, borough or return, and what it adds. `cells` are those of a table to which it adds something."""

    activity_id: int | None
    reference: str
    title: str
    date_words: str
    strand: str
    strand_name: str
    borough_codes: tuple[str, ...]
    borough_names: tuple[str, ...]
    quantities: dict[str, Quantity]
    measure: str
    cells: tuple[tuple[str, str], ...] = ()

    @property
    def quantity(self) -> Quantity:
        return self.quantities[self.measure]

    @property
    def value(self) -> int | None:
        return self.quantity.value

    @property
    def qualifier(self) -> str:
        return str(self.quantity.qualifier)

    @property
    def words(self) -> str:
        return MEASURES[self.measure].words(self.quantity)

    @property
    def is_joint(self) -> bool:
        return len(self.borough_codes) > 1

    def as_dict(self) -> dict[str, Any]:
        """For a snapshot, in plain JSON. `numbers` has what it adds under every measure of a table, as
        [value, qualifier, words]."""
        names = ["activity_id", "reference", "title", "date_words", "strand", "strand_name", "value", "qualifier"]
        return {name: getattr(self, name) for name in names} | {
            "borough_codes": list(self.borough_codes),
            "borough_names": list(self.borough_names),
            "words": self.words,
            "numbers": {
                key: [quantity.value, str(quantity.qualifier), MEASURES[key].words(quantity)]
                for key, quantity in self.quantities.items()
            },
            "cells": [list(cell) for cell in self.cells],
        }


@dataclass(frozen=True)
class SeenPassport:
    """A passport as one person may read it: their rows, and one remainder. Together they add up to the total."""

    rows: list[PassportRow]
    hidden_count: int
    hidden_total: Quantity
    hidden_label: str
    hidden_total_words: str
    total: Quantity
    total_words: str

    @property
    def hidden_words(self) -> str:
        """The remainder in one line: "and 131 activities in other boroughs: at least 2,207"."""
        return f"{self.hidden_label}: {self.hidden_total_words}" if self.hidden_count else ""

    @property
    def explanation(self) -> str:
        """Why not every row is listed, and where the others are."""
        listed, all_ = len(self.rows), len(self.rows) + self.hidden_count
        how_many = f"{listed:,} of the {all_:,} rows" if listed else f"none of the {all_:,} rows"
        return f"Your role opens {how_many} behind this number. The others are counted in it, and stand in one line."


@dataclass(frozen=True)
class Passport:
    definition: Definition
    quarter: Quarter
    cell: Cell
    measure: str
    rows: list[PassportRow]
    seen: Callable[[Any, list[PassportRow]], list[PassportRow]] = field(repr=False)
    known_on: dt.date | None = None
    part: Part = WHOLE

    @property
    def total(self) -> Quantity:
        return sum_of(row.quantity for row in self.rows)

    @property
    def total_words(self) -> str:
        return self.words(self.total)

    @property
    def is_whole(self) -> bool:
        """Of the figure, and not of one cell of it."""
        return not (self.cell.row or self.cell.column)

    @property
    def name(self) -> str:
        """Attendance, Brent"""
        return f"{self.cell.column_label}, {self.cell.row_label}"

    @property
    def noun(self) -> str:
        """What the rows are, one or many."""
        one, many = NOUNS.get(self.measure, ("activity", "activities"))
        return one if len(self.rows) == 1 else many

    @property
    def lists_activities(self) -> bool:
        return self.measure not in NOUNS

    @property
    def measure_label(self) -> str:
        return MEASURES[self.measure].label

    @property
    def url(self) -> str:
        return self._address("figure_rows")

    @property
    def csv_url(self) -> str:
        return self._address("figure_rows_csv")

    def _address(self, page: str) -> str:
        cell = self.cell
        more: dict[str, Any] = {"page": page, "known_on": self.known_on, "part": self.part}
        return rows_url(self.definition.key, self.quarter, cell.row, cell.column, **more)

    def words(self, quantity: Quantity) -> str:
        return MEASURES[self.measure].words(quantity)

    def as_seen_by(self, user: Any) -> SeenPassport:
        seen = self.seen(user, self.rows)
        shown = {id(row) for row in seen}
        hidden = [row for row in self.rows if id(row) not in shown]
        hidden_total = sum_of(row.quantity for row in hidden)
        label = self._remainder(user, len(hidden)) if hidden else ""
        hidden_words = self.words(hidden_total)
        return SeenPassport(seen, len(hidden), hidden_total, label, hidden_words, self.total, self.total_words)

    def _remainder(self, user: Any, count: int) -> str:
        """and 131 activities in other boroughs"""
        if self.measure == "returns":
            return f"and {count:,} {'return' if count == 1 else 'returns'} of other boroughs"
        scope = scope_of(user, "activity.read")
        where = "that you may not open"
        if bool(scope.boroughs) != bool(scope.strands):
            where = "in other boroughs" if scope.boroughs else "under other strands"
        return f"and {count:,} {'activity' if count == 1 else 'activities'} {where}"
