"""Every number that leaves the portal against counts in plain SQL, for all ten roles, on three days.

The SQL is written here and shares nothing with the code under test: of days that are over it takes the newest row of
history by another way, and of today it reads the tables themselves.
"""
# ruff: noqa: S608  (it is made of the words below and of nothing else)

import csv
import datetime as dt
import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from contest_portal.core.markings import Marking
from contest_portal.core.quarters import Quarter
from reports.figures import FIGURES
from tests import cast, make
from tests.cast import BRENT, HARROW, as_
from tests.reports.figure_log import CAMDEN, IN_AUGUST, accept, fill_log
from tests.reports.test_as_at import LATER, in_every_way

DAYS = (IN_AUGUST.date(), LATER.date(), None)
TODAY = dt.datetime(2026, 8, 20, 9, 0, tzinfo=dt.UTC)
# Each role: an account of it, and in SQL which activities its list has.
ROLES = {
    "borough_lead": ("brent.lead", f"'{BRENT}' = ANY(boroughs)"),
    "borough_reader": ("brent.reader", f"'{BRENT}' = ANY(boroughs) AND marking = 'OFFICIAL'"),
    "strand_lead": ("prevent.lead", "strand_id = 'prevent'"),
    "analyst": ("analyst", "marking = 'OFFICIAL'"),
    "secretary": ("secretary", "marking = 'OFFICIAL'"),
    "chair": ("chair", "marking = 'OFFICIAL'"),
    "board_member": ("boardmember", "marking = 'OFFICIAL'"),
    "member": ("member", "marking = 'OFFICIAL'"),
    "auditor": ("auditor", "marking = 'OFFICIAL'"),
    "admin": ("admin", ""),
}
Sums = dict[tuple[str, str, str], Decimal]

_THEN = """
SELECT * FROM (SELECT DISTINCT ON (id) * FROM {history} WHERE history_date < '{until}'
ORDER BY id, history_date DESC, history_id DESC) AS newest WHERE history_type <> '-'"""
_LOG = """
WITH activity AS ({activity}), share AS ({share})
SELECT a.id, a.strand_id, a.starts, a.status, a.attendance, a.cost_actual, a.marking AS marking_then,
    greatest(a.marking, (SELECT marking FROM strands_activity AS now WHERE now.id = a.id)) AS marking,
    ARRAY(SELECT borough_id FROM share AS s WHERE s.activity_id = a.id) AS boroughs
FROM activity AS a"""
_COUNTED = "WHERE status = 'delivered' AND marking_then = 'OFFICIAL'"
_IN_Q1 = f"{_COUNTED} AND starts BETWEEN '2026-04-01' AND '2026-06-30'"
_SUMS = "count(*), count(*) FILTER (WHERE array_length(boroughs, 1) > 1), sum(attendance), sum(cost_actual)"


def log_on(day: dt.date | None) -> str:
    if day is None:
        return _LOG.format(activity="SELECT * FROM strands_activity", share="SELECT * FROM strands_activityshare")
    until = f"{day + dt.timedelta(days=1)}T00:00:00+01:00"
    tables = {"activity": "strands_historicalactivity", "share": "strands_historicalactivityshare"}
    return _LOG.format(**{name: _THEN.format(history=table, until=until) for name, table in tables.items()})


def asked(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def sums_on(day: dt.date | None) -> Sums:
    """(figure, row, column): value. Money in pounds."""
    log = f"({log_on(day)}) AS log"
    found: Sums = {}
    ((count, joint, attendance, cost),) = asked(f"SELECT {_SUMS} FROM {log} {_IN_Q1}")
    singles = {"activities": count, "activities_joint": joint, "attendance": attendance, "cost": cost}
    ((singles["boroughs_active"],),) = asked(
        f"SELECT count(DISTINCT code) FROM {log}, unnest(boroughs) AS code {_IN_Q1}"
    )
    ((singles["returns_accepted"],),) = asked(returns_on(day))
    found |= {(key, "", ""): value for key, value in singles.items()}
    by_borough = f"SELECT code, {_SUMS} FROM {log}, unnest(boroughs) AS code {_IN_Q1} GROUP BY code"
    for code, *numbers in [*asked(by_borough), ("", count, joint, attendance, cost)]:
        for column, value in zip(("activities", "joint", "attendance"), numbers, strict=False):
            found["activities_by_borough", code, column] = value
    by_strand = f"SELECT strand_id, {_SUMS} FROM {log} {_IN_Q1} GROUP BY strand_id"
    for strand, *numbers in [*asked(by_strand), ("", count, joint, attendance, cost)]:
        found["activities_by_strand", strand, "activities"] = numbers[0]
        found["attendance_by_strand", strand, "attendance"] = numbers[2]
    by_quarter = f"SELECT date_trunc('quarter', starts)::date, strand_id, count(*) FROM {log} {_COUNTED} GROUP BY 1, 2"
    for first, strand, number in asked(by_quarter):
        if dt.date(2024, 7, 1) <= first <= dt.date(2026, 4, 1):
            key = Quarter.of(first).key
            found["activities_trend", key, strand] = number
            found["activities_trend", key, "all"] = found.get(("activities_trend", key, "all"), 0) + number
    return {cell: Decimal(value or 0) for cell, value in found.items()}


def returns_on(day: dt.date | None) -> str:
    table = "reports_quarterlyreturn"
    if day is not None:
        until = f"{day + dt.timedelta(days=1)}T00:00:00+01:00"
        table = f"({_THEN.format(history='reports_historicalquarterlyreturn', until=until)}) AS known"
    return f"SELECT count(*) FROM {table} WHERE quarter = '{make.QUARTER.key}' AND status = 'accepted'"


def number(words: str) -> Decimal:
    found = re.search(r"\d[\d,]*(\.\d+)?", words)
    return Decimal(found[0].replace(",", "")) if found else Decimal(0)


def tables_of(html: str) -> dict[str, dict[str, list[str]]]:
    """Caption: the cells of each row, by its heading."""
    found = {}
    for table in re.findall(r"<table.*?</table>", html, re.S):
        cells = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.S) for row in re.findall(r"<tr.*?</tr>", table, re.S)]
        lines = [[unescape(re.sub(r"<.*?>", "", cell)).strip() for cell in row] for row in cells]
        caption = re.search(r"<caption.*?>(.*?)</caption>", table, re.S)
        found[caption[1] if caption else ""] = {
            line[0].removesuffix(" (your borough)"): line[1:] for line in lines if line
        }
    return found


