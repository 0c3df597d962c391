"""A return is written and submitted: by its lead, by a deputy, or on behalf of the lead."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from contest_portal.access.grants import holders_of, stands_in_for
from contest_portal.audit import bulk
from contest_portal.audit.acting import moment
from contest_portal.core.refusal import Refused
from reports.models import QuarterlyReturn, ReturnLine, ReturnStatus, ReturnSubmission
from reports.models.return_content import facts_of, hash_now
from reports.models.return_line import lines_from_log, readable
from reports.models.return_texts import TEXTS
from reports.rendering.return_checks import Finding, errors_of, findings_of, warnings_of
from reports.workflow.return_notices import tell_submitted
from reports.workflow.returns import locked


@transaction.atomic
def describe_return(
    quarterly_return: QuarterlyReturn, *, by: Any, replies: Mapping[int, str] | None = None
) -> QuarterlyReturn:
    """Save its texts, and the borough's `replies` to what it was asked about, by the key of each reason."""
    if reason := quarterly_return.why_not_edit(by):
        raise Refused(reason)
    quarterly_return.save()
    for asked in quarterly_return.reasons.filter(pk__in=replies or {}, reply=""):
        asked.reply = (replies or {})[asked.pk].strip()
        if asked.reply:
            asked.replied_by, asked.replied_at = by, moment()
            asked.save()
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
    if reason := found.why_not_submit(by):
        raise Refused(reason)
    found.submitted_for = stands_in_for(by, "return.submit", borough=found.borough_id)
    return _submit(found, seen, by, checked, note)


@transaction.atomic
def submit_return_for(
    quarterly_return: QuarterlyReturn, *, officer: Any, reason: str, seen: str, by: Any, checked: Collection[str] = ()
) -> QuarterlyReturn:
    """The same on behalf of the `officer` who answers for it; both names stay with it."""
    found = locked(quarterly_return)
    if refusal := found.why_not_submit_for(by):
        raise Refused(refusal)
    if officer.pk == by.pk or officer not in holders_of("return.submit", borough=found.borough_id):
        raise Refused(f"Choose somebody who sends the returns of {found.borough}.")
    if len(readable(lines := lines_from_log(found), by)) < len(lines):
        raise Refused("This return has OFFICIAL-SENSITIVE lines that you do not read. A lead of the borough sends it.")
    found.submitted_for = officer
    found.change_reason = f"On behalf of {officer}: {reason.strip()}"
    return _submit(found, seen, by, checked, reason)


def _submit(found: QuarterlyReturn, seen: str, by: Any, checked: Collection[str], note: str) -> QuarterlyReturn:
    lines = lines_from_log(found)
    findings = findings_of(found, lines, timezone.localdate())
    if reason := _unsettled(findings, checked, note):
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
    """A correction keeps the day on which the return first came in, and what is accepted stays in force."""
    if found.status == ReturnStatus.ACCEPTED and found.accepted_submission is None:
        found.accepted_submission = found.submission
    found.submission += 1
    found.status = ReturnStatus.SUBMITTED
    found.submitted_by = by
    found.submitted_at = found.moved_at = moment()
    if found.accepted_submission is None:
        found.received_at = found.submitted_at
    found.approved_by = found.approved_at = found.accepted_by = found.accepted_at = None
    found.nil_reason = "" if lines else found.nil_reason
    found.content_hash = content_hash
    found.save()


def _freeze(
    found: QuarterlyReturn, lines: list[ReturnLine], facts: dict[str, str], warnings: list[str], note: str
) -> None:
    bulk.save_new(lines)
    ReturnSubmission(
        quarterly_return=found,
        number=found.submission,
        by=found.submitted_by,
        behalf_of=found.submitted_for,
        at=moment(),
        facts=facts,
        warnings=warnings,
        warnings_note=note.strip(),
        correction_reason=found.correction_reason,
        content_hash=found.content_hash,
        **{name: getattr(found, name) for name in TEXTS},
    ).save()
