"""What the coming year holds for a secretary: meetings, what each of them needs before, and returns."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from boards.models import Meeting
from boroughs.models import BankHoliday
from contest_portal.core.quarters import Quarter
from contest_portal.core.working_days import add_working_days, clear_days_before
from contest_portal.ui.formats import day as in_words
from reports.models import ChaseLevel, Promise
from reports.models.chaser import CALENDAR
from reports.workflow.returns import CALL, DUE

# Working days before a meeting on which its figures are frozen.
FREEZE = 20
# Those whose due day can lie in twelve months: one that has just ended, and the four that end meanwhile.
QUARTERS = 6
CHASERS = {ChaseLevel.LEAD: "First chaser", ChaseLevel.HEAD: "Second chaser", ChaseLevel.CHAIR: "The chair’s list"}


@dataclass(frozen=True, order=True)
class Step:
    """Something that falls on a day, and what it is for."""

    day: dt.date
    what: str
    about: str
    href: str = field(default="", compare=False)
    note: str = field(default="", compare=False)


def twelve_months(first: dt.date) -> tuple[dt.date, dt.date]:
    """From that day to the last one before it comes round again."""
    return first, first.replace(year=first.year + 1, day=min(first.day, 28)) - dt.timedelta(days=1)


def financial_year(year: int) -> tuple[dt.date, dt.date]:
    return Quarter(year, 1).start, Quarter(year, 4).end


def forward_plan(user: Any, first: dt.date, last: dt.date, *, past: bool = False) -> list[Step]:
    """All steps of those days in order, for the meetings that the person may know of.

    What is open of promises is asked of today: a plan as known on a `past` day goes without them."""
    holidays = BankHoliday.objects.named()
    steps = [*_of_meetings(user, first, holidays), *_of_returns(first, holidays)]
    steps += [] if past else _of_promises(user)
    return sorted(step for step in steps if first <= step.day <= last)


def _of_meetings(user: Any, first: dt.date, holidays: Mapping[dt.date, str]) -> Iterator[Step]:
    rows = Meeting.objects.visible_to(user).exclude(status="cancelled").from_day(first).select_related("board")
    days = frozenset(holidays)
    for meeting in rows:
        about, href = f"{meeting.board.short_name}, {in_words(meeting.day)}", meeting.get_absolute_url()
        published = clear_days_before(meeting.day, meeting.board.notice_days, days)
        frozen = add_working_days(meeting.day, -FREEZE, days)
        notice = meeting.notice_in_words(published, holidays)
        yield Step(frozen, "Figures are frozen", about, href)
        yield Step(published, "Last day to publish papers", about, href, notice)
        yield Step(meeting.day, "Meeting", about, href, f"{meeting.time:%H:%M}, {meeting.venue}")


def _of_promises(user: Any) -> Iterator[Step]:
    """What papers promised and nobody has kept, as far as the person reads the paragraph."""
    for promise in Promise.objects.visible_to(user).made().unkept().in_order():
        about, href = promise.what, promise.get_absolute_url()
        yield Step(promise.due_day, "Promised to the board", about, href, f"In “{promise.block.paper}”")


def _of_returns(first: dt.date, holidays: Mapping[dt.date, str]) -> Iterator[Step]:
    """As the calendar has them for most areas; where data come later, the area's own return says its day."""
    days = frozenset(holidays)
    for ahead in range(-1, QUARTERS - 1):
        quarter = Quarter.of(first).shifted(ahead)
        about = f"Returns for {quarter}"
        due = add_working_days(quarter.end, DUE, days)
        yield Step(add_working_days(quarter.end, CALL, days), "Call for returns", about)
        yield Step(due, "Returns are due", about)
        for level, what in CHASERS.items():
            yield Step(add_working_days(due, CALENDAR[level], days), what, about)
