"""The rows behind a figure or one cell of it. They are added up one by one, by another way than `tally` adds them,
so that either proves the other."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch

from contest_portal.access.grants import may
from contest_portal.core.quantity import NOT_RECORDED, Quantity
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day
from reports.figures.definitions import Definition
from reports.figures.engine import refuse_returns_of_a_strand, refuse_sensitive
from reports.figures.part_reading import reading_of
from reports.figures.parts import WHOLE, Part
from reports.figures.passports import Cell, Passport, PassportRow
from reports.figures.reading import Reading
from reports.figures.registry import FIGURES
from reports.figures.tables import ALL, RETURN_STATE, return_words
from reports.figures.tally import joint, pence, published
from reports.models import QuarterlyReturn
from strands.figures.known import Known
from strands.models import Activity, ActivityShare


def passport(
    key: str, quarter: Quarter, row: str = "", column: str = "", *, known: Known | None = None, part: Part = WHOLE
) -> Passport:
    """Of the figure, or of one cell. Row "" is London, column "" the first one. A key that is not there: KeyError.

    Without row and column a table's passport has every row behind the table, and each says to which cells it adds.
    The rows are those that were known then; who may see which of them is asked of today.
    """
    definition = FIGURES[key]
    refuse_sensitive(definition)
    refuse_returns_of_a_strand(definition, part)
    reading = reading_of(quarter, known, part)
    cell = Cell(row, _row_label(definition, reading, row), column, _column_label(definition, reading, column))
    listing, seen = SOURCES.get(definition.measure.key, (_activities, _visible_activities))
    measure = column if column in definition.measures else definition.measures[0]
    rows = listing(definition, reading, cell, measure)
    return Passport(definition, quarter, cell, measure, rows, seen, reading.known.past_day, part)


def passport_of(definition: Definition, quarter: Quarter, cell: Cell, rows: list[PassportRow]) -> Passport:
    """A passport around rows that were frozen earlier. Who may see which of them is asked anew."""
    _, seen = SOURCES.get(definition.measure.key, (_activities, _visible_activities))
    measure = cell.column if cell.column in definition.measures else definition.measures[0]
    return Passport(definition, quarter, cell, measure, rows, seen)


def _row_label(definition: Definition, reading: Reading, key: str) -> str:
    if not key:
        return reading.part.name
    labels: dict[str, dict[str, str]] = {
        "": {},
        "borough": {borough.pk: borough.name for borough in reading.boroughs},
        "strand": {strand.pk: strand.name for strand in reading.strands},
        "quarter": {quarter.key: quarter.short for quarter in reading.trend_quarters},
    }
    return labels[definition.rows][key]


def _column_label(definition: Definition, reading: Reading, key: str) -> str:
    if not key:
        return definition.measure.label
    if definition.columns == "strand":
        return {ALL: "All strands", **{strand.pk: strand.name for strand in reading.strands}}[key]
    measures = {measure.key: measure.label for measure in definition.counted_measures} if definition.rows else {}
    return (RETURN_STATE if "returns" in definition.measures else measures)[key]


def _activities(definition: Definition, reading: Reading, cell: Cell, measure: str) -> list[PassportRow]:
    quarters = reading.trend_quarters if definition.rows == "quarter" else [reading.quarter]
    if definition.rows == "quarter" and cell.row:
        quarters = [Quarter.from_key(cell.row)]
    found = reading.part.of(published(quarters)).order_by("starts", "reference").select_related("strand")
    if definition.rows == "borough" and cell.row:
        found = found.in_borough(cell.row)
    if definition.rows == "strand" and cell.row:
        found = found.filter(strand=cell.row)
    if definition.columns == "strand" and cell.column not in ("", ALL):
        found = found.filter(strand=cell.column)
    if measure == "joint":
        found = found.filter(joint())
    shares = Prefetch("shares", ActivityShare.objects.select_related("borough"))
    with reading.then():
        return [_activity(activity, definition, measure) for activity in found.prefetch_related(shares)]


def _activity(activity: Activity, definition: Definition, measure: str) -> PassportRow:
    boroughs = [share.borough for share in activity.shares.all()]
    cost = activity.cost_actual
    quantities = {
        "activities": Quantity(1),
        "joint": Quantity(int(len(boroughs) > 1)),
        "attendance": activity.attendance_quantity,
        "cost": NOT_RECORDED if cost is None else Quantity(pence(cost)),
    }
    codes = tuple(borough.pk for borough in boroughs)
    return PassportRow(
        activity_id=activity.pk,
        reference=activity.reference,
        title=activity.title,
        date_words=activity.date_in_words,
        strand=activity.strand_id,
        strand_name=activity.strand.name,
        borough_codes=codes,
        borough_names=tuple(borough.name for borough in boroughs),
        quantities={key: quantities[key] for key in definition.measures},
        measure=measure,
        cells=tuple(_cells(activity, definition, codes)),
    )


def _cells(activity: Activity, definition: Definition, boroughs: tuple[str, ...]) -> list[tuple[str, str]]:
    """The cells of the table to which an activity adds; the total row is ""."""
    if not definition.rows:
        return []
    if definition.rows == "quarter":
        return [(activity.quarter.key, column) for column in (activity.strand_id, ALL)]
    rows = [*(boroughs if definition.rows == "borough" else [activity.strand_id]), ""]
    measures = [key for key in definition.measures if key != "joint" or len(boroughs) > 1]
    return [(row, measure) for row in rows for measure in measures]


def _visible_activities(user: Any, rows: list[PassportRow]) -> list[PassportRow]:
    keys = [row.activity_id for row in rows]
    visible = set(Activity.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return [row for row in rows if row.activity_id in visible]


def _areas(definition: Definition, reading: Reading, cell: Cell, measure: str) -> list[PassportRow]:
    """One for each borough that was active. How many activities each had is published, so everybody may see them."""
    tallies = reading.tally("borough")
    return [
        _borough_row(borough.pk, borough.name, _counted(tallies[borough.pk,]["activities"]), Quantity(1), measure)
        for borough in reading.boroughs
        if (borough.pk,) in tallies
    ]


def _returns(definition: Definition, reading: Reading, cell: Cell, measure: str) -> list[PassportRow]:
    """One for each borough, accepted or not: what is missing is what a reader looks for."""
    rows = []
    for borough in reading.boroughs:
        found = reading.returns.get(borough.pk)
        accepted = found is not None and found.has_accepted
        words = (
            f"{return_words(found)} {day(found.accepted_at)}" if found and found.accepted_at else return_words(found)
        )
        if cell.row in ("", borough.pk):
            rows.append(_borough_row(borough.pk, borough.name, words, Quantity(int(accepted)), measure))
    return rows


def _visible_returns(user: Any, rows: list[PassportRow]) -> list[PassportRow]:
    """How far each return has got is for those who may read it, and for those who follow all of London's."""
    if may(user, "return.status"):
        return rows
    own = set(QuarterlyReturn.objects.visible_to(user).values_list("borough", flat=True))
    return [row for row in rows if row.borough_codes[0] in own]


def _all(user: Any, rows: list[PassportRow]) -> list[PassportRow]:
    return rows


def _borough_row(code: str, name: str, words: str, quantity: Quantity, measure: str) -> PassportRow:
    cells = ((code, next(iter(RETURN_STATE))), ("", next(iter(RETURN_STATE)))) if measure == "returns" else ()
    return PassportRow(None, "", name, words, "", "", (code,), (name,), {measure: quantity}, measure, cells)


def _counted(quantity: Quantity) -> str:
    return "1 activity" if quantity.value == 1 else f"{quantity} activities"


# What is behind numbers that are not sums over activities: how its rows are made, and who sees which of them.
SOURCES: dict[str, tuple[Callable[..., list[PassportRow]], Callable[[Any, list[PassportRow]], list[PassportRow]]]] = {
    "boroughs": (_areas, _all),
    "returns": (_returns, _visible_returns),
}
