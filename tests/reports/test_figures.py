"""Every published number, against plain SQL and against the rows behind it."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.core.quantity import Quantity, total
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from reports.figures import FIGURES, Figure, figure, figures, passport
from reports.figures.definitions import Sensitivity
from reports.figures.multiples import over_time
from tests import make
from tests.cast import BRENT, HARROW, as_
from tests.reports.figure_log import CAMDEN, IN_AUGUST, accept

QUARTER = make.QUARTER
TABLES = [key for key, definition in FIGURES.items() if definition.rows]
VALUES = [key for key, definition in FIGURES.items() if not definition.rows]

pytestmark = pytest.mark.usefixtures("in_august")


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
    assert numbers == dict.fromkeys(("Brent", "Camden", "Harrow", "London"), ("1", "1", "75"))
    assert "counts once for London and once in each area's own row" in found.note


@pytest.mark.parametrize("key", [key for key in TABLES if key != "returns_by_borough"])
def test_the_rows_of_a_whole_table_add_up_to_every_cell_that_they_name(key: str, log: list) -> None:
    found = figure(key, QUARTER)
    rows = passport(key, QUARTER).rows

    for row, column in cells(found):
        measure = column if column in FIGURES[key].measures else FIGURES[key].measures[0]
        parts = [line.quantities[measure] for line in rows if (row, column) in line.cells]
        assert (row, column, total(parts)) == (row, column, found.cell(row, column))


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
        assert found.as_at == IN_AUGUST
        assert found.marking == "OFFICIAL"
        assert found.definition.counted
        assert found.definition.beware


def test_the_trend_leaves_out_the_quarter_that_is_not_over(log: list) -> None:
    found = figure("activities_trend", QUARTER.next())

    assert [row.key for row in found.rows] == [quarter.key for quarter in QUARTER.last(12)]
    assert found.title == "Activities over time, Q2 2023/24 to Q1 2026/27"


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

    with pytest.raises(Refused, match="goes out by a release"):
        figure(key, QUARTER)
    with pytest.raises(Refused, match="goes out by a release"):
        passport(key, QUARTER)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_log(
    db: None, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make.activity(shares={BRENT: 50, HARROW: 50}, attendance=3)

    with django_assert_num_queries(6):
        figures(FIGURES, QUARTER)
    with django_assert_num_queries(4):
        passport("activities_by_borough", QUARTER, BRENT, "attendance")


def test_a_chart_is_drawn_with_its_title_and_its_finding(log: list) -> None:
    found = figure("activities_by_strand", QUARTER)

    drawing = found.svg()

    assert drawing.startswith("<svg")
    assert found.title in drawing
    assert found.finding in drawing


def test_quarters_before_the_log_began_say_so_and_are_not_nought(db: None, member: User) -> None:
    make.activity(starts=dt.date(2025, 11, 3))

    found = figure("activities_trend", QUARTER)
    small = over_time(QUARTER)

    told = {row.label: (row.cells[-1], row.values[-1]) for row in found.rows}
    assert told["Q2 2025/26"] == ("no log", None)
    assert (told["Q3 2025/26"], told["Q4 2025/26"]) == (("1", 1), ("0", 0))
    brent = next(row for row in small.rows if row.key == BRENT)
    assert brent.cells[-4:] == ("no log", "1", "0", "0")
    lines = as_(member).get(found.csv_url).content.decode().splitlines()
    assert any(line.startswith("Q2 2025/26,,no log") for line in lines)
    assert any(line.startswith("Q4 2025/26,0,") for line in lines)
