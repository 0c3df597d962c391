"""A quarter's returns: called for, submitted, accepted or sent back."""

import datetime as dt
from typing import Any

from django.db import transaction

from boroughs.models import BankHoliday, Borough
from contest_portal.audit.acting import moment
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from contest_portal.core.working_days import add_working_days
from reports.models import QuarterlyReturn, ReturnDecision, ReturnStatus
from reports.models.return_line import frozen_lines, hash_now, lines_from_log

# Working days after the end of the quarter.
CALL, DUE = 1, 10


def call_day(quarter: Quarter) -> dt.date:
    """The day on which boroughs are asked for their returns."""
    return add_working_days(quarter.end, CALL, BankHoliday.objects.days())


def due_day(quarter: Quarter) -> dt.date:
    return add_working_days(quarter.end, DUE, BankHoliday.objects.days())


def next_call(day: dt.date) -> tuple[Quarter, dt.date]:
    """The quarter whose returns are called for next, and when."""
    quarter = Quarter.of(day).previous()
    called = call_day(quarter)
    return (quarter, called) if day < called else (quarter.next(), call_day(quarter.next()))


@transaction.atomic
def open_returns(quarter: Quarter, *, by: Any) -> list[QuarterlyReturn]:
    """Open a return for each of the 33 areas that has none for the quarter. Returns the new ones."""
    # Locked, so that two who open the same quarter at once do not both find it empty.
    boroughs = list(Borough.objects.select_for_update().order_by("gss_code"))
    there = set(QuarterlyReturn.objects.filter(quarter=quarter).values_list("borough_id", flat=True))
    due = due_day(quarter)
    opened = [QuarterlyReturn(borough=each, quarter=quarter, due=due) for each in boroughs if each.pk not in there]
    for quarterly_return in opened:
        quarterly_return.save()
    return opened


def call_for_returns(day: dt.date, *, by: Any) -> list[QuarterlyReturn]:
    """Open the returns of the quarter that ended last, from its call day on. Safe to run every day."""
    quarter = Quarter.of(day).previous()
    return open_returns(quarter, by=by) if day >= call_day(quarter) else []


@transaction.atomic
def describe_return(quarterly_return: QuarterlyReturn, *, by: Any) -> QuarterlyReturn:
    """Save its commentary and its reason for a nil return."""
    if reason := quarterly_return.why_not_edit(by):
        raise Refused(reason)
    quarterly_return.save()
    return quarterly_return


@transaction.atomic
def submit_return(quarterly_return: QuarterlyReturn, *, seen: str, by: Any) -> QuarterlyReturn:
    """Freeze its lines from the log as the next submission. `seen` is the hash of what the person checked."""
    found = _locked(quarterly_return)
    lines = lines_from_log(found)
    if reason := found.why_not_submit(by) or found.why_incomplete(lines):
        raise Refused(reason)
    content_hash = hash_now(found, lines)
    if seen != content_hash:
        raise Refused("The log changed while you were checking this return. Check it again, then submit it.")
    found.submission += 1
    found.status = ReturnStatus.SUBMITTED
    found.submitted_by, found.submitted_at = by, moment()
    found.nil_reason = "" if lines else found.nil_reason
    found.content_hash = content_hash
    found.save()
    for line in lines:
        line.save()
    return found


@transaction.atomic
def accept_return(quarterly_return: QuarterlyReturn, *, seen: str, by: Any) -> QuarterlyReturn:
    """Accept what was submitted, for good. `seen` is the hash of what the person read."""
    found = _locked(quarterly_return)
    if reason := found.why_not_accept(by):
        raise Refused(reason)
    _require_same(found, seen)
    found.status = ReturnStatus.ACCEPTED
    found.accepted_by, found.accepted_at = by, moment()
    found.save()
    _decide(found, "accepted", by=by)
    return found


@transaction.atomic
def send_back_return(quarterly_return: QuarterlyReturn, *, reason: str, by: Any) -> QuarterlyReturn:
    """Give it back to the borough, saying what has to change."""
    found = _locked(quarterly_return)
    if refusal := found.why_not_send_back(by):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("Say what has to change: a return is sent back with a reason.")
    found.status = ReturnStatus.SENT_BACK
    found.change_reason = reason.strip()
    found.save()
    _decide(found, "sent_back", by=by, reason=reason.strip())
    return found


def _locked(quarterly_return: QuarterlyReturn) -> QuarterlyReturn:
    return QuarterlyReturn.objects.select_for_update(of=["self"]).select_related("borough").get(pk=quarterly_return.pk)


def _require_same(quarterly_return: QuarterlyReturn, seen: str) -> None:
    lines = frozen_lines(quarterly_return, quarterly_return.submission)
    if not seen == quarterly_return.content_hash == hash_now(quarterly_return, lines):
        raise Refused("This return is no longer what you read. Open it again, read it, then decide.")


def _decide(quarterly_return: QuarterlyReturn, decision: str, *, by: Any, reason: str = "") -> None:
    ReturnDecision(
        quarterly_return=quarterly_return,
        submission=quarterly_return.submission,
        decision=decision,
        reason=reason,
        by=by,
        at=moment(),
        content_hash=quarterly_return.content_hash,
    ).save()
