"""Asking for a download that a worker writes, and handing it to whoever asked for it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from contest_portal.audit.models import AccessRecord
from contest_portal.core.jobs import RESEND, JobState
from contest_portal.core.markings import Marking
from strands.models import ExportJob

KEPT_FOR = dt.timedelta(days=1)


def ask_for_export(query: str, format: str, *, by: Any) -> ExportJob:  # noqa: A002  (the field's name)
    """A job that writes it; asked again while it is being written, the same job."""
    unfinished = ExportJob.objects.filter(owner=by, query=query, format=format)
    found = unfinished.filter(state__in=[JobState.QUEUED, JobState.WORKING]).first()
    if found:
        return found
    job = ExportJob.objects.create(owner=by, query=query, format=format, next_dispatch=Now() + RESEND)
    transaction.on_commit(job.announce, robust=True)
    return job


def why_not_hand_out(job: ExportJob, rights: str) -> str:
    """`rights` are those of today. Empty when the file may be downloaded."""
    if not job.is_ready:
        return "The file is not written yet."
    if job.rights != rights:
        return "Your access has changed since this file was written. Download the list again."
    if timezone.now() - job.created_at > KEPT_FOR:
        return "This file is older than a day, and the log has moved on. Download the list again."
    return ""


def record_download(job: ExportJob, *, by: Any) -> None:
    """That OFFICIAL-SENSITIVE rows left the portal. Each of them was recorded when the file was written."""
    if job.marking == Marking.OFFICIAL_SENSITIVE:
        AccessRecord.objects.create(user=by, action="downloaded", what=f"export {job.pk} of {job.rows} activities")


def forget_exports() -> int:
    """The files that nobody may download any more. How many."""
    return ExportJob.objects.forget_contents(timezone.now() - KEPT_FOR)
