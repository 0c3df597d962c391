"""Deliverables for tests, entered as the strand lead or the secretary enters them."""

import datetime as dt
from typing import Any

from contest_portal.audit.acting import acting
from strands.models import Deliverable, DeliverableProgress, Milestone, Slip
from strands.workflow.deliverables import add_deliverable, judge_deliverable, mark_area, move_milestone, reach_milestone
from tests.cast import person

MARCH, JUNE = dt.date(2027, 3, 31), dt.date(2027, 6, 30)


def deliverable(due: dt.date = MARCH, *, by: str = "secretary", precision: str = "exact", **values: Any) -> Deliverable:
    author = person(by)
    about = {"title": "Local profiles", "done_when": "Each area holds its profile.", "owner": "Prevent manager"}
    made = Deliverable(**{"strand_id": "prevent", "year": 2026} | about | values)
    with acting(author):
        return add_deliverable(made, due=(due, precision), by=author)


def judged(found: Deliverable, *, by: str = "secretary", **values: Any) -> Deliverable:
    for name, value in values.items():
        setattr(found, name, value)
    author = person(by)
    with acting(author):
        return judge_deliverable(found, by=author)


def put_off(found: Deliverable, to: dt.date, reason: str, *, by: str = "secretary") -> Slip:
    author, last = person(by), found.milestones.get(is_last=True)
    with acting(author):
        return move_milestone(last, due=(to, "exact"), reason=reason, seen=last.version, by=author)


def reached(milestone: Milestone, day: dt.date, reason: str = "", *, by: str = "secretary") -> Milestone:
    author = person(by)
    with acting(author):
        return reach_milestone(milestone, day=day, reason=reason, seen=milestone.version, by=author)


def marked(found: Deliverable, gss_code: str, *, by: str = "secretary", **values: Any) -> DeliverableProgress:
    author = person(by)
    given = values or {"delivered_on": dt.date(2026, 5, 1), "delivered_to": "Chief executive"}
    with acting(author):
        return mark_area(DeliverableProgress(deliverable=found, borough_id=gss_code, **given), by=author)
