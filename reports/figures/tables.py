"""The rows, columns and total of each kind of table."""

from boroughs.models import Borough
from contest_portal.core.quantity import Quantity
from contest_portal.ui.formats import day
from reports.figures.definitions import MEASURES, Definition
from reports.figures.reading import Reading
from reports.figures.result import FigureColumn, FigureRow, numbers, rows_url
from reports.figures.tally import NOTHING, Tally, added
from reports.models import ReturnStatus

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
    measures = [MEASURES[key] for key in definition.measures]
    columns = [_first(definition), *(FigureColumn(measure.key, measure.label) for measure in measures)]
    subjects = reading.boroughs if definition.rows == "borough" else reading.strands
    rows = [
        _row(definition, reading, subject.pk, subject.name, tallies.get((subject.pk,), NOTHING), _placed(subject))
        for subject in subjects
    ]
    total = _row(definition, reading, "", "London", reading.tally()[()], {"total": True, "url": None})
    return tuple(columns), tuple(rows), total


def _row(definition: Definition, reading: Reading, key: str, label: str, tally: Tally, more: dict) -> FigureRow:
    quantities = [tally[measure] for measure in definition.measures]
    links = [
        rows_url(definition.key, reading.quarter, key, measure) if tally[measure].value != 0 else None
        for measure in definition.measures
    ]
    return FigureRow(
        key,
        label,
        links=tuple(links),
        **{"url": rows_url(definition.key, reading.quarter, key, definition.measures[0])} | more,
        **numbers([MEASURES[measure] for measure in definition.measures], quantities),
    )


def _over_time(definition: Definition, reading: Reading) -> Table:
    """A row for each quarter, oldest first, a column for each strand and one for all of them."""
    names = [(strand.pk, strand.name) for strand in reading.strands]
    columns = [_first(definition), *(FigureColumn(key, name) for key, name in names), FigureColumn(ALL, "All strands")]
    rows = []
    for quarter in reading.trend_quarters:
        parts = [reading.trend.get((quarter.key, key), NOTHING) for key, _ in names]
        quantities = [part[definition.measure.key] for part in [*parts, added(parts)]]
        links = [
            rows_url(definition.key, reading.quarter, quarter.key, column.key) if quantity.value != 0 else None
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
        count = int(found is not None and found.status == ReturnStatus.ACCEPTED)
        cells = (return_words(found), _date(found and found.submitted_at), _date(found and found.accepted_at))
        url = rows_url(definition.key, reading.quarter, borough.pk, RETURN_COLUMNS[0][0])
        rows.append(
            FigureRow(borough.pk, borough.name, (Quantity(count), None, None), cells, (count, None, None), url=url,
                      **_place(borough))
        )  # fmt: skip
    standing = reading.standing
    words = (f"{standing.accepted} of {standing.expected} accepted", "", "")
    count = standing.accepted
    total = FigureRow("", "London", (Quantity(count), None, None), words, (count, None, None), total=True)
    return columns, tuple(rows), total


# The state is the cell that counts; the dates beside it are words.
RETURN_STATE = {"state": "Return"}
RETURN_COLUMNS = (*RETURN_STATE.items(), ("submitted", "Submitted"), ("accepted", "Accepted"))


def return_words(found: object) -> str:
    return found.get_status_display() if found else "Not opened"


def _date(moment: object) -> str:
    return day(moment) if moment else "–"


def _first(definition: Definition) -> FigureColumn:
    return FigureColumn(definition.rows, definition.row_label, numeric=False)


def _placed(subject: object) -> dict:
    return _place(subject) if isinstance(subject, Borough) else {}


def _place(borough: Borough) -> dict:
    return {"tile": (borough.tile_row, borough.tile_column), "short": borough.code}
