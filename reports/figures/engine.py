"""From a key and a quarter to a Figure. Every published number in the portal comes out of here."""

from collections.abc import Callable, Iterable

from contest_portal.core.quantity import Quantity
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from reports.figures import findings, tables
from reports.figures.definitions import Definition, Sensitivity, is_code
from reports.figures.reading import Reading
from reports.figures.registry import FIGURES
from reports.figures.result import Figure
from reports.figures.values import values
from strands.figures.known import Known


def figure(key: str, quarter: Quarter, known: Known | None = None) -> Figure:
    """The figure of that key as the log stands now, or as it was known then; a KeyError when there is none."""
    return figures([key], quarter, known)[key]


def figures(keys: Iterable[str], quarter: Quarter, known: Known | None = None) -> dict[str, Figure]:
    """Several figures of one moment, which share their queries."""
    wanted, reading = list(keys), Reading(quarter, known)
    measured = values([key for key in wanted if is_code(key)], quarter, reading.known)
    return {key: measured[key] if is_code(key) else _figure(FIGURES[key], reading) for key in wanted}


def refuse_sensitive(definition: Definition) -> None:
    """Small numbers of S1 and S2 point to people. Those are released once, and never counted as the log stands."""
    if definition.sensitivity != Sensitivity.S0:
        raise Refused(
            f"“{definition.name}” is of sensitivity class {definition.sensitivity}: it goes out by a release, with "
            "small numbers withheld, and is not counted from the log as it stands."
        )


def _figure(definition: Definition, reading: Reading) -> Figure:
    refuse_sensitive(definition)
    return _table(definition, reading) if definition.rows else _value(definition, reading)


def _value(definition: Definition, reading: Reading) -> Figure:
    quantity = VALUES.get(definition.measure.key, _tallied)(definition, reading)
    words = definition.measure.words(quantity)
    if definition.measure.key in VALUES:
        words = f"{words} of {len(reading.boroughs)}"
    return Figure(
        definition,
        reading.quarter,
        reading.standing,
        reading.as_at,
        finding=f"{definition.name}: {words}",
        title=f"{definition.name}, {reading.quarter}",
        quantity=quantity,
        words=words,
        known_on=reading.known.past_day,
    )


def _tallied(definition: Definition, reading: Reading) -> Quantity:
    return reading.tally()[()][definition.measure.key]


def _boroughs_active(definition: Definition, reading: Reading) -> Quantity:
    return Quantity(len(reading.tally("borough")))


def _returns_accepted(definition: Definition, reading: Reading) -> Quantity:
    return Quantity(reading.standing.accepted)


# Numbers that are not sums over activities; each is "of 33".
VALUES: dict[str, Callable[[Definition, Reading], Quantity]] = {
    "boroughs": _boroughs_active,
    "returns": _returns_accepted,
}


def _table(definition: Definition, reading: Reading) -> Figure:
    columns, rows, total = tables.table(definition, reading)
    return Figure(
        definition,
        reading.quarter,
        reading.standing,
        reading.as_at,
        finding=findings.finding(definition, reading),
        title=f"{definition.name}, {_period(definition, reading)}",
        columns=columns,
        rows=rows,
        total=total,
        known_on=reading.known.past_day,
    )


def _period(definition: Definition, reading: Reading) -> str:
    if definition.rows != "quarter":
        return str(reading.quarter)
    first, last = reading.trend_quarters[0], reading.trend_quarters[-1]
    return f"{first.short} to {last.short}"
