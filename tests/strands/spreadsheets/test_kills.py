"""A worker that is killed, and many at once: a spreadsheet is loaded once or not at all, and the job says which."""

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.audit.models import LedgerEntry
from contest_portal.core.jobs import MOST_CLAIMS, JobState
from contest_portal.management.programs import ROOT
from strands.models import Activity, ActivityShare, ImportJob
from strands.models.import_job import Phase
from strands.tasks import forget_spreadsheets
from tests.cast import as_, person
from tests.strands.spreadsheets.sheets import checked, loaded, row, send, worked, xlsx

ROWS = 300
AT_ONCE = 6
WORKER = """
import sys
import django; django.setup()
from strands.tasks import work_on_spreadsheet
work_on_spreadsheet(sys.argv[1])
"""


def asked_to_load(user: User, content: bytes) -> ImportJob:
    job = checked(user, content)
    as_(user).post(reverse("spreadsheet_load", args=[job.pk]))
    return again(job)


def again(job: ImportJob) -> ImportJob:
    return ImportJob.objects.get(pk=job.pk)


def killed(job: ImportJob, holds: Callable[[ImportJob], bool]) -> None:
    """kill -9 of a worker of its own as soon as that holds of the job, or once it is done."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + settings.DATABASES["default"]["NAME"])
    environment = os.environ | {"DATABASE_URL": url.geturl(), "DJANGO_SETTINGS_MODULE": "contest_portal.settings"}
    worker = subprocess.Popen([sys.executable, "-W", "ignore", "-c", WORKER, str(job.pk)], cwd=ROOT, env=environment)
    until = time.monotonic() + 90
    while worker.poll() is None and not holds(again(job)):
        assert time.monotonic() < until
        time.sleep(0.002)
    worker.kill()
    worker.wait()


def silent_until_taken_back(job: ImportJob) -> ImportJob:
    """Its lease runs out, and the sweeper takes it back."""
    ImportJob.objects.filter(pk=job.pk, state=JobState.WORKING).update(lease_until=Now() - dt.timedelta(seconds=1))
    ImportJob.objects.take_back_expired()
    return again(job)


@pytest.mark.parametrize("progress", [1, 10, 65])
def test_a_killed_worker_leaves_a_spreadsheet_loaded_once_or_not_at_all(committed: None, progress: int) -> None:
    job = asked_to_load(person("brent.lead"), xlsx([row(number) for number in range(ROWS)]))
    before = LedgerEntry.objects.count()

    killed(job, lambda found: found.progress >= progress)
    left = Activity.objects.count()
    back = silent_until_taken_back(job)

    assert left == (ROWS if back.is_loaded else 0)
    if not back.is_loaded:
        assert (back.state_in_words, LedgerEntry.objects.count()) == ("Waiting", before)
        assert worked(back).is_loaded
    assert Activity.objects.count() == ActivityShare.objects.count() == ROWS


def test_a_spreadsheet_whose_workers_always_die_says_so_and_can_be_tried_again(committed: None) -> None:
    lead = person("brent.lead")
    job = asked_to_load(lead, xlsx([row(1)]))
    ImportJob.objects.filter(pk=job.pk).update(state=JobState.WORKING, attempts=MOST_CLAIMS, token=uuid4())

    stopped = silent_until_taken_back(job)
    page = as_(lead).get(job.get_absolute_url()).content.decode()
    as_(lead).post(reverse("spreadsheet_retry", args=[job.pk]))

    assert stopped.is_parked
    assert f"stopped {MOST_CLAIMS} times before it was done" in page
    assert not Activity.objects.exists()
    assert worked(job).is_loaded
    assert Activity.objects.count() == 1


def together(act: Callable[[Any], Any], what: list[Any]) -> list[Any]:
    def one(each: Any) -> Any:
        try:
            return act(each)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(what)) as pool:
        return list(pool.map(one, what))


def test_one_form_sent_many_times_at_once_is_one_job_that_is_loaded_once(committed: None) -> None:
    lead, content, key = person("brent.lead"), xlsx([row(number) for number in range(20)]), str(uuid4())

    places = together(lambda _: send(lead, content, form_key=key)["Location"], [None] * AT_ONCE)
    job = ImportJob.objects.get()
    worked(job)
    together(lambda _: as_(lead).post(reverse("spreadsheet_load", args=[job.pk])), [None] * AT_ONCE)
    together(worked, [job] * AT_ONCE)

    assert set(places) == {job.get_absolute_url()}
    assert again(job).is_loaded
    assert Activity.objects.count() == 20


def test_the_same_file_sent_twice_and_loaded_at_once_is_in_the_log_once(committed: None) -> None:
    lead, content = person("brent.lead"), xlsx([row(number) for number in range(100)])
    jobs = [asked_to_load(lead, content) for _ in range(3)]

    together(worked, jobs)
    for job in jobs:
        # Who lost the race looks at the log again, and finds everything there.
        worked(job)

    found = [again(job) for job in jobs]
    assert sorted(job.is_loaded for job in found) == [False, False, True]
    assert [job.counts["same"] for job in found if not job.is_loaded] == [100, 100]
    assert Activity.objects.count() == ActivityShare.objects.count() == 100
    references = sorted(Activity.objects.values_list("reference", flat=True))
    assert references == [f"BEN/2026-27/{number:04d}" for number in range(1, 101)]


def test_a_spreadsheet_that_was_never_loaded_is_forgotten_after_thirty_days(brent_lead: User) -> None:
    done = loaded(brent_lead, xlsx([row(1)]))
    old, young = checked(brent_lead, xlsx([row(2)])), checked(brent_lead, xlsx([row(3)]))
    long_ago = timezone.now() - dt.timedelta(days=31)
    ImportJob.objects.filter(pk__in=[done.pk, old.pk]).update(created_at=long_ago)

    forget_spreadsheets()

    assert set(ImportJob.objects.values_list("pk", flat=True)) == {done.pk, young.pk}
    assert done.phase == Phase.LOAD
