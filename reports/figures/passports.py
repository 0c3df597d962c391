"""The passport of a figure: the rows that add up to it, and which of them one reader may see."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from contest_portal.access.grants import scope_of
from contest_portal.core.quantity import Quantity
from contest_portal.core.quantity import total as sum_of
from contest_portal.core.quarters import Quarter
from reports.figures.definitions import MEASURES, Definition
from reports.figures.result import rows_url

COUNTS = ("activities", "joint")


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
    hidden_words: str
    total: Quantity
    total_words: str


@dataclass(frozen=True)
class Passport:
    definition: Definition
    quarter: Quarter
    cell: Cell
    measure: str
    rows: list[PassportRow]
    seen: Callable[[Any, list[PassportRow]], list[PassportRow]] = field(repr=False)

    @property
    def total(self) -> Quantity:
        return sum_of(row.quantity for row in self.rows)

    @property
    def total_words(self) -> str:
        return self.words(self.total)

    @property
    def url(self) -> str:
        return rows_url(self.definition.key, self.quarter, self.cell.row, self.cell.column)

    def words(self, quantity: Quantity) -> str:
        return MEASURES[self.measure].words(quantity)

    def as_seen_by(self, user: Any) -> SeenPassport:
        seen = self.seen(user, self.rows)
        shown = {id(row) for row in seen}
        hidden = [row for row in self.rows if id(row) not in shown]
        hidden_total = sum_of(row.quantity for row in hidden)
        words = self._remainder(user, len(hidden), hidden_total) if hidden else ""
        return SeenPassport(seen, len(hidden), hidden_total, words, self.total, self.total_words)

    def _remainder(self, user: Any, count: int, quantity: Quantity) -> str:
        """and 131 activities in other boroughs: at least 2,207"""
        if self.measure == "returns":
            return f"and {count:,} {'return' if count == 1 else 'returns'} of other boroughs: {quantity} accepted"
        scope = scope_of(user, "activity.read")
        where = "that you may not open"
        if bool(scope.boroughs) != bool(scope.strands):
            where = "in other boroughs" if scope.boroughs else "under other strands"
        noun = "activity" if count == 1 else "activities"
        number = "" if self.measure in COUNTS else f": {self.words(quantity)}"
        return f"and {count:,} {noun} {where}{number}"
