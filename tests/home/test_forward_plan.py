"""The secretary's year on one page: story of 14 January 2026, with its four meetings."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.home.forward_plan import forward_plan, twelve_months
from tests import make
from tests.cast import as_, person

pytestmark = pytest.mark.django_db

MEETINGS = [dt.date(2026, 5, 21), dt.date(2026, 9, 17), dt.date(2026, 11, 19), dt.date(2027, 2, 18)]
QUERIES = 11


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(dt.datetime(2026, 1, 14, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


def _text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_year_shows_four_meetings_and_when_their_papers_go_out(secretary: User) -> None:
    for day in MEETINGS:
        make.meeting(day)

    response = as_(secretary).get("/boards/forward-plan", {"year": "2026"})

    steps = [(step.what, step.day) for step in response.context["steps"]]
    assert [day for what, day in steps if what == "Meeting"] == MEETINGS
    assert [day for what, day in steps if what == "Last day to publish papers"] == [
        dt.date(2026, 5, 13),
        dt.date(2026, 9, 9),
        dt.date(2026, 11, 11),
        dt.date(2027, 2, 10),
    ]
    assert ("Figures are frozen", dt.date(2026, 10, 22)) in steps
    assert "Wednesday 11 November 2026" in _text(response)


def test_the_dates_of_returns_stand_on_the_same_page(secretary: User) -> None:
    steps = forward_plan(secretary, dt.date(2026, 7, 1), dt.date(2026, 12, 31))

    assert [(step.day.isoformat(), step.what) for step in steps] == [
        ("2026-07-01", "Call for returns"),
        ("2026-07-14", "Returns are due"),
        ("2026-07-15", "First chaser"),
        ("2026-07-17", "Second chaser"),
        ("2026-07-21", "The chair’s list"),
        ("2026-10-01", "Call for returns"),
        ("2026-10-14", "Returns are due"),
        ("2026-10-15", "First chaser"),
        ("2026-10-19", "Second chaser"),
        ("2026-10-21", "The chair’s list"),
    ]
    assert steps[0].about == "Returns for Q1 2026/27 (April to June 2026)"


def test_twelve_months_begin_today(secretary: User) -> None:
    response = as_(secretary).get("/boards/forward-plan")

    days = [step.day for step in response.context["steps"]]
    assert (response.context["first"], response.context["last"]) == (dt.date(2026, 1, 14), dt.date(2027, 1, 13))
    assert days == sorted(days)
    assert dt.date(2026, 1, 15) in days
    assert twelve_months(dt.date(2028, 2, 29)) == (dt.date(2028, 2, 29), dt.date(2029, 2, 27))


def test_a_cancelled_meeting_is_not_planned(secretary: User) -> None:
    make.meeting(MEETINGS[0], status="cancelled")

    assert "21 May 2026" not in _text(as_(secretary).get("/boards/forward-plan", {"year": "2026"}))


def test_the_plan_says_why_easter_brings_publication_forward(secretary: User) -> None:
    make.meeting(dt.date(2026, 4, 9))

    page = _text(as_(secretary).get("/boards/forward-plan"))

    assert "Good Friday (3 April) and Easter Monday (6 April) fall within the notice" in page


def test_a_year_that_is_not_offered_is_not_found(secretary: User) -> None:
    client = as_(secretary)

    assert [client.get("/boards/forward-plan", {"year": year}).status_code for year in ("1066", "next", "2025")] == [
        404,
        404,
        200,
    ]


def test_the_plan_downloads_as_csv(secretary: User) -> None:
    make.meeting(dt.date(2026, 11, 19))

    lines = as_(secretary).get("/boards/forward-plan.csv", {"year": "2026"}).content.decode().splitlines()

    assert lines[0].lstrip("\ufeff") == "Date,What,About,Note"
    assert '2026-11-11,Last day to publish papers,"CONTEST Board, 19 November 2026",' in lines


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_takes_as_many_queries_for_three_meetings_as_for_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for day in MEETINGS[:count]:
        make.meeting(day)
    client = as_(person("secretary"))
    client.get("/boards/forward-plan", {"year": "2026"})

    with django_assert_num_queries(QUERIES):
        client.get("/boards/forward-plan", {"year": "2026"})
