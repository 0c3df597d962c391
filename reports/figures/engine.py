"""From a key and a quarter to a Figure. Every published number in the portal comes out of here."""

from collections.abc import Callable, Iterable

from contest_portal.core.quantity import Quantity
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from reports.figures import findings, tables
from reports.figures.definitions import Definition, Sensitivity, is_code
from reports.figures.part_reading import reading_of
from reports.figures.parts import WHOLE, Part
from reports.figures.reading import Reading
from reports.figures.registry import FIGURES
from reports.figures.result import Figure
from reports.figures.values import values
from strands.figures.known import Known


def figure(key: str, quarter: Quarter, known: Known | None = None, part: Part = WHOLE) -> Figure:
    """The figure of that key as the log stands now, or as it was known then; a KeyError when there is none."""
    return figures([key], quarter, known, part)[key]


def figures(keys: Iterable[str], quarter: Quarter, known: Known | None = None, part: Part = WHOLE) -> dict[str, Figure]:
    """Several figures of one moment, which share their queries."""
    wanted, reading = list(keys), reading_of(quarter, known, part)
    codes = [key for key in wanted if is_code(key)]
    refuse_measures_of_a_part(codes, part)
    measured = values(codes, quarter, known)
    return {key: measured[key] if is_code(key) else _figure(FIGURES[key], reading) for key in wanted}


def refuse_sensitive(definition: Definition) -> None:
    """Small numbers of S1 and S2 point to people. Those are released once, and never counted as the log stands."""
    if definition.sensitivity != Sensitivity.S0:
        raise Refused(
            f"“{definition.name}” is of sensitivity class {definition.sensitivity}: it goes out by a release, with "
            "small numbers withheld, and is not counted from the log as it stands."
        )


def refuse_measures_of_a_part(codes: list[str], part: Part) -> None:
    """London's number beside one over the 32 boroughs of the Met would be the City's, by taking one from the other."""
    if codes and part.query:
        raise Refused(
            f"{', '.join(codes)}: measures are published for London as a whole. There is no number for {part.name}, "
            "since taking one from the other would tell the rest."
        )


def refuse_returns_of_a_strand(definition: Definition, part: Part) -> None:
    """A return is of a borough and not of a strand, so there is no such figure."""
    if part.strand and definition.measure.key == "returns":
        raise KeyError(definition.key)


def _figure(definition: Definition, reading: Reading) -> Figure:
    refuse_sensitive(definition)
    refuse_returns_of_a_strand(definition, reading.part)
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
        title=_title(definition, reading, str(reading.quarter)),
        quantity=quantity,
        words=words,
        known_on=reading.known.past_day,
        part=reading.part,
    )


def _tallied(definition: Definition, reading: Reading) -> Quantity:
    return reading.tally()[()][definition.measure.key]


def _boroughs_active(definition: Definition, reading: Reading) -> Quantity:
    return Quantity(sum((borough.pk,) in reading.tally("borough") for borough in reading.boroughs))


def _returns_accepted(definition: Definition, reading: Reading) -> Quantity:
    return Quantity(sum(reading.has_accepted(borough.pk) for borough in reading.boroughs))


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
        title=_title(definition, reading, _period(definition, reading)),
        columns=columns,
        rows=rows,
        total=total,
        known_on=reading.known.past_day,
        part=reading.part,
    )


def _title(definition: Definition, reading: Reading, period: str) -> str:
    return ", ".join([definition.name, *([reading.part.name] if reading.part.query else []), period])


def _period(definition: Definition, reading: Reading) -> str:
    if definition.rows != "quarter":
        return str(reading.quarter)
    first, last = reading.trend_quarters[0], reading.trend_quarters[-1]
    return f"{first.short} to {last.short}"
