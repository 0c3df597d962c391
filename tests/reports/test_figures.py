"""Every published number, against plain SQL and against the rows behind it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quantity import Quantity, combine, total
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from reports.figures import FIGURES, Figure, figure, figures, passport
from reports.figures.definitions import Sensitivity
from reports.models import QuarterlyReturn, ReturnStatus
from strands.models import Activity
from tests import cast, make
from tests.cast import BRENT, HARROW

QUARTER = make.QUARTER
CITY, CAMDEN = "E09000001", "E09000007"
TABLES = [key for key, definition in FIGURES.items() if definition.rows]
VALUES = [key for key, definition in FIGURES.items() if not definition.rows]
READERS = ["brent.lead", "brent.reader", "harrow.lead", "prevent.lead", "analyst", "secretary", "chair", "boardmember",
           "member", "auditor"]  # fmt: skip


@pytest.fixture(autouse=True)
def in_august() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 8, 3, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def log(db: None) -> list[Activity]:
    """Every kind of number: each qualifier, joint work, money with pence and without, and what must not count."""
    made = [
        make.activity(attendance=200, attendance_qualifier="at_least", cost_actual=Decimal("3150.00")),
        make.activity(attendance=30, cost_actual=Decimal("99.99")),
        make.activity(strand_id="protect", kind="exercise", attendance=12, attendance_qualifier="about"),
        make.activity(borough=HARROW, attendance=9, attendance_qualifier="at_most"),
        make.activity(borough=HARROW, shares={HARROW: 50, BRENT: 30, CAMDEN: 20}, attendance=75, cost_actual=1),
        make.activity(borough=CITY, strand_id="prepare", kind="exercise"),
        make.activity(borough=CAMDEN, starts=dt.date(2025, 5, 1), attendance=4),
        make.activity(borough=CAMDEN, starts=dt.date(2026, 3, 31), attendance=5),
        make.activity(borough=CAMDEN, starts=dt.date(2026, 7, 1), attendance=6),
    ]
    make.activity(title="Sensitive", marking="OFFICIAL-SENSITIVE", attendance=1000, cost_actual=5000)
    make.activity(status="planned", attendance=1000)
    make.activity(status="cancelled", status_reason="Venue closed", attendance=1000)
    return made


def cells(found: Figure) -> list[tuple[str, str]]:
    rows = [row.key for row in found.rows] + ([found.total.key] if found.total else [])
    columns = [column.key for column in found.columns[1:]]
    return [(row, column) for row in rows for column in columns if found.cell(row, column) is not None]


def from_sql(measure: str, where: str, values: list[Any]) -> Quantity:
    """The number by plain SQL that shares nothing with the engine."""
    numbers = {
        "activities": "1, 'exact'",
        "joint": "1, 'exact'",
        "attendance": "attendance, attendance_qualifier",
        "cost": "(cost_actual * 100)::int, CASE WHEN cost_actual IS NULL THEN 'not_recorded' ELSE 'exact' END",
    }
    if measure == "joint":
        where += " AND (SELECT count(*) FROM strands_activityshare s WHERE s.activity_id = a.id) > 1"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {numbers[measure]} FROM strands_activity a "  # noqa: S608
            f"WHERE status = 'delivered' AND marking = 'OFFICIAL' AND starts BETWEEN %s AND %s {where}",
            values,
        )
        return total(Quantity(value, qualifier) for value, qualifier in cursor.fetchall())


def expected(key: str, row: str, column: str) -> Quantity:
    definition = FIGURES[key]
    quarter = Quarter.from_key(row) if definition.rows == "quarter" else QUARTER
    where, values = "", [quarter.start, quarter.end]
    if definition.rows == "borough" and row:
        where = "AND EXISTS (SELECT 1 FROM strands_activityshare s WHERE s.activity_id = a.id AND s.borough_id = %s)"
        values.append(row)
    strand = column if definition.columns == "strand" and column != "all" else row
    if strand and "strand" in (definition.rows, definition.columns) and column != "all":
        where, values = "AND strand_id = %s", [*values, strand]
    return from_sql(column if column in definition.measures else definition.measures[0], where, values)


@pytest.mark.parametrize("key", [key for key in TABLES if key != "returns_by_borough"])
def test_every_cell_of_a_table_is_what_plain_sql_says_and_what_its_rows_add_up_to(key: str, log: list) -> None:
    found = figure(key, QUARTER)

    for row, column in cells(found):
        number = found.cell(row, column)
        assert (key, row, column, number) == (key, row, column, expected(key, row, column))
        assert (key, row, column, number) == (key, row, column, passport(key, QUARTER, row, column).total)


@pytest.mark.parametrize("key", ["activities", "activities_joint", "attendance", "cost"])
def test_a_value_is_what_plain_sql_says_and_what_its_rows_add_up_to(key: str, log: list) -> None:
    found = figure(key, QUARTER)

    assert found.quantity == from_sql(FIGURES[key].measures[0], "", [QUARTER.start, QUARTER.end])
    assert found.quantity == passport(key, QUARTER).total


@pytest.mark.parametrize("key", ["boroughs_active", "returns_accepted"])
def test_a_number_of_areas_is_what_its_rows_add_up_to(key: str, log: list) -> None:
    accept(BRENT)

    found = figure(key, QUARTER)

    assert found.quantity == passport(key, QUARTER).total
    assert found.words == {"boroughs_active": "4 of 33", "returns_accepted": "1 of 33"}[key]


def test_the_words_of_london(log: list) -> None:
    found = figures(VALUES, QUARTER)

    assert {key: value.words for key, value in found.items()} == {
        "activities": "6",
        "activities_joint": "1",
        "attendance": "about 326",
        "cost": "at least £3,250.99",
        "boroughs_active": "4 of 33",
        "returns_accepted": "0 of 33",
    }


def test_joint_work_counts_once_for_london_and_once_in_each_boroughs_own_row(db: None) -> None:
    make.activity(borough=HARROW, shares={HARROW: 50, BRENT: 30, CAMDEN: 20}, attendance=75)

    found = figure("activities_by_borough", QUARTER)

    numbers = {row.label: row.cells for row in [*found.rows, found.total] if row.values[0]}
    assert numbers == {label: ("1", "1", "75") for label in ("Brent", "Camden", "Harrow", "London")}
    assert "counts once for London and once in each area's own row" in found.note


def test_a_joint_activity_names_each_of_its_cells_in_the_passport_of_the_table(db: None) -> None:
    make.activity(borough=HARROW, shares={HARROW: 70, BRENT: 30}, attendance=75, attendance_qualifier="at_least")

    row = passport("activities_by_borough", QUARTER).rows[0].as_dict()

    measures = ("activities", "joint", "attendance")
    assert row["cells"] == [[place, measure] for place in (HARROW, BRENT, "") for measure in measures]
    assert row["numbers"]["attendance"] == [75, "at_least", "at least 75"]
    assert (row["value"], row["qualifier"], row["borough_names"]) == (1, "exact", ["Harrow", "Brent"])


@pytest.mark.parametrize("key", [key for key in TABLES if key != "returns_by_borough"])
def test_the_rows_of_a_whole_table_add_up_to_every_cell_that_they_name(key: str, log: list) -> None:
    found = figure(key, QUARTER)
    rows = passport(key, QUARTER).rows

    for row, column in cells(found):
        measure = column if column in FIGURES[key].measures else FIGURES[key].measures[0]
        parts = [line.quantities[measure] for line in rows if (row, column) in line.cells]
        assert (row, column, total(parts)) == (row, column, found.cell(row, column))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("key", [*VALUES, "activities_by_borough", "attendance_by_strand", "activities_trend"])
def test_a_reader_sees_only_rows_that_they_may_open_and_a_remainder_that_adds_up(
    reader: str, key: str, log: list
) -> None:
    user = cast.person(reader)
    found = passport(key, QUARTER)

    seen = found.as_seen_by(user)

    keys = {row.activity_id for row in seen.rows} - {None}
    assert keys == set(Activity.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    assert len(seen.rows) + seen.hidden_count == len(found.rows)
    parts = [row.quantity for row in seen.rows] + ([seen.hidden_total] if seen.hidden_count else [])
    assert total(parts) == seen.total == found.total
    assert bool(seen.hidden_words) == bool(seen.hidden_count)


def test_a_borough_lead_sees_her_own_rows_and_one_line_for_the_others(log: list, brent_lead: User) -> None:
    seen = passport("attendance", QUARTER).as_seen_by(brent_lead)

    assert [row.borough_codes for row in seen.rows] == [(BRENT,), (BRENT,), (BRENT,), (HARROW, BRENT, CAMDEN)]
    assert seen.hidden_words == "and 2 activities in other boroughs: about 9"


def test_a_strand_lead_sees_the_rows_of_the_strand(log: list, prevent_lead: User) -> None:
    seen = passport("activities", QUARTER).as_seen_by(prevent_lead)

    assert {row.strand for row in seen.rows} == {"prevent"}
    assert seen.hidden_words == "and 2 activities under other strands"


def test_nothing_of_a_sensitive_activity_is_in_any_figure_for_anybody(log: list, brent_lead: User) -> None:
    titles = {row.title for key in FIGURES for row in passport(key, QUARTER).as_seen_by(brent_lead).rows}

    assert "Sensitive" not in titles
    assert "OFFICIAL-SENSITIVE" in figure("activities", QUARTER).note


def test_how_far_another_boroughs_return_has_got_is_not_for_a_borough_lead(log: list, brent_lead: User) -> None:
    accept(BRENT)
    accept(HARROW)

    seen = passport("returns_accepted", QUARTER).as_seen_by(brent_lead)

    assert [(row.title, row.value) for row in seen.rows] == [("Brent", 1)]
    assert seen.hidden_words == "and 32 returns of other boroughs: 1 accepted"


def test_every_return_is_behind_the_number_for_a_member(log: list, member: User) -> None:
    accept(HARROW)

    seen = passport("returns_accepted", QUARTER).as_seen_by(member)

    assert len(seen.rows) == 33
    assert [row.title for row in seen.rows if row.value] == ["Harrow"]


def accept(borough: str) -> QuarterlyReturn:
    found = make.quarterly_return(borough)
    found.status = ReturnStatus.ACCEPTED
    now = dt.datetime(2026, 7, 14, 12, tzinfo=dt.UTC)
    found.submitted_by, found.submitted_at = cast.person("brent.lead"), now
    found.accepted_by, found.accepted_at = cast.person("analyst"), now
    with acting(cast.person("analyst")):
        found.save()
    return found


@pytest.mark.parametrize(
    ("quarter", "accepted", "state", "words"),
    [
        (QUARTER, 0, "provisional", "Provisional: 0 of 33 returns accepted"),
        (QUARTER, 2, "provisional", "Provisional: 2 of 33 returns accepted"),
        (QUARTER, 33, "final", "Final: all 33 returns accepted"),
        (QUARTER.next(), 0, "not_complete", "Not yet complete: the quarter ends on 30 September 2026"),
        (QUARTER.shifted(2), 0, "not_complete", "Not yet complete: the quarter begins on 1 October 2026"),
    ],
)
def test_the_status_comes_from_the_calendar_and_the_accepted_returns(
    db: None, quarter: Quarter, accepted: int, state: str, words: str
) -> None:
    for number in range(accepted):
        accept(f"E090000{number + 1:02d}")

    found = figure("activities", quarter)

    assert (found.status, found.status_words) == (state, words)


def test_a_quarter_with_nothing_in_it_shows_noughts(db: None) -> None:
    found = figures(FIGURES, QUARTER)

    assert {key: found[key].words for key in VALUES} == {
        "activities": "0",
        "activities_joint": "0",
        "attendance": "0",
        "cost": "£0",
        "boroughs_active": "0 of 33",
        "returns_accepted": "0 of 33",
    }
    assert {row.cells for row in found["activities_by_borough"].rows} == {("0", "0", "0")}
    assert {key: found[key].finding for key in TABLES} == {
        "activities_by_borough": "No activities were delivered in any area",
        "activities_by_strand": "No activities were delivered under any strand",
        "attendance_by_strand": "Attendance is 0",
        "activities_trend": "No activities were delivered in Q1 2026/27, nor in the quarter before or a year earlier",
        "returns_by_borough": "0 of 33 returns are accepted and 33 are still to come",
    }


def test_every_figure_names_its_population_source_and_moment(log: list) -> None:
    for found in figures(FIGURES, QUARTER).values():
        assert (found.population, found.population_name) == ("LONDON_33", "33 London local authority areas")
        assert found.source.endswith(", 33 London local authority areas")
        assert found.as_at == dt.datetime(2026, 8, 3, 9, 0, tzinfo=dt.UTC)
        assert found.marking == "OFFICIAL"
        assert found.definition.counted
        assert found.definition.beware


def one(strand: str, **values: Any) -> None:
    make.activity(strand_id=strand, kind="community_event", **values)


FINDINGS: list[tuple[str, Callable[[], object], str]] = [
    ("activities_by_strand", lambda: [one("prevent"), one("prevent"), one("pursue")], "Prevent has most: 2 of 3 activities"),
    ("activities_by_strand", lambda: one("prevent"), "Prevent has most: 1 of 1 activity"),
    (
        "activities_by_strand",
        lambda: [one("prevent"), one("pursue")],
        "Prevent and Pursue have most: 1 each of 2 activities",
    ),
    ("activities_by_borough", lambda: [one("prevent"), one("prevent"), one("prevent", borough=HARROW)],
     "Brent has most, 2 activities; 31 areas have none"),
    ("activities_by_borough", lambda: [one("prevent"), one("prevent", borough=HARROW)],
     "Brent and Harrow have most, 1 activity each; 31 areas have none"),
    ("attendance_by_strand", lambda: one("prevent"), "Attendance was not recorded at any activity"),
    ("attendance_by_strand", lambda: one("prevent", attendance=0), "Attendance is 0"),
    ("attendance_by_strand", lambda: [one("prevent", attendance=8), one("pursue", attendance=9)],
     "Pursue has most attendance: 9 of 17 in London"),
    ("attendance_by_strand", lambda: [one("prevent", attendance=8, attendance_qualifier="at_least"), one("pursue")],
     "Prevent has most attendance on what was recorded: at least 8 of at least 8 in London"),
    ("attendance_by_strand", lambda: [one("prevent", attendance=9), one("protect", attendance=9)],
     "Prevent and Protect have most attendance: 9 each of 18 in London"),
    ("activities_trend", lambda: [one("prevent"), one("prevent"), one("prevent", starts=dt.date(2026, 2, 1))],
     "2 activities in Q1 2026/27: 1 more than in Q4 2025/26 and 2 more than a year earlier"),
    ("activities_trend", lambda: [one("prevent"), one("pursue", starts=dt.date(2026, 2, 1)),
                                  one("pursue", starts=dt.date(2025, 6, 30)), one("prevent", starts=dt.date(2025, 6, 30))],
     "1 activity in Q1 2026/27: as many as in Q4 2025/26 and 1 fewer than a year earlier"),
    ("returns_by_borough", lambda: [accept(BRENT), make.quarterly_return(HARROW)],
     "1 of 33 returns are accepted and 32 are still to come"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "happened", "sentence"), FINDINGS)
def test_the_finding_says_what_the_numbers_say(
    db: None, key: str, happened: Callable[[], object], sentence: str
) -> None:
    happened()

    assert figure(key, QUARTER).finding == sentence


def test_a_finding_on_a_quarter_that_is_not_over_says_so_far(db: None) -> None:
    one("prevent", starts=dt.date(2026, 7, 2))

    assert figure("activities_by_strand", QUARTER.next()).finding == "So far, Prevent has most: 1 of 1 activity"


def test_the_trend_leaves_out_the_quarter_that_is_not_over(log: list) -> None:
    found = figure("activities_trend", QUARTER.next())

    assert [row.key for row in found.rows] == [quarter.key for quarter in QUARTER.last(8)]
    assert found.title == "Activities over time, Q2 2024/25 to Q1 2026/27"


def test_released_cells_are_every_number_under_its_own_name(log: list) -> None:
    found = figure("activities_by_strand", QUARTER)

    assert found.released_cells() == [
        ("prevent/activities", 4, "exact"),
        ("pursue/activities", 0, "exact"),
        ("protect/activities", 1, "exact"),
        ("prepare/activities", 1, "exact"),
        ("/activities", 6, "exact"),
    ]
    assert figure("attendance", QUARTER).released_cells() == [("", 326, "about")]


@pytest.mark.parametrize("key", ["activities", "activities_by_borough"])
@pytest.mark.parametrize("sensitivity", [Sensitivity.S1, Sensitivity.S2])
def test_nothing_of_class_s1_or_s2_is_computed(
    db: None, monkeypatch: pytest.MonkeyPatch, key: str, sensitivity: Sensitivity
) -> None:
    monkeypatch.setitem(FIGURES, key, replace(FIGURES[key], sensitivity=sensitivity))

    with pytest.raises(Refused, match="withhold small numbers"):
        figure(key, QUARTER)
    with pytest.raises(Refused, match="withhold small numbers"):
        passport(key, QUARTER)


@pytest.mark.parametrize(
    ("key", "row", "column"),
    [
        ("nonsense", "", ""),
        ("activities", BRENT, ""),
        ("activities", "", "attendance"),
        ("activities_by_borough", "E09000099", ""),
        ("activities_by_borough", BRENT, "cost"),
        ("activities_by_strand", BRENT, ""),
        ("activities_trend", "2010-11-Q1", ""),
        ("returns_by_borough", "", "submitted"),
    ],
)
def test_a_key_that_is_not_there_is_a_key_error(db: None, key: str, row: str, column: str) -> None:
    with pytest.raises(KeyError):
        passport(key, QUARTER, row, column)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_log(
    db: None, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make.activity(shares={BRENT: 50, HARROW: 50}, attendance=3)

    with django_assert_num_queries(7):
        figures(FIGURES, QUARTER)
    with django_assert_num_queries(4):
        passport("activities_by_borough", QUARTER, BRENT, "attendance")


def test_a_chart_is_drawn_with_its_title_and_its_finding(log: list) -> None:
    found = figure("activities_by_strand", QUARTER)

    drawing = found.svg()

    assert drawing.startswith("<svg")
    assert found.title in drawing
    assert found.finding in drawing


def test_the_engine_combines_as_the_quantities_do() -> None:
    assert combine(4, {"exact": 1, "at_least": 1}) == total([Quantity(3), Quantity(1, "at_least")])
