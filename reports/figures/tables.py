"""The rows, columns and total of each kind of table."""

import datetime as dt
from typing import Any

from boroughs.models import Borough
from contest_portal.core.quantity import Quantity
from contest_portal.ui.formats import day
from reports.figures.definitions import Definition
from reports.figures.reading import Reading
from reports.figures.result import FigureColumn, FigureRow, numbers, row_without_log, rows_url
from reports.figures.tally import NOTHING, Tally, added
from reports.models import QuarterlyReturn, ReturnStatus

ALL = "all"
Table = tuple[tuple[FigureColumn, ...], tuple[FigureRow, ...], FigureRow | None]


def table(definition: Definition, reading: Reading) -> Table:
    if definition.measure.key == "returns":
        return _returns(definition, reading)
    if definition.columns == "strand":
        return _over_time(definition, reading)
    return _by_measure(definition, reading)


def _by_measure(definition: Definition, reading: Reading) -> Table:
    """A row for each borough or strand, a column for each measure, and London once at the foot."""
    tallies = reading.tally(definition.rows)
    columns = [_first(definition), *(FigureColumn(each.key, each.label) for each in definition.counted_measures)]
    subjects = reading.boroughs if definition.rows == "borough" else reading.strands
    rows = [
        _row(definition, reading, (subject.pk, subject.name), tallies.get((subject.pk,), NOTHING), **_place(subject))
        for subject in subjects
    ]
    total = _row(definition, reading, ("", reading.part.name), reading.tally()[()], total=True)
    return tuple(columns), tuple(rows), total


def _row(definition: Definition, reading: Reading, name: tuple[str, str], tally: Tally, **more: Any) -> FigureRow:
    key, label = name
    quantities = [tally[measure] for measure in definition.measures]
    links = [_link(definition, reading, (key, measure), tally[measure]) for measure in definition.measures]
    return FigureRow(
        key,
        label,
        links=tuple(links),
        url=_to_rows(definition, reading, key, definition.measures[0]),
        **more,
        **numbers(definition.counted_measures, quantities),
    )


def _over_time(definition: Definition, reading: Reading) -> Table:
    """A row for each quarter, oldest first, a column for each strand and one for all of them."""
    names = [(strand.pk, strand.name) for strand in reading.strands]
    columns = [_first(definition), *(FigureColumn(key, name) for key, name in names), FigureColumn(ALL, "All strands")]
    if len(names) == 1:
        columns.pop()
    rows = []
    for quarter in reading.trend_quarters:
        parts = [reading.trend.get((quarter.key, key), NOTHING) for key, _ in names]
        if not any(part["activities"].value for part in parts) and reading.is_before_log(quarter):
            rows.append(row_without_log(quarter.key, quarter.short, len(columns) - 1))
            continue
        quantities = [part[definition.measure.key] for part in ([*parts, added(parts)] if parts[1:] else parts)]
        links = [
            _link(definition, reading, (quarter.key, column.key), quantity)
            for column, quantity in zip(columns[1:], quantities, strict=True)
        ]
        three_forms = numbers([definition.measure] * len(quantities), quantities)
        rows.append(FigureRow(quarter.key, quarter.short, links=tuple(links), **three_forms))
    return tuple(columns), tuple(rows), None


def _returns(definition: Definition, reading: Reading) -> Table:
    """A row for each borough, in words; behind the state stands 1 for an accepted return and 0 for any other."""
    columns = (_first(definition), *(FigureColumn(*column, numeric=False) for column in RETURN_COLUMNS))
    rows = []
    for borough in reading.boroughs:
        found = reading.returns.get(borough.pk)
        count = int(found is not None and found.has_accepted)
        dates = (found.submitted_at, found.accepted_at) if found else (None, None)
        cells = (return_words(found), *(_date(moment) for moment in dates))
        rows.append(_words(borough.pk, borough.name, count, cells, **_place(borough)))
    accepted = sum(reading.has_accepted(borough.pk) for borough in reading.boroughs)
    cells = (f"{accepted} of {len(reading.boroughs)} accepted", "", "")
    return columns, tuple(rows), _words("", reading.part.name, accepted, cells, total=True)


def _words(key: str, label: str, count: int, cells: tuple[str, ...], **more: Any) -> FigureRow:
    """A row in words; only the first of them has a number behind it."""
    nothing = (None,) * (len(cells) - 1)
    return FigureRow(key, label, (Quantity(count), *nothing), cells, (count, *nothing), **more)


# The state is the cell that counts; the dates beside it are words.
RETURN_STATE = {"state": "Return"}
RETURN_COLUMNS = (*RETURN_STATE.items(), ("submitted", "Submitted"), ("accepted", "Accepted"))


def return_words(found: QuarterlyReturn | None) -> str:
    """How far it has got. What is in force while a correction waits still counts, and says so."""
    if found is None:
        return "Not opened"
    waits = found.has_accepted and found.status != ReturnStatus.ACCEPTED
    words = "Accepted, correction waits" if waits else found.get_status_display()
    return f"{words} [r]" if found.revision else words


def _date(moment: dt.datetime | None) -> str:
    return day(moment) if moment else "–"


def _first(definition: Definition) -> FigureColumn:
    return FigureColumn(definition.rows, definition.row_label, numeric=False)


def _link(definition: Definition, reading: Reading, cell: tuple[str, str], quantity: Quantity) -> str | None:
    """To the rows behind a cell; behind a nought there are none."""
    if quantity == Quantity(0):
        return None
    return _to_rows(definition, reading, *cell)


def _to_rows(definition: Definition, reading: Reading, row: str, column: str) -> str:
    more: dict[str, Any] = {"known_on": reading.known.past_day, "part": reading.part}
    return rows_url(definition.key, reading.quarter, row, column, **more)


def _place(subject: Any) -> dict[str, Any]:
    if not isinstance(subject, Borough):
        return {}
    return {"tile": (subject.tile_row, subject.tile_column), "short": subject.code}
