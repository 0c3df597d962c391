"""The whole demo, in the order in which things happen in life."""

import datetime as dt
import random

from django.db import transaction

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.management.demo.activities import Log
from contest_portal.management.demo.boards import make_boards, make_meetings
from contest_portal.management.demo.papers import make_papers
from contest_portal.management.demo.people import make_people
from contest_portal.management.demo.resources import make_charities, make_resources
from contest_portal.management.demo.returns import make_returns

_REASON = "Demo data"


@transaction.atomic
def make_london(chance: random.Random, today: dt.date, password: str) -> dict[str, int]:
    """All or nothing. Returns how many of each thing were made."""
    portal = User.objects.portal()
    quarters = Quarter.of(today).last(8)
    with acting(portal, reason=_REASON, at=_at(quarters[0].start)):
        people = make_people(password, today=today, by=portal)
        people["borough"] = _borough_colleague()
        board = make_boards(people, today)
        meetings = make_meetings(board, today)
        make_charities()
        make_resources(chance, today)
    activities = Log(chance, today, people).write(quarters)
    returns = make_returns(chance, quarters, today, people)
    papers = make_papers(meetings, today, people)
    return {
        "people": len(people),
        "activities": activities,
        "returns": returns,
        "meetings": len(meetings),
        "issued papers": papers,
    }


def _borough_colleague() -> User:
    """The author of what 31 boroughs logged: an account that is closed and signs nobody in."""
    user = User(email="boroughs@demo.example", name="Borough Prevent leads", post="Demo data", is_active=False)
    user.set_unusable_password()
    user.save()
    return user


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), dt.UTC)
