"""What becomes of a return that was submitted: it is accepted, or sent back."""

from typing import Any

from django.db import transaction

from contest_portal.audit.acting import moment
from contest_portal.core.refusal import Refused
from reports.models import QuarterlyReturn, ReturnDecision, ReturnStatus
from reports.models.return_content import hash_now
from reports.models.return_line import frozen_lines
from reports.workflow.return_notices import tell_accepted, tell_sent_back
from reports.workflow.returns import locked


@transaction.atomic
def accept_return(quarterly_return: QuarterlyReturn, *, seen: str, by: Any) -> QuarterlyReturn:
    """Accept what was submitted, for good. `seen` is the hash of what the person read."""
    found = locked(quarterly_return)
    if reason := found.why_not_accept(by):
        raise Refused(reason)
    _require_same(found, seen)
    found.status = ReturnStatus.ACCEPTED
    found.accepted_by = by
    found.accepted_at = found.moved_at = moment()
    found.save()
    _decide(found, "accepted", by=by)
    tell_accepted(found, by=by)
    return found


@transaction.atomic
def send_back_return(quarterly_return: QuarterlyReturn, *, reason: str, by: Any) -> QuarterlyReturn:
    """Give it back to the borough, saying what has to change."""
    found = locked(quarterly_return)
    if refusal := found.why_not_send_back(by):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("Say what has to change: a return is sent back with a reason.")
    found.status = ReturnStatus.SENT_BACK
    found.moved_at = moment()
    found.change_reason = reason.strip()
    found.save()
    _decide(found, "sent_back", by=by, reason=reason.strip())
    tell_sent_back(found, by=by)
    return found


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
