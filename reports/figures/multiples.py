"""The same small chart for every area, all on one scale: activities in each of the last quarters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contest_portal.core.quantity import Quantity
from contest_portal.core.quarters import Quarter
from reports.figures.definitions import Definition
from reports.figures.part_reading import PartReading
from reports.figures.parts import WHOLE, Part
from reports.figures.reading import Reading
from reports.figures.registry import FIGURES
from reports.figures.result import NO_LOG, Figure, FigureColumn, FigureRow, rows_url
from reports.figures.tally import NOTHING
from strands.figures.known import Known

WIDTH, HEIGHT, GAP = 132, 36, 3


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Small:
    """One area: its bars from the oldest quarter to the newest, and the newest in words."""

    row: FigureRow
    bars: tuple[Bar, ...]
    last: str


def over_time(quarter: Quarter, known: Known | None = None, part: Part = WHOLE) -> Figure:
    """A row for each area, a column for each quarter. Every cell leads to the rows of that area in that quarter."""
    reading = PartReading(quarter, known, part)
    base = FIGURES["activities_by_borough"]
    definition = replace(base, name="Activities by borough over time", measures=("activities",), columns="quarter")
    quarters = reading.trend_quarters
    found = reading.areas_over_time
    empty = {each.key for each in quarters} - {key for key, _ in found}
    without = {each for each in quarters if each.key in empty and reading.is_before_log(each)}
    rows = [
        _row(base, reading, (borough.pk, borough.name, borough.code), [
            None if each in without else found.get((each.key, borough.pk), NOTHING)["activities"] for each in quarters
        ])
        for borough in reading.boroughs
    ]  # fmt: skip
    period = f"{quarters[0].short} to {quarters[-1].short}"
    return Figure(
        definition,
        quarter,
        reading.standing,
        reading.as_at,
        finding=_finding(rows, [each for each in quarters if each not in without] or quarters),
        title=", ".join([definition.name, *([part.name] if part.query else []), period]),
        columns=(FigureColumn("borough", "Borough", numeric=False), *(FigureColumn(q.key, q.short) for q in quarters)),
        rows=tuple(rows),
        known_on=reading.known.past_day,
        part=part,
    )


def _row(base: Definition, reading: Reading, area: tuple[str, str, str], counts: list[Quantity | None]) -> FigureRow:
    key, name, short = area
    links = [
        rows_url(base.key, each, key, "activities", known_on=reading.known.past_day, part=reading.part)
        if count and count.value
        else None
        for each, count in zip(reading.trend_quarters, counts, strict=True)
    ]
    words = tuple(NO_LOG if count is None else str(count) for count in counts)
    values = tuple(None if count is None else count.value for count in counts)
    return FigureRow(key, name, tuple(counts), words, values, links=tuple(links), short=short)


def _finding(rows: list[FigureRow], quarters: Sequence[Quarter]) -> str:
    silent = sum(not any(row.values) for row in rows)
    last = sum(bool(row.values[-1]) for row in rows)
    words = f"{last} of {len(rows)} areas delivered something in {quarters[-1].short}"
    if not silent:
        return f"{words}, and each of them did in at least one of the {len(quarters)} quarters"
    return f"{words}; {silent} delivered nothing in all {len(quarters)} quarters"


def smalls(figure: Figure) -> list[Small]:
    highest = max((value or 0 for row in figure.rows for value in row.values), default=0) or 1
    return [Small(row, tuple(_bars(row, highest)), row.cells[-1]) for row in figure.rows]


def _bars(row: FigureRow, highest: float) -> list[Bar]:
    step = WIDTH / len(row.values)
    found = []
    for place, value in enumerate(row.values):
        if value is None:
            continue
        height = round(value / highest * (HEIGHT - 2), 1) or 0.8
        found.append(Bar(round(place * step, 1), round(HEIGHT - height, 1), round(step - GAP, 1), height))
    return found