def shown_on_the_page(html: str, figures: dict[str, Any]) -> Sums:
    found: Sums = {}
    metrics = dict(re.findall(r'metric__label">(.*?)</h3>\s*<p class="portal-metric__value">(.*?)</p>', html))
    tables = tables_of(html)
    for key, figure in figures.items():
        if not figure.columns:
            found[key, "", ""] = number(metrics[figure.definition.name])
        elif key != "returns_by_borough":
            for row in [*figure.rows, *([figure.total] if figure.total else [])]:
                for column, words in zip(figure.columns[1:], tables[figure.title][row.label], strict=True):
                    found[key, row.key, column.key] = number(words)
    return found


def in_the_file(client: Client, figure: Any, query: dict[str, str]) -> Sums:
    """Values stand beside their qualifiers."""
    text = client.get(reverse("figure_csv", args=[figure.key]), query).content.decode("utf-8-sig")
    lines = list(csv.reader(text.splitlines()))
    if not figure.columns:
        return {(figure.key, "", ""): number(lines[-1][0])}
    rows = [*figure.rows, *([figure.total] if figure.total else [])]
    return {
        (figure.key, row.key, column.key): number(line[1 + 2 * at])
        for row, line in zip(rows, lines[-len(rows) :], strict=True)
        for at, column in enumerate(figure.columns[1:])
    }


def agree(found: Sums, expected: Sums) -> None:
    """A cell that SQL does not have is a nought."""
    assert found
    for cell, value in found.items():
        assert value == expected.get(cell, 0), cell


@pytest.fixture
def three_days(db: None) -> Any:
    with time_machine.travel(IN_AUGUST, tick=False):
        log = fill_log()
        accept(BRENT)
    with time_machine.travel(LATER, tick=False):
        in_every_way(log)
    with time_machine.travel(TODAY, tick=False):
        make.activity(borough=CAMDEN, shares={CAMDEN: 60, BRENT: 40}, attendance=11, attendance_qualifier="about")
        make.activity(borough=HARROW, marking=Marking.OFFICIAL_SENSITIVE, attendance=77)
        accept(CAMDEN)
        yield


def test_every_sum_agrees_with_plain_sql_for_all_roles_on_three_days(three_days: None) -> None:
    expected = {day: sums_on(day) for day in DAYS}
    assert len({values["attendance", "", ""] for values in expected.values()}) == 3
    for role, (account, visible) in ROLES.items():
        client = as_(cast.person(account))
        for day in DAYS:
            query = {"quarter": make.QUARTER.key} | ({"as_at": day.isoformat()} if day else {})
            page = client.get(reverse("dashboards"), query)
            if role == "admin":
                assert page.status_code == 403
                continue
            figures = {key: page.context[f"by_{key}"] for key in FIGURES if f"by_{key}" in page.context}
            agree(shown_on_the_page(page.content.decode(), figures), expected[day])
            _drill_down(client, query, expected[day])
            _list_and_its_file(client, day, visible)
    client = as_(cast.person("member"))
    for day in DAYS:
        query = {"quarter": make.QUARTER.key} | ({"as_at": day.isoformat()} if day else {})
        for figure in figures.values():
            if figure.key != "returns_by_borough":
                agree(in_the_file(client, figure, query), expected[day])


def _drill_down(client: Client, query: dict[str, str], expected: Sums) -> None:
    """The rows that a person sees and the line for the others add up to the number that SQL counts."""
    seen = client.get(reverse("figure_rows", args=["attendance"]), query).context["seen"]
    parts = [each.value or 0 for each in seen.rows] + [seen.hidden_total.value or 0]
    assert sum(parts) == expected["attendance", "", ""]
    cell = {"row": BRENT, "column": "attendance"}
    file = client.get(reverse("figure_rows_csv", args=["activities_by_borough"]), query | cell)
    lines = list(csv.reader(file.content.decode("utf-8-sig").splitlines()))
    heading = next(at for at, line in enumerate(lines) if line[:1] == ["Reference"])
    values = [number(line[5]) for line in lines[heading + 1 :]]
    assert sum(values[:-1]) == values[-1] == expected["activities_by_borough", BRENT, "attendance"]


def _list_and_its_file(client: Client, day: dt.date | None, visible: str) -> None:
    ((count, people),) = asked(f"SELECT count(*), sum(attendance) FROM ({log_on(day)}) AS log WHERE {visible}")
    query = {"as_at": day.isoformat()} if day else {}
    assert client.get(reverse("activities"), query).context["page"].paginator.count == count
    text = client.get(reverse("activities_csv"), query).content.decode("utf-8-sig")
    heading, *lines = [line for line in csv.reader(text.splitlines()) if len(line) > 1]
    assert len(lines) == count
    assert sum(number(line[heading.index("People")]) for line in lines) == people
