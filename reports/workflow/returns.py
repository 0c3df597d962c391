"""A quarter's returns are called for, and arranged: who is excused, who may correct what is accepted."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from boroughs.models import BankHoliday, Borough
from contest_portal.access.grants import holders_of
from contest_portal.audit import bulk
from contest_portal.audit.acting import moment
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from contest_portal.core.working_days import add_working_days
from contest_portal.ui.formats import day
from reports.models import QuarterlyReturn, ReturnAssignment, ReturnStatus, ReturnUnlocking
from reports.workflow.return_notices import tell_asked_again, tell_excused, tell_unlocked

# Working days after the end of the quarter.
CALL, DUE = 1, 10
# A correction that takes longer is asked for again.
LONGEST_UNLOCKING = dt.timedelta(days=90)


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
    """Open a return for each area that is assigned one at the end of the quarter and has none. Returns the new ones."""
    # Locked, so that two who open the same quarter at once do not both find it empty.
    list(Borough.objects.select_for_update().order_by("gss_code"))
    there = set(QuarterlyReturn.objects.filter(quarter=quarter).values_list("borough_id", flat=True))
    assigned = ReturnAssignment.objects.on(quarter.end).select_related("borough").order_by("borough")
    usual = due_day(quarter)
    opened = [_opened(each, quarter, usual) for each in assigned if each.borough_id not in there]
    bulk.save_new(opened)
    return opened


def _opened(assignment: ReturnAssignment, quarter: Quarter, usual: dt.date) -> QuarterlyReturn:
    """Where the data are known to come later than for others, it is not due, and never overdue, before that."""
    later = quarter.end + dt.timedelta(days=assignment.lag_days)
    return QuarterlyReturn(
        borough=assignment.borough,
        quarter=quarter,
        due=max(usual, later),
        usual_due=usual if later > usual else None,
        lead_post=assignment.lead_post,
        approver_post=assignment.approver_post,
        levels=assignment.levels,
    )


def call_for_returns(day: dt.date, *, by: Any) -> list[QuarterlyReturn]:
    """Open the returns of the quarter that ended last, from its call day on. Safe to run every day."""
    quarter = Quarter.of(day).previous()
    return open_returns(quarter, by=by) if day >= call_day(quarter) else []


@transaction.atomic
def excuse_return(quarterly_return: QuarterlyReturn, *, reason: str, deputy: Any, by: Any) -> QuarterlyReturn:
    """The borough need not send it. A `deputy`, who may be None, can still do so."""
    found = locked(quarterly_return)
    if refusal := found.why_not_excuse(by):
        raise Refused(refusal)
    found.status = ReturnStatus.EXCUSED
    found.moved_at = moment()
    found.excuse_reason, found.deputy = reason.strip(), deputy
    found.change_reason = reason.strip()
    found.save()
    tell_excused(found, by=by)
    return found


@transaction.atomic
def ask_again(quarterly_return: QuarterlyReturn, *, by: Any) -> QuarterlyReturn:
    """Take an excuse back."""
    found = locked(quarterly_return)
    if found.status != ReturnStatus.EXCUSED or not QuarterlyReturn.objects.arranged_by(by).filter(pk=found.pk):
        raise Refused("Only a return that is excused can be asked for again.")
    found.status = ReturnStatus.OPEN
    found.moved_at = moment()
    found.excuse_reason, found.deputy = "", None
    found.save()
    tell_asked_again(found, by=by)
    return found


@transaction.atomic
def unlock_return(
    quarterly_return: QuarterlyReturn, *, person: Any, ends: dt.date, reason: str, by: Any
) -> ReturnUnlocking:
    """Let one `person` correct it until the day it `ends`; after that it is locked again by itself."""
    found = locked(quarterly_return)
    if refusal := found.why_not_unlock(by):
        raise Refused(refusal)
    today = timezone.localdate()
    if not today <= ends <= today + LONGEST_UNLOCKING:
        raise Refused(f"Choose a last day from today to {day(today + LONGEST_UNLOCKING)}.")
    if person not in holders_of("return.submit", borough=found.borough_id):
        raise Refused(f"Choose somebody who sends the returns of {found.borough}.")
    unlocking = ReturnUnlocking(
        quarterly_return=found, person=person, starts=today, ends=ends, reason=reason.strip(), granted_by=by
    )
    unlocking.save()
    tell_unlocked(unlocking, by=by)
    return unlocking


def locked(quarterly_return: QuarterlyReturn) -> QuarterlyReturn:
    """The row as it is now, and nobody else's until the end of the transaction."""
    rows = QuarterlyReturn.objects.select_for_update(of=["self"]).select_related("borough", "deputy")
    return rows.get(pk=quarterly_return.pk)
