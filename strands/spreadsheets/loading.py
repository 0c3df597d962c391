"""What a worker does with a spreadsheet that somebody sent: check it, and load it when they have said so.

It acts with the rights that the person has then. A load checks everything again, and writes all of it or nothing.
"""

import datetime as dt
from collections import defaultdict
from typing import Any

import structlog
from django.db import DatabaseError

from contest_portal.access.grants import may
from contest_portal.audit.acting import acting
from contest_portal.core.jobs import Abandoned
from contest_portal.core.refusal import Refused
from strands.models import Activity, ImportJob
from strands.models.import_job import Phase
from strands.spreadsheets.checking import check, entry_of, problems_of, questions_of
from strands.spreadsheets.lines import Line, Sheet
from strands.spreadsheets.matching import CHANGED, NEW, SAME, row_key
from strands.workflow.bulk_logging import log_activities
from strands.workflow.joint_work import tell_partners_together
from strands.workflow.logging import Entry, change_activity

MOST_SHOWN = 500
# Nothing can be reported from within the one transaction of a load; no task runs longer than this.
AT_MOST = dt.timedelta(seconds=150)
NO_LONGER = "You no longer have a role that logs activities, so the spreadsheet was not loaded."
UNEXPECTED = "Something went wrong in the portal while it worked on this spreadsheet. Nothing was loaded. Try again."

log = structlog.get_logger(__name__)


def work_on(job: ImportJob) -> None:
    try:
        if not may(job.owner, "activity.log"):
            job.park(NO_LONGER)
        elif job.phase == Phase.LOAD:
            _load(job)
        else:
            _check(job)
    except Refused as refusal:
        job.park(str(refusal))
    except Abandoned:
        log.info("spreadsheet_taken_by_another_worker", job=str(job.pk))
    except (DatabaseError, ArithmeticError, LookupError, TypeError, ValueError) as failure:
        log.error("spreadsheet_failed", job=str(job.pk), kind=type(failure).__name__)
        job.fail(UNEXPECTED)


def _check(job: ImportJob) -> None:
    sheet = check(job.filename, bytes(job.content), user=job.owner, report=job.report)
    job.finish(result=summary(sheet))


def _load(job: ImportJob) -> None:
    sheet = check(job.filename, bytes(job.content), user=job.owner, report=lambda part: job.report(part * 6 // 10))
    found = summary(sheet)
    if found["problems"] or found["counts"] != job.counts:
        # The log, or the person's rights, changed in between: they look at what is there now before anything is loaded.
        job.finish(phase=Phase.CHECK, result=found | {"again": True})
        return
    job.report(65, lease=AT_MOST)
    reason = f"Spreadsheet {job.filename}"
    with acting(job.owner, reason=reason):
        made = load(sheet.lines, reason=reason, by=job.owner)
        references = sorted(made)
        job.finish(content=b"", result=found | {"references": references[:1] + references[-1:]})


def load(lines: list[Line], *, reason: str, by: Any) -> list[str]:
    """Write every line of a sheet without problems. The references of what is new and what is changed."""
    with acting(by, reason=reason):
        new = [(row_key(line), entry_of(line)) for line in lines if line.outcome == NEW]
        made = log_activities(new, reason=reason, by=by)
        references = [each.reference for each in made]
        named: dict[str, list[Activity]] = defaultdict(list)
        joint = {each.pk: entry for each, (_, entry) in zip(made, new, strict=True) if len(entry.shares) > 1}
        for activity in Activity.objects.filter(pk__in=joint).order_by("pk") if joint else ():
            _name(named, activity, joint[activity.pk], before={activity.lead_borough_id})
        for line in lines:
            if line.outcome == CHANGED and line.activity is not None:
                entry, version = entry_of(line), line.activity.version
                before = {share.borough_id for share in line.activity.shares.all()}
                activity = change_activity(line.activity, entry, version=version, reason=reason, by=by, tell=False)
                references.append(activity.reference)
                _name(named, activity, entry, before=before)
        tell_partners_together(named, by=by)
    return references


def _name(named: dict[str, list[Activity]], activity: Activity, entry: Entry, *, before: set[str]) -> None:
    """Under each borough that takes part now and did not before."""
    for code in entry.shares.keys() - before:
        named[code].append(activity)


def summary(sheet: Sheet) -> dict[str, Any]:
    """As the page shows it and the job keeps it."""
    counts = dict.fromkeys((NEW, CHANGED, SAME), 0)
    for line in sheet.lines:
        if line.outcome:
            counts[line.outcome] += 1
    problems, questions = problems_of(sheet), questions_of(sheet)
    changed = [line for line in sheet.lines if line.outcome == CHANGED and line.activity]
    return {
        "counts": counts,
        "problem_count": len(problems),
        "problems": [problem.as_json for problem in problems[:MOST_SHOWN]],
        "questions": [question.as_json for question in questions[:MOST_SHOWN]],
        "changes": [
            {"reference": line.activity.reference, "row": line.number, "fields": line.changes}
            for line in changed[:MOST_SHOWN]
            if line.activity
        ],
    }
