"""The calendar of a quarter's returns after they are called for: reminded before they are due, chased after.

Days are working days (domain terms: docs/words.md). The daily job may run again, and may have missed days: nobody is
told the same thing twice, and of several steps that are due only the furthest is taken.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from boroughs.models import BankHoliday
from contest_portal.access.grants import holders_in, holders_of, may
from contest_portal.accounts.models import User
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from contest_portal.core.working_days import add_working_days
from contest_portal.notifications.telling import tell
from contest_portal.ui.formats import day as in_words
from reports.models import ChaseLevel, Chaser, QuarterlyReturn, ReturnStatus
from reports.models.chaser import CALENDAR, CALLED, SOON_DUE, event_of

# Working days before the due date on which a return that is still open is mentioned.
SOON = 3
# What was sent back is given as many working days again before it is chased.
AGAIN = 5
OWED = (ReturnStatus.OPEN, ReturnStatus.SENT_BACK)


def chase_day(owed: dt.date, level: ChaseLevel) -> dt.date:
    return add_working_days(owed, CALENDAR[level], BankHoliday.objects.days())


@dataclass(frozen=True)
class Chase:
    """What chasing one return would do: whom it reaches, and why it cannot be done where that is so."""

    quarterly_return: QuarterlyReturn
    recipients: tuple[User, ...]
    why_not: str


def remind(day: dt.date, *, by: User) -> list[Chaser]:
    """Everything that is due by that day: calls, reminders and chasers. Safe to run every day, or after missed ones."""
    quarter = Quarter.of(day).previous()
    owed = list(QuarterlyReturn.objects.filter(status__in=OWED, quarter__lte=quarter).select_related("borough"))
    leads = _leads(owed)
    for found in owed:
        if found.quarter == quarter and found.status == ReturnStatus.OPEN:
            _announce(found, leads[found.pk], day)
    return _chase_by_calendar(owed, day, by)


def _announce(found: QuarterlyReturn, leads: list[User], day: dt.date) -> None:
    """That the quarter's return is called for; then, when it is nearly due, that it is."""
    if day > found.due:
        return
    due, link = in_words(found.due), found.get_absolute_url()
    called = f"The return for {found.quarter} is open, filled from your log. It is due on {due}."
    event = event_of(CALLED, found)
    tell(leads, f"{found}: the return is called for", called, link=link, about="return_called", event=event)
    if day >= add_working_days(found.due, -SOON, BankHoliday.objects.days()):
        soon = f"The return for {found.quarter} is due on {due} and has not been submitted."
        event = event_of(SOON_DUE, found)
        tell(leads, f"{found}: due on {due}", soon, link=link, about="return_due", event=event)


def _chase_by_calendar(owed: list[QuarterlyReturn], day: dt.date, by: User) -> list[Chaser]:
    made: list[Chaser] = []
    before = _reached(owed)
    for found in owed:
        level = _level_on(day, owed_since(found))
        if level and level > before.get((found.pk, found.submission), 0):
            chaser = _chase(found, level, day, by)
            made += [chaser] if chaser else []
    _list_for_the_chair([chaser for chaser in made if chaser.level == ChaseLevel.CHAIR], day)
    return made


def owed_since(found: QuarterlyReturn) -> dt.date:
    """The last day on which it was in time: its due date, or some days after it was sent back."""
    if found.status != ReturnStatus.SENT_BACK or found.moved_at is None:
        return found.due
    return max(found.due, add_working_days(timezone.localdate(found.moved_at), AGAIN, BankHoliday.objects.days()))


def _level_on(day: dt.date, owed: dt.date) -> ChaseLevel | None:
    """The furthest step that is due by that day."""
    return max((level for level in CALENDAR if chase_day(owed, level) <= day), default=None)


def _reached(owed: list[QuarterlyReturn]) -> dict[tuple[int, int], int]:
    rows = Chaser.objects.filter(quarterly_return__in=owed).exclude(level=ChaseLevel.BY_HAND)
    furthest = rows.order_by().values("quarterly_return", "submission").annotate(furthest=Max("level"))
    return {(row["quarterly_return"], row["submission"]): row["furthest"] for row in furthest}


