"""What becomes of a return that was submitted: it is approved, accepted, or sent back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from contest_portal.audit.acting import moment
from contest_portal.core.refusal import Refused
from reports.models import QuarterlyReturn, ReturnDecision, ReturnReason, ReturnStatus
from reports.models.return_content import hash_now
from reports.models.return_line import frozen_lines
from reports.workflow.return_notices import tell_accepted, tell_approved, tell_sent_back
from reports.workflow.returns import locked


@transaction.atomic
def accept_return(quarterly_return: QuarterlyReturn, *, seen: str, by: Any) -> QuarterlyReturn:
    """Accept what was submitted, or approve it where the borough does so first. `seen` is the hash of what was read."""
    found = locked(quarterly_return)
    if reason := found.why_not_accept(by):
        raise Refused(reason)
    _require_same(found, seen)
    decision = "approved" if found.next_is_approval else "accepted"
    if decision == "approved":
        found.status, found.approved_by = ReturnStatus.APPROVED, by
        found.approved_at = found.moved_at = moment()
    else:
        _accept(found, by)
    found.save()
    _decide(found, decision, by=by)
    tell_of_it = tell_approved if decision == "approved" else tell_accepted
    tell_of_it(found, by=by)
    return found


def _accept(found: QuarterlyReturn, by: Any) -> None:
    """The submission is in force from now on. After an earlier one it is a revision, which stands beside that."""
    found.revision += found.accepted_submission is not None
    found.accepted_submission = found.submission
    found.correction_reason = ""
    found.status, found.accepted_by = ReturnStatus.ACCEPTED, by
    found.accepted_at = found.moved_at = moment()


@transaction.atomic
def send_back_return(
    quarterly_return: QuarterlyReturn,
    *,
    reason: str,
    by: Any,
    lines: Mapping[int, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> QuarterlyReturn:
    """Give it back to the borough, saying what has to change: in general, at `lines` by activity, at `answers`."""
    found = locked(quarterly_return)
    if refusal := found.why_not_send_back(by):
        raise Refused(refusal)
    asked = _asked(lines or {}, answers or {})
    if not reason.strip() and not asked:
        raise Refused("Say what has to change: a return is sent back with a reason.")
    words = reason.strip() or f"{len(asked)} thing{'s' if len(asked) > 1 else ''} to put right, each said at its place."
    decision = _decide(found, "sent_back", by=by, reason=words)
    for place in asked:
        ReturnReason(quarterly_return=found, decision=decision, **place).save()
    _move_back(found)
    found.change_reason = words
    found.save()
    at_lines = sum("activity_id" in place for place in asked)
    tell_sent_back(found, by=by, lines=at_lines, answers=len(asked) - at_lines)
    return found


def _asked(lines: Mapping[int, str], answers: Mapping[str, str]) -> list[dict[str, Any]]:
    at_lines = [{"activity_id": key, "text": text.strip()} for key, text in lines.items() if text.strip()]
    return at_lines + [{"answer": key, "text": text.strip()} for key, text in answers.items() if text.strip()]


def _move_back(found: QuarterlyReturn) -> None:
    """A correction that is sent back leaves the accepted return as it was, and its own lines beside it."""
    found.moved_at = moment()
    found.approved_by = found.approved_at = None
    if found.accepted_submission is None:
        found.status = ReturnStatus.SENT_BACK
        return
    accepted = found.decisions.filter(decision="accepted").select_related("by").first()
    sent = found.submissions.filter(number=found.accepted_submission).first()
    found.status = ReturnStatus.ACCEPTED
    if accepted and sent:
        found.accepted_by, found.accepted_at = accepted.by, accepted.at
        found.submitted_by, found.submitted_for, found.submitted_at = sent.by, sent.behalf_of, sent.at
        found.content_hash = accepted.content_hash


def _require_same(quarterly_return: QuarterlyReturn, seen: str) -> None:
    lines = frozen_lines(quarterly_return, quarterly_return.submission)
    if not seen == quarterly_return.content_hash == hash_now(quarterly_return, lines):
        raise Refused("This return is no longer what you read. Open it again, read it, then decide.")


def _decide(quarterly_return: QuarterlyReturn, decision: str, *, by: Any, reason: str = "") -> ReturnDecision:
    made = ReturnDecision(
        quarterly_return=quarterly_return,
        submission=quarterly_return.submission,
        decision=decision,
        reason=reason,
        by=by,
        at=moment(),
        content_hash=quarterly_return.content_hash,
    )
    made.save()
    return made
