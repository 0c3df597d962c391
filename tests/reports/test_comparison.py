"""Two quarters, two areas or two days side by side: what may be said of the difference, and what may not."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.core.quantity import NOT_RECORDED, Quantity
from reports.figures.definitions import MEASURES
from reports.figures.differences import said
from reports.figures.measures_beside import points
from strands.models import Activity
from tests import make
from tests.cast import BRENT, HARROW, as_
from tests.reports.figure_log import CAMDEN, accept

QUARTER = make.QUARTER
VAGUE = "Not compared: the two are not exact enough to say which is more."
AT_LEAST, AT_MOST, ABOUT = "at_least", "at_most", "about"

pytestmark = pytest.mark.usefixtures("in_august")


def page(user: User, **query: Any) -> Any:
    quarters = {"a-quarter": QUARTER.previous().key, "b-quarter": QUARTER.key}
    return as_(user).get(reverse("comparison"), quarters | {f"{name[0]}-{name[2:]}": v for name, v in query.items()})


def differences(response: Any) -> dict[str, str]:
    return {row.name: row.difference for row in response.context["rows"]}


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        (Quantity(10), Quantity(22), "12 more"),
        (Quantity(22), Quantity(10), "12 fewer"),
        (Quantity(7), Quantity(7), "the same"),
        (Quantity(10), Quantity(22, AT_LEAST), "at least 12 more"),
        (Quantity(22, AT_LEAST), Quantity(10), "at least 12 fewer"),
        (Quantity(22), Quantity(10, AT_MOST), "at least 12 fewer"),
        (Quantity(10, ABOUT), Quantity(22), "about 12 more"),
        (Quantity(22), Quantity(10, AT_LEAST), VAGUE),
        (Quantity(22, AT_LEAST), Quantity(30, AT_LEAST), VAGUE),
        (NOT_RECORDED, Quantity(10), "Not compared: one of the two is not recorded."),
    ],
)
def test_a_difference_says_no_more_than_both_numbers_bear(left: Quantity, right: Quantity, words: str) -> None:
    assert said(MEASURES["attendance"], left, right) == words


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("85.7", "57.1", "29 percentage points fewer"),
        ("94.6", "96.4", "1 percentage point more"),
        ("95.1", "95.3", "less than 1 percentage point more"),
        ("95.1", "95.1", "the same"),
    ],
)
def test_percentages_differ_by_what_a_reader_subtracts(left: str, right: str, words: str) -> None:
    assert points(Decimal(left), Decimal(right)) == words


def test_two_quarters_stand_side_by_side_with_their_rows(log: list[Activity], member: User) -> None:
    response = page(member)

    found = differences(response)
    assert found["Activities delivered"] == "5 more"
    assert found["Attendance"] == "about 321 more"
    rows = {row.name: row for row in response.context["rows"]}
    assert as_(member).get(rows["Activities delivered"].right_url).context["seen"].total_words == "6"


def test_two_boroughs_stand_side_by_side(log: list[Activity], member: User) -> None:
    response = page(member, a_quarter=QUARTER.key, a_over=HARROW, b_over=BRENT)

    assert response.context["left"].name == "Harrow, Q1 2026/27"
    assert differences(response)["Activities delivered"] == "2 more"
    assert response.context["measures"] == []
    assert "Not a score" in response.content.decode()


def test_two_days_of_one_quarter_stand_side_by_side(log: list[Activity], member: User) -> None:
    days = {"a-as_at": "2026-08-02"}
    response = page(member, a_quarter=QUARTER.key, **days)

    assert response.context["left"].name == "London, Q1 2026/27, as known on 2 August 2026"
    assert differences(response)["Activities delivered"] == "6 more"


def test_a_quarter_that_runs_is_not_set_against_a_whole_one(log: list[Activity], member: User) -> None:
    found = differences(page(member, a_quarter=QUARTER.key, b_quarter=QUARTER.next().key))

    assert set(found.values()) == {"Not compared: Q2 2026/27 is not complete."}


def test_whose_returns_are_in_is_not_told_by_comparing(log: list[Activity], brent_lead: User, member: User) -> None:
    accept(CAMDEN)
    over = {"a_over": CAMDEN, "b_over": CAMDEN}

    assert "Returns accepted" not in differences(page(brent_lead, **over))
    assert "Returns accepted" in differences(page(member, **over))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"a_quarter": "2026-27-Q9"}, "There is a problem"),
        ({"a_over": "E09000099"}, "There is a problem"),
        ({"b_over": "OLYMPIC_6"}, "had no areas on 30 June 2026"),
    ],
)
def test_what_is_not_there_is_said_and_the_rest_is_kept(query: dict[str, str], words: str, member: User) -> None:
    response = page(member, **query)

    assert words in response.content.decode()
    assert "rows" not in response.context


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    rows: int, member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make.activity(shares={BRENT: 50, HARROW: 50}, attendance=5)
    page(member)

    with django_assert_num_queries(29):
        page(member)