def _leads(returns: Iterable[QuarterlyReturn]) -> dict[int, list[User]]:
    """For each return those in the post that writes it; everybody who submits it where nobody is in that post."""
    rows = list(returns)
    holders = holders_in("return.submit", {found.borough_id for found in rows})
    return {found.pk: _in_post(holders[found.borough_id], found.lead_post) for found in rows}


def _in_post(people: list[User], post: str) -> list[User]:
    return [person for person in people if person.post.lower().startswith(post.lower())] or people


@transaction.atomic
def _chase(found: QuarterlyReturn, level: ChaseLevel, day: dt.date, by: User) -> Chaser | None:
    """Nothing where the borough has nobody to tell: the board of returns shows that."""
    people = _leads([found])[found.pk]
    if level >= ChaseLevel.HEAD:
        people = list(dict.fromkeys([*people, *holders_of("return.accept", borough=found.borough_id)]))
    if not people:
        return None
    return _record(found, level, people, day, by)


def _record(found: QuarterlyReturn, level: ChaseLevel, people: Iterable[User], day: dt.date, by: User) -> Chaser:
    chaser = Chaser(
        quarterly_return=found,
        submission=found.submission,
        level=level,
        day=day,
        recipients=[f"{person}, {person.post}" if person.post else str(person) for person in people],
        by=by,
    )
    chaser.save()
    text = f"The return for {found.quarter} was due on {in_words(found.due)} and has not been submitted."
    if level == ChaseLevel.CHAIR:
        text += " It is now on the list for the chair’s letter."
    event = f"chaser-{chaser.pk}"
    tell(
        people, f"{found}: the return is overdue", text, link=found.get_absolute_url(), about="return_due", event=event
    )
    return chaser


def _list_for_the_chair(chasers: list[Chaser], day: dt.date) -> None:
    """One message to the secretaries, however many returns there are."""
    if chasers:
        names = ", ".join(sorted(str(chaser.quarterly_return) for chaser in chasers))
        text = f"Still not in after every chaser: {names}."
        event = f"chair-list-{day.isoformat()}-{chasers[0].pk}"
        people = holders_of("return.chase")
        subject = "Returns for the chair’s letter"
        tell(people, subject, text, link=reverse("returns_board"), about="return_due", event=event)


def chases(returns: Iterable[QuarterlyReturn], day: dt.date) -> list[Chase]:
    """What chasing these by hand would do, before anybody is told. A few queries, however many there are."""
    rows = list(returns)
    codes = {row.borough_id for row in rows}
    leads, heads = _leads(rows), holders_in("return.accept", codes)
    chased = set(Chaser.objects.on(day).filter(quarterly_return__in=rows).values_list("quarterly_return_id", flat=True))
    found = []
    for row in rows:
        people = tuple(dict.fromkeys([*leads[row.pk], *heads[row.borough_id]]))
        found.append(Chase(row, people, _why_not_chase(row, day, has_people=bool(people), done=row.pk in chased)))
    return found


def _why_not_chase(found: QuarterlyReturn, day: dt.date, *, has_people: bool, done: bool) -> str:
    if found.status not in OWED:
        return f"It is {found.get_status_display().lower()}."
    if found.due >= day:
        return f"It is not overdue: it is due on {in_words(found.due)}."
    if done:
        return "It was chased today already."
    return "" if has_people else "Nobody holds a role that sends it. Ask the borough whom to grant one."


@transaction.atomic
def chase_by_hand(returns: Iterable[QuarterlyReturn], *, by: User) -> list[Chaser]:
    """Chase those that can be; what cannot is left alone, as the preview said."""
    if not may(by, "return.chase"):
        raise Refused("Only a board secretary chases returns.")
    today = timezone.localdate()
    pks = sorted(found.pk for found in returns)
    locked = QuarterlyReturn.objects.select_for_update(of=["self"]).select_related("borough").filter(pk__in=pks)
    possible = [chase for chase in chases(locked.order_by("borough__name"), today) if not chase.why_not]
    if not possible:
        raise Refused("None of these returns can be chased now.")
    return [_record(each.quarterly_return, ChaseLevel.BY_HAND, each.recipients, today, by) for each in possible]
