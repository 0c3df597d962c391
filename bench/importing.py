"""A spreadsheet of 5,000 activities by the real path, against saving the same rows one by one with history.

`import`: what a worker does when somebody has said “Load them”: open, check every cell and rule, match with the log,
and load. `import_load`: the load alone. One by one is timed on some of the rows and multiplied: each takes as long.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction

from bench.pairs import compare, seconds
from contest_portal.audit.acting import acting
from contest_portal.core.jobs import JobState
from strands.models import Activity, ActivityObjective, ActivityShare, ImportJob
from strands.models.import_job import Phase
from strands.spreadsheets.checking import check, entry_of
from strands.spreadsheets.loading import load, work_on
from tests.cast import person
from tests.strands.spreadsheets.sheets import row, xlsx

ROWS, SOME = 5000, 100
PAIRS = 5


def main() -> None:
    lead = person("brent.lead")
    content = xlsx(row(number, internal_note=f"Note {number}") for number in range(ROWS))
    lines = check("bench.xlsx", content, user=lead, report=lambda _: None).lines
    entries = [entry_of(line) for line in lines[:SOME]]
    one_by_one = _undone(lambda: _save(entries, lead), ROWS / SOME)
    compare("import", one_by_one, _undone(lambda: _import(content, lead)), pairs=PAIRS)
    together = _undone(lambda: load(lines, reason="Bench", by=lead))
    compare("import_load", one_by_one, together, pairs=PAIRS)


def _undone(work: Callable[[], object], times: float = 1) -> Callable[[], float]:
    """The seconds it takes, `times` over; afterwards the log is as it was."""

    def timed() -> float:
        with transaction.atomic():
            spent = seconds(work) * times
            transaction.set_rollback(True)
        return spent

    return timed


def _save(entries: list[Any], by: Any) -> None:
    with acting(by, reason="Bench"):
        for number, entry in enumerate(entries):
            activity = Activity(form_key=uuid4(), logged_by=by, reference=f"ONE/2026-27/{number:04d}", **entry.columns)
            activity.save()
            ActivityShare(activity=activity, borough=entry.columns["lead_borough"], percent=Decimal(100)).save()
            for key in entry.objectives:
                ActivityObjective(activity=activity, objective_id=key).save()


def _import(content: bytes, by: Any) -> None:
    counts = {"new": ROWS, "changed": 0, "same": 0}
    queued = ImportJob(
        owner=by, form_key=uuid4(), filename="bench.xlsx", content=content, phase=Phase.LOAD, result={"counts": counts}
    )
    queued.save()
    job = ImportJob.objects.claim(queued.pk)
    work_on(job)
    done = ImportJob.objects.get(pk=queued.pk)
    if done.state != JobState.READY or not done.is_loading:
        raise RuntimeError(f"The import did not load: {done.reason or done.problems[:1]}")
