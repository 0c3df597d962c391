"""What a worker does for a long download: write it as the person who asked may read it then."""

import structlog
from django.db import DatabaseError
from django.http import QueryDict

from contest_portal.access.grants import may, rights_of
from contest_portal.audit.acting import acting
from contest_portal.core.jobs import Abandoned
from contest_portal.ui.csv import csv_bytes
from strands.forms.as_at import known_of
from strands.forms.filters import ActivityFilter
from strands.models import ExportJob
from strands.spreadsheets.export import MOST, as_known, csv_lines, exported, first_keys, workbook_of
from strands.workflow.reading import record_reading

NO_LONGER = "You no longer have a role that reads activities, so the file was not written."
TOO_MANY = f"These are more than {MOST:,} activities. Choose a quarter or a borough, and download those."
NO_DAY = "The list names a day that has not come, or none at all. Open the list again, choose the day, and download it."
UNEXPECTED = "Something went wrong in the portal while it wrote this file. Try again."

log = structlog.get_logger(__name__)


def write(job: ExportJob) -> None:
    try:
        if not may(job.owner, "activity.list"):
            job.park(NO_LONGER)
        else:
            _write(job)
    except Abandoned:
        log.info("export_taken_by_another_worker", job=str(job.pk))
    except (DatabaseError, ArithmeticError, LookupError, TypeError, ValueError) as failure:
        log.error("export_failed", job=str(job.pk), kind=type(failure).__name__)
        job.fail(UNEXPECTED)


def _write(job: ExportJob) -> None:
    query = QueryDict(job.query)
    known = known_of(query)
    if known is None:
        job.park(NO_DAY)
        return
    with as_known(known):
        found = ActivityFilter(query, user=job.owner).found()
        keys = first_keys(found, MOST)
        export = exported(found, keys, user=job.owner, report=job.report) if len(keys) <= MOST else None
    if export is None:
        job.park(TOO_MANY)
        return
    job.report(70)
    content = csv_bytes(csv_lines(export)) if job.format == "csv" else workbook_of(export)
    with acting(job.owner):
        record_reading(export.activities, "exported", by=job.owner)
        job.finish(content=content, rows=len(export.activities), marking=export.marking, rights=rights_of(job.owner))
