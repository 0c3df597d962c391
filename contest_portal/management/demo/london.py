"""The whole demo, in the order in which things happen in life."""

import datetime as dt
import random

from django.db import transaction

from boroughs.models import Grouping
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.management.demo.activities import Log
from contest_portal.management.demo.archive import make_archive
from contest_portal.management.demo.assurance import make_assurance, make_risks
from contest_portal.management.demo.boards import make_boards, make_meetings
from contest_portal.management.demo.colleagues import make_colleagues
from contest_portal.management.demo.deliverables import make_deliverables
from contest_portal.management.demo.discussions import make_discussions
from contest_portal.management.demo.measures import correct_referrals, make_measures
from contest_portal.management.demo.notices import Notices
from contest_portal.management.demo.other_papers import make_other_papers
from contest_portal.management.demo.packs import make_packs
from contest_portal.management.demo.papers import make_papers
from contest_portal.management.demo.people import make_people
from contest_portal.management.demo.plan_lines import tie_to_plan
from contest_portal.management.demo.resources import make_charities, make_resources
from contest_portal.management.demo.returns import Returns
from contest_portal.management.demo.series import write_series
from contest_portal.management.demo.strategies import link_editions
from contest_portal.management.demo.views import make_views
from reports.figures.definitions import LONDON_33
from reports.models import ReleasedFigure
from reports.workflow.releasing import release_equality

# Returns were first called for a year and a quarter ago.
RETURNS = 6


@transaction.atomic
def make_london(chance: random.Random, today: dt.date, password: str) -> dict[str, int]:
    """All or nothing. Returns how many of each thing were made."""
    portal = User.objects.portal()
    quarters = Quarter.of(today).last(9)  # eight that are over, and the one that runs
    with acting(portal, reason="Demo data", at=dt.datetime.combine(quarters[0].start, dt.time(9), dt.UTC)):
        people = make_people(password, today=today, by=portal)
        colleagues = make_colleagues(people, today=today, by=people["admin"])
        board = make_boards(people)
        meetings = make_meetings(board, today)
        make_charities()
        make_resources(chance, today)
    log = Log(chance, today, colleagues)
    counts = {
        "demo people": len(people),
        "activities": log.write(quarters) + write_series(log, quarters[-1]),
        "returns": Returns(chance, today, colleagues).write(quarters[-RETURNS:]),
        "released equality tables": _release(quarters[-2], people["secretary"]),
        "measures": make_measures(quarters, today, people),
        "deliverables": make_deliverables(today, people),
        "plan lines served": tie_to_plan(today),
        "benchmark scores": make_assurance(today, people),
        "risks": make_risks(today, people),
        "objectives that go on": link_editions(people["admin"]),
        "meetings": len(meetings),
        "issued papers": make_papers(meetings, today, people) + make_other_papers(board, today, people),
        "issued packs": make_packs([meeting for meeting in meetings if meeting.day < today][-2], people),
        "archived papers": make_archive(today, people["secretary"]),
        "saved views": make_views(people),
        "comments on charts": make_discussions(today, people),
        "messages": Notices(today, people, colleagues).write(),
    }
    correct_referrals(today, people)
    return counts


def _release(quarter: Quarter, secretary: User) -> int:
    """Of London for the quarter that is over. The sum of the Met's 32 boroughs beside it would tell of the City."""
    with acting(secretary):
        release_equality(
            quarter,
            population=Grouping.objects.get(pk=LONDON_33.key),
            reason="The board meets before the last returns are in.",
            by=secretary,
        )
    return ReleasedFigure.objects.filter(equality_release__isnull=False).values("figure").distinct().count()
