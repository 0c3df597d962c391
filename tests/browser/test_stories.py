"""Stories of a year on the board, each played by its own people on the real pages."""

import datetime as dt
import re
from collections.abc import Callable

import pytest

from contest_portal.core.quarters import Quarter
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.xdist_group("browser")

TODAY = dt.date.today()  # noqa: DTZ011  (London's day is the machine's)


def types_day(visitor: Visitor, name: str, day: dt.date) -> None:
    for part in ("day", "month", "year"):
        visitor.page.fill(f"[name={name}-{part}]", str(getattr(day, part)))


def test_story_1_the_secretary_arranges_a_year_and_sees_its_dates(visit: Callable[..., Visitor]) -> None:
    secretary = visit("secretary")
    page = secretary.page
    year = Quarter.of(TODAY).year + 1
    # Thursdays, none of them near a bank holiday.
    days = [_thursday(dt.date(year, month, 15)) for month in (6, 7, 9, 11)]
    for day in days:
        secretary.goes_to("/boards/london-contest-board/meetings/new")
        types_day(secretary, "day", day)
        page.fill("[name=time]", "15:15")
        page.fill("[name=venue]", "City Hall")
        secretary.clicks("Arrange the meeting")
        page.wait_for_url(re.compile(r"/boards/meetings/\d+/$"))
        assert (day - dt.timedelta(days=8)).strftime("%A %-d %B %Y") in secretary.reads()

    secretary.goes_to("/")
    secretary.clicks("Forward plan for twelve months")
    secretary.clicks(Quarter(year, 1).financial_year)

    text = secretary.reads()
    for day in days:
        assert day.strftime("%A %-d %B %Y") in text
        assert (day - dt.timedelta(days=8)).strftime("%A %-d %B %Y") in text
    for said in ("Last day to publish papers", "Figures are frozen", "Call for returns", "Returns are due"):
        assert said in text
    assert secretary.complaints == []


def test_story_6_excused_areas_are_said_and_the_city_is_counted(visit: Callable[..., Visitor]) -> None:
    secretary = visit("secretary")
    quarter = Quarter.of(TODAY).previous()

    secretary.goes_to(f"/returns/board?quarter={quarter.key}")

    text = secretary.reads()
    assert re.search(r"\d+ of 33 in|\d+ of 32 in", text)
    assert "1 excused" in text
    assert "the City of London among them" in text
    secretary.page.get_by_role("link", name="Bexley", exact=True).first.click()
    assert "The officer is on long leave." in secretary.reads()
    assert "Deputy:" in secretary.reads()
    assert secretary.complaints == []


def _thursday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(3 - day.weekday()) % 7)
