"""Leaving something that the checker found as it is, under a name and with a reason."""

from typing import Any

from django.db import transaction

from contest_portal.audit.acting import moment
from contest_portal.core.refusal import Refused
from reports.models import AcceptedFinding, Paper
from reports.rendering.checks import Finding
from reports.workflow.papers import open_draft


@transaction.atomic
def accept_finding(paper: Paper, finding: Finding, *, reason: str, by: Any) -> AcceptedFinding:
    """It is bound to the text as it is now, and void once that changes."""
    locked = open_draft(paper, by=by)
    if AcceptedFinding.objects.filter(paper=locked, digest=finding.digest).exists():
        raise Refused("Somebody has accepted this already.")
    accepted = AcceptedFinding(
        paper=locked,
        family=finding.family,
        digest=finding.digest,
        words=finding.words,
        exempt=finding.exempt,
        reason=reason,
        accepted_by=by,
        accepted_at=moment(),
    )
    accepted.save()
    return accepted
