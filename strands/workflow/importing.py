"""Sending in a spreadsheet, and saying that it may be loaded. A worker does both; these leave it a row."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from contest_portal.core.jobs import RESEND, JobState
from contest_portal.core.refusal import Refused
from strands.models import ImportJob
from strands.models.import_job import Phase

KEPT = dt.timedelta(days=30)


def send_spreadsheet(name: str, content: bytes, *, form_key: UUID, by: Any) -> ImportJob:
    """A job that checks the spreadsheet. The same form sent twice is one job."""
    fields = {"owner": by, "filename": name, "content": content, "next_dispatch": Now() + RESEND}
    job, is_new = ImportJob.objects.get_or_create(form_key=form_key, defaults=fields)
    if job.owner_id != by.pk:
        raise Refused("Somebody else sent this form. Open a new one and choose the spreadsheet there.")
    if is_new:
        transaction.on_commit(job.announce, robust=True)
    return job


def load_spreadsheet(job: ImportJob, *, by: Any) -> None:
    """Load what the check found. Asked twice, it is loaded once."""
    if job.owner_id != by.pk:
        raise Refused("Only the person who sent a spreadsheet can have it loaded.")
    if job.is_loading:
        return
    if job.why_not_load:
        raise Refused(job.why_not_load)
    if job.queue_again(JobState.READY, phase=Phase.LOAD):
        transaction.on_commit(job.announce, robust=True)


def forget_spreadsheets() -> int:
    """Those that were sent long ago and never loaded, with what they hold. How many."""
    count, _ = ImportJob.objects.never_loaded().sent_before(timezone.now() - KEPT).delete()
    return count


def try_again(job: ImportJob) -> None:
    """Do again what stopped: the check from the start, or the load."""
    if job.queue_again(JobState.PARKED):
        transaction.on_commit(job.announce, robust=True)
