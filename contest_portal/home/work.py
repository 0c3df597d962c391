"""What a person does next, found from what they may do and not from the name of their role."""

import datetime as dt
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from boards.models import Meeting
from boroughs.models import BankHoliday
from contest_portal.access.grants import lent_grants, may, scope_of
from contest_portal.access.models import Grant
from contest_portal.core.quarters import Quarter
from contest_portal.core.working_days import clear_days_before
from contest_portal.notifications.models import Message
from reports.figures import Figure, figures
from reports.models import Paper, QuarterlyReturn, ReturnStatus
from strands.models import Activity

FEW = 5
MEETINGS = 3
MESSAGES = 3
# A month is what it takes to ask again and be granted again before a role ends.
SOON = dt.timedelta(days=30)
HEADLINES = ["activities", "attendance", "boroughs_active", "returns_accepted"]

Work = dict[str, Any]


def work_of(user: Any, today: dt.date) -> Work:
    """The context of the home page. A part that is not this person's is not in it, and costs no query."""
    work: Work = {"quarter": Quarter.of(today)} | _notices(user)
    for permission, part in PARTS:
        if may(user, permission):
            work |= part(user, today)
    return work


def _notices(user: Any) -> Work:
    """The newest unread messages, which nobody without any pays a query for; and whose deputy the person is today."""
    unread = Message.objects.visible_to(user).unread().select_related("for_person")
    found: Work = {"unread_messages": unread[:MESSAGES] if getattr(user, "unread", 0) else []}
    people = sorted({f"{grant.user} in {grant.scope_name}" for grant in lent_grants(user)})
    if people:
        found["stands_in_for"] = f"Today you stand in for {' and '.join(people)}. What you do there carries both names."
    return found


def _own_activity(user: Any, today: dt.date) -> Work:
    rows = Activity.objects.visible_to(user) & Activity.objects.editable_by(user)
    return {
        "logs": True,
        "activities": rows.select_related("strand", "lead_borough").order_by("-changed_at", "-pk")[:FEW],
    }


def _own_returns(user: Any, today: dt.date) -> Work:
    """Those that are still to be sent, however old, and the newest one of each borough in any state."""
    rows = QuarterlyReturn.objects.submittable_by(user).select_related("borough", "submitted_by")
    now = Quarter.of(today)
    recent = rows.filter(quarter__gte=now.previous())
    open_ = rows.filter(status__in=[ReturnStatus.OPEN, ReturnStatus.SENT_BACK])
    shown = list((recent | open_).order_by("-quarter", "borough__name")[:FEW])
    return {"sends_returns": True, "own_returns": shown, "is_running": any(row.quarter == now for row in shown)}


def _returns_to_check(user: Any, today: dt.date) -> Work:
    """Submitted by somebody else, the longest waiting first."""
    rows = QuarterlyReturn.objects.decided_by(user).filter(status=ReturnStatus.SUBMITTED).exclude(submitted_by=user)
    waiting = rows.select_related("borough", "submitted_by").order_by("submitted_at")
    shown = list(waiting[: FEW + 1])
    count = waiting.count() if len(shown) > FEW else len(shown)
    return {"checks_returns": True, "waiting": shown[:FEW], "waiting_count": count}


def _meetings(user: Any, today: dt.date) -> Work:
    """The next meetings, each with the last day on which its papers can go out; those one arranges come first."""
    scope = scope_of(user, "meeting.arrange") or scope_of(user, "paper.part2")
    rows = Meeting.objects.visible_to(user).exclude(status="cancelled").from_day(today).select_related("board")
    if scope and not scope.everywhere:
        rows = rows.filter(board__key__in=scope.boards)
    holidays = BankHoliday.objects.days()
    meetings = rows[:MEETINGS]
    return {
        "meetings": [(each, clear_days_before(each.day, each.board.notice_days, holidays)) for each in meetings],
        "arranges": may(user, "meeting.arrange"),
    }


def _drafts(user: Any, today: dt.date) -> Work:
    rows = Paper.objects.visible_to(user) & Paper.objects.editable_by(user)
    return {
        "drafts_papers": True,
        "drafts": rows.select_related("board", "meeting", "author").order_by(Coalesce("meeting__day", "dated"))[:FEW],
    }


def _papers(user: Any, today: dt.date) -> Work:
    rows = Paper.objects.visible_to(user).filter(status="issued").select_related("board", "meeting", "issue__item")
    return {"papers": rows.order_by(F("issue__issued_at").desc(nulls_last=True))[:FEW]}


def _headlines(user: Any, today: dt.date) -> Work:
    """London in the last quarter that is over, in the same figures as dashboards and papers."""
    found: dict[str, Figure] = figures(HEADLINES, Quarter.of(today).previous())
    return {"headlines": list(found.values())}


def _grants(user: Any, today: dt.date) -> Work:
    rows = Grant.objects.visible_to(user).live_on(today).filter(ends__lte=today + SOON)
    return {"ending": rows.select_related("user").order_by("ends")[:FEW], "sees_grants": True}


def _reference(user: Any, today: dt.date) -> Work:
    return {"keeps_reference": may(user, "reference.apply")}


PARTS = [
    ("activity.log", _own_activity),
    ("return.submit", _own_returns),
    ("return.send_back", _returns_to_check),
    ("board.read", _meetings),
    ("paper.draft", _drafts),
    ("paper.read", _papers),
    ("dashboard.read", _headlines),
    ("grant.list", _grants),
    ("reference.read", _reference),
]
