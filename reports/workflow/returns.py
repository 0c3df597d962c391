"""A quarter's returns: called for, written and submitted."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from boroughs.models import BankHoliday, Borough
from contest_portal.audit.acting import moment
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from contest_portal.core.working_days import add_working_days
from reports.models import QuarterlyReturn, ReturnAssignment, ReturnLine, ReturnStatus, ReturnSubmission
from reports.models.return_content import facts_of, hash_now
from reports.models.return_line import lines_from_log
from reports.models.return_texts import TEXTS
from reports.rendering.return_checks import Finding, errors_of, findings_of, warnings_of
from reports.workflow.return_notices import tell_submitted

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
    """Open a return for each area that is assigned one at the end of the quarter and has none. Returns the new ones."""
    # Locked, so that two who open the same quarter at once do not both find it empty.
    list(Borough.objects.select_for_update().order_by("gss_code"))
    there = set(QuarterlyReturn.objects.filter(quarter=quarter).values_list("borough_id", flat=True))
    assigned = ReturnAssignment.objects.on(quarter.end).select_related("borough").order_by("borough")
    usual = due_day(quarter)
    opened = [_opened(each, quarter, usual) for each in assigned if each.borough_id not in there]
    for quarterly_return in opened:
        quarterly_return.save()
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
def describe_return(quarterly_return: QuarterlyReturn, *, by: Any) -> QuarterlyReturn:
    """Save its commentary and its reason for a nil return."""
    if reason := quarterly_return.why_not_edit(by):
        raise Refused(reason)
    quarterly_return.save()
    return quarterly_return


@transaction.atomic
def submit_return(
    quarterly_return: QuarterlyReturn, *, seen: str, by: Any, checked: Collection[str] = (), note: str = ""
) -> QuarterlyReturn:
    """Freeze its lines, texts and facts as the next submission.

    `seen` is the hash of what the person checked; `checked` are the keys of the warnings they looked at, and `note`
    is their reason where they ticked none.
    """
    found = locked(quarterly_return)
    lines = lines_from_log(found)
    findings = findings_of(found, lines, timezone.localdate())
    if reason := found.why_not_submit(by) or _unsettled(findings, checked, note):
        raise Refused(reason)
    facts = facts_of(found)
    content_hash = hash_now(found, lines)
    if seen != content_hash:
        raise Refused("The log changed while you were checking this return. Check it again, then submit it.")
    _move_to_submitted(found, lines, by, content_hash)
    _freeze(found, lines, facts, [each.text for each in warnings_of(findings)], note)
    tell_submitted(found, by=by)
    return found


def _unsettled(findings: list[Finding], checked: Collection[str], note: str) -> str:
    """The first thing that keeps a return back: an error, or a warning that nobody ticked or gave a reason for."""
    if errors := errors_of(findings):
        return errors[0].text
    unseen = [each for each in warnings_of(findings) if each.key not in checked and not note.strip()]
    return f"Tick that you looked at this, or give a reason: {unseen[0].text}" if unseen else ""


def _move_to_submitted(found: QuarterlyReturn, lines: list[ReturnLine], by: Any, content_hash: str) -> None:
    found.submission += 1
    found.status = ReturnStatus.SUBMITTED
    found.submitted_by = by
    found.submitted_at = found.moved_at = found.received_at = moment()
    found.nil_reason = "" if lines else found.nil_reason
    found.content_hash = content_hash
    found.save()


def _freeze(
    found: QuarterlyReturn, lines: list[ReturnLine], facts: dict[str, str], warnings: list[str], note: str
) -> None:
    for line in lines:
        line.save()
    ReturnSubmission(
        quarterly_return=found,
        number=found.submission,
        by=found.submitted_by,
        behalf_of=found.submitted_for,
        at=moment(),
        facts=facts,
        warnings=warnings,
        warnings_note=note.strip(),
        content_hash=found.content_hash,
        **{name: getattr(found, name) for name in TEXTS},
    ).save()


def locked(quarterly_return: QuarterlyReturn) -> QuarterlyReturn:
    """The row as it is now, and nobody else's until the end of the transaction."""
    return QuarterlyReturn.objects.select_for_update(of=["self"]).select_related("borough").get(pk=quarterly_return.pk)
