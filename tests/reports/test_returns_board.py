"""The secretary's board of returns: every area on one page, who has to act, and how it went over time."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from boroughs.models import Borough
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from reports.models import QuarterlyReturn
from reports.rendering.returns_board import ReturnsBoard
from reports.rendering.timeliness import timeliness
from strands.figures.known import Known
from tests import make
from tests.cast import BRENT, HARROW, as_

pytestmark = pytest.mark.django_db
Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)
TODAY = dt.date(2026, 10, 22)


@pytest.fixture(autouse=True)
def at_the_freeze() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 10, 22, 9, tzinfo=dt.UTC), tick=False):
        yield


def sent(found: QuarterlyReturn, on: dt.date, by: User) -> QuarterlyReturn:
    with acting(by):
        found.status, found.submitted_by = "submitted", by
        found.submitted_at = found.moved_at = dt.datetime.combine(on, dt.time(11), dt.UTC)
        found.save()
    return found


def owed(borough: str, quarter: Quarter = Q2) -> QuarterlyReturn:
    return make.quarterly_return(borough, quarter, due=quarter.end + dt.timedelta(days=14))


def test_c10_says_which_step_whose_post_and_for_how_many_days(secretary: User, brent_lead: User) -> None:
    sent(owed(BRENT), dt.date(2026, 10, 12), brent_lead)
    owed(HARROW)
    page = as_(secretary).get("/returns/board").content.decode()

    assert "To be accepted, 10 days" in page
    assert "Head of community safety, Brent" in page
    assert "To be written, 21 days" in page
    assert "Prevent lead, Harrow" in page
    assert "8 days late" in page


def test_ask11_what_is_stuck_can_be_filtered(secretary: User, brent_lead: User) -> None:
    sent(owed(BRENT), dt.date(2026, 10, 12), brent_lead)
    owed(HARROW)
    page = as_(secretary).get("/returns/board", {"stuck": "acceptance"}).content.decode()

    assert "Showing 1 of 33 areas" in page
    assert "To be written" not in page


def test_c3_completeness_and_timeliness_by_area_and_over_time(secretary: User, brent_lead: User) -> None:
    sent(owed(BRENT, Q1), dt.date(2026, 7, 14), brent_lead)
    sent(owed(BRENT), dt.date(2026, 10, 16), brent_lead)
    sent(owed(HARROW), dt.date(2026, 10, 12), brent_lead)
    board = ReturnsBoard(Q2, reader=secretary, known=Known.on(TODAY))
    brent = next(row for row in board.rows if row.borough.pk == BRENT)

    assert (brent.complete, brent.on_time, brent.owed) == (2, 1, 2)
    over_time = timeliness(board)
    assert [(row.label, *row.cells) for row in over_time.rows] == [
        ("Q1 2026/27", "100% (1 of 1)", "100% (1 of 1)"),
        ("Q2 2026/27", "50% (1 of 2)", "100% (2 of 2)"),
    ]
    assert over_time.finding == "50% (1 of 2) of returns came on time in Q2 2026/27"


def test_story_6_ends_with_32_of_33_in(secretary: User, brent_lead: User) -> None:
    for borough in Borough.objects.exclude(pk="E09000004"):
        sent(owed(borough.pk), dt.date(2026, 10, 13), brent_lead)
    bexley = owed("E09000004")
    with acting(secretary):
        bexley.status, bexley.excuse_reason = "excused", "The officer is on long leave."
        bexley.save()
    page = as_(secretary).get("/returns/board").content.decode()

    assert "<strong>32 of 33 in</strong>" in page
    assert "1 excused" in page
    assert "100% (32 of 32)" in page, "nobody is late with what they need not send"


def test_every_area_is_a_tile_and_a_row_with_words(secretary: User) -> None:
    owed(BRENT)
    page = as_(secretary).get("/returns/board").content.decode()

    assert len(re.findall(r"portal-map__tile portal-state", page)) == 33
    assert "Overdue, 8 days late" in page
    assert "Not opened" in page


def test_csv_of_what_is_filtered(secretary: User) -> None:
    owed(BRENT)
    text = as_(secretary).get("/returns/board.csv", {"state": "overdue"}).content.decode()

    lines = text.strip().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Brent,E09000005,Q2 2026/27,Overdue,no,2026-10-14,8,To be written,")


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_the_same_however_many_returns(
    secretary: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for borough in Borough.objects.all()[:count]:
        owed(borough.pk)
        owed(borough.pk, Q1)
    client = as_(secretary)
    client.get("/returns/board")

    with django_assert_num_queries(12):
        client.get("/returns/board")


def test_those_who_follow_london_see_states_and_no_way_into_a_return(chair: User, member: User) -> None:
    found = owed(BRENT)
    for person in (chair, member):
        page = as_(person).get("/returns/board").content.decode()
        assert "To be written" in page
        assert f"/returns/{found.pk}/" not in page
        assert "Preview the chasers" not in page


def test_a_lead_has_the_own_returns_and_not_the_board(brent_lead: User) -> None:
    assert as_(brent_lead).get("/returns/board").status_code == 403


def test_before_the_first_call_the_board_says_so(secretary: User) -> None:
    assert "No returns were called for yet" in as_(secretary).get("/returns/board").content.decode()


def test_an_unknown_quarter_is_said_beside_the_filter(secretary: User) -> None:
    owed(BRENT)
    response = as_(secretary).get("/returns/board", {"quarter": "2031-32-Q9"})

    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
