"""What a published number is made of: the words that every figure of the registry is described in."""

import re
from dataclasses import dataclass

from django.db import models

from contest_portal.core.quantity import Qualifier, Quantity
from contest_portal.ui.formats import pounds
from strands.models.measure_words import MeasureKind

_CODE = re.compile(r"[A-Z]{2}-\d{2,3}")


def is_code(key: str) -> bool:
    """Whether a key has the form of a measure's code. The keys of other figures are small letters."""
    return bool(_CODE.fullmatch(key))


class Kind(models.TextChoices):
    """Two kinds of number never add up with one another."""

    FLOW = "flow", "Flow: what happened in the period"
    STOCK = "stock", "Stock: how things stood at the moment shown"


class Sensitivity(models.TextChoices):
    """How small a number may be before it points to a person."""

    S0 = "S0", "Events, training, money: every number may be shown, 0 too"
    S1 = "S1", "Small groups: numbers under a threshold are withheld"
    S2 = "S2", "Individuals of concern: London totals only, small ones withheld"


@dataclass(frozen=True)
class Population:
    """Who could have been counted. No denominator goes without one: 32 and 33 are different claims."""

    key: str
    name: str


LONDON_33 = Population("LONDON_33", "33 London local authority areas")
# Counted for all of London at once, over no list of areas.
LONDON = Population("LONDON", "London as a whole")
POPULATIONS = {LONDON_33.key: LONDON_33, LONDON.key: LONDON}


@dataclass(frozen=True)
class Measure:
    """What is added up over the rows behind a number. Money is counted in pence, so that it adds up exactly."""

    key: str
    label: str
    unit: str

    def words(self, quantity: Quantity) -> str:
        """at least 4,310, or at least £3,150"""
        if self.unit != POUNDS or quantity.value is None:
            return str(quantity)
        word = "" if quantity.qualifier == Qualifier.EXACT else f"{Qualifier(quantity.qualifier).label} "
        return word + pounds(self.drawn(quantity))

    def drawn(self, quantity: Quantity) -> float | int | None:
        """The number in its unit, for a chart or a spreadsheet."""
        return quantity.value / 100 if self.unit == POUNDS and quantity.value is not None else quantity.value


POUNDS = "pounds"
MEASURES = {
    measure.key: measure
    for measure in [
        Measure("activities", "Activities", "activities"),
        Measure("joint", "Joint", "activities"),
        Measure("attendance", "Attendance", "attendances"),
        Measure("cost", "Cost", POUNDS),
        Measure("boroughs", "Areas", "areas"),
        Measure("returns", "Returns accepted", "returns"),
        Measure("value", "Value of a measure", ""),
        Measure("told", "In words", ""),
    ]
}


class Shape(models.TextChoices):
    VALUE = "value", "One number"
    TABLE = "table", "Table"


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One published number or table: what is counted, over whom, and what it must not be compared with.

    `rows` and `columns` name what the cells are split by ("borough", "strand", "quarter"); a table whose columns
    are not split has one for each of `measures`. `permission` is what a reader needs for the cells of a table
    beyond reading dashboards.
    """

    key: str
    name: str
    kind: Kind | MeasureKind
    measures: tuple[str, ...]
    counted: str
    source: str
    beware: str
    note: str = ""
    rows: str = ""
    columns: str = ""
    chart: str = ""
    row_label: str = ""
    population: str = LONDON_33.key
    sensitivity: Sensitivity = Sensitivity.S0
    permission: str = "dashboard.read"

    @property
    def shape(self) -> Shape:
        return Shape.TABLE if self.rows else Shape.VALUE

    @property
    def measure(self) -> Measure:
        """The one measure of a value; the first one of a table."""
        return MEASURES[self.measures[0]]

    @property
    def counted_measures(self) -> list[Measure]:
        return [MEASURES[key] for key in self.measures]

    @property
    def unit(self) -> str:
        return self.measure.unit

    @property
    def population_name(self) -> str:
        return POPULATIONS[self.population].name
