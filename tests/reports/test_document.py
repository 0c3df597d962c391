"""A document is made once, by whoever claimed it last; nothing is lost and nothing can stop the others."""

import datetime as dt
import hashlib
import mmap
import os
import resource
import signal
import time
from pathlib import Path
from uuid import uuid4

import pytest
from celery import Celery
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models.functions import Now
from django.urls import reverse
from kombu.utils.imports import symbol_by_name
from pytest_django import Settings

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import AccessRecord
from contest_portal.celery import app
from contest_portal.core.jobs import MOST_CLAIMS, MOST_FAILURES, WORKER_LOST, Abandoned, JobState
from contest_portal.core.jobs import sweep as sweep_jobs
from contest_portal.core.refusal import Refused
from contest_portal.home import watchdog
from reports.models import Document, PaperTemplate
from reports.rendering import confined, confined_child, making, pdf, store
from reports.tasks import render_document
from reports.workflow.documents import queue_document, retry_document
from tests import make
from tests.cast import as_
from tests.reports.conformance import assert_conforms
from tests.reports.reading import pages_of
from tests.reports.sample_snapshot import TABLE, canonical, sample, snapshot

Capture = pytest.CaptureFixture[str]
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def waiting(secretary: User) -> Document:
    return make.issue(by=secretary).documents.get(rendition="members")


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A Celery that looks for its broker where there is none."""
    nowhere = Celery(broker=f"redis+socket://{tmp_path}/nobody.sock", set_as_current=False)
    nowhere.conf.task_publish_retry = False
    monkeypatch.setattr("contest_portal.core.jobs.current_app", nowhere)


def claim(document: Document) -> Document:
    claimed = Document.objects.claim(document.pk)
    assert claimed is not None
    return claimed


def finish(document: Document, sha256: str, size: int) -> None:
    document.finish(sha256=sha256, size=size, ready_at=Now())


def change(document: Document, **values: object) -> None:
    Document.objects.filter(pk=document.pk).update(**values)
    document.refresh_from_db()


# --- claiming and finishing -----------------------------------------------------------------------


def test_issued_paper_has_one_queued_document(waiting: Document, secretary: User) -> None:
    again = queue_document(waiting.issue, by=secretary)

    assert again.pk == waiting.pk
    assert waiting.state == JobState.QUEUED
    assert waiting.owner == secretary
    assert waiting.filename == "london-contest-board-2026-09-17-report-1-OFFICIAL.pdf"


def test_second_message_finds_nothing_to_claim(waiting: Document) -> None:
    first = Document.objects.claim(waiting.pk)
    second = Document.objects.claim(waiting.pk)

    assert first is not None
    assert second is None


def test_claim_of_an_unknown_document_is_nothing(db: None) -> None:
    assert Document.objects.claim(uuid4()) is None


def test_expired_lease_can_be_taken_over(waiting: Document) -> None:
    claim(waiting)
    change(waiting, lease_until=Now() - MINUTE)

    assert claim(waiting).attempts == 2


def test_late_worker_changes_nothing_any_more(waiting: Document) -> None:
    late = claim(waiting)
    change(waiting, lease_until=Now() - MINUTE)
    current = claim(waiting)

    with pytest.raises(Abandoned):
        late.report(90)
    with pytest.raises(Abandoned):
        finish(late, "0" * 64, 1)
    late.fail("Too late.")
    late.park("Too late.")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.token, waiting.failures) == (JobState.WORKING, current.token, 0)
    finish(current, "1" * 64, 2)


def test_progress_renews_the_lease_and_never_goes_back(waiting: Document) -> None:
    claimed = claim(waiting)
    change(waiting, lease_until=Now())

    claimed.report(40)
    claimed.report(20)
    waiting.refresh_from_db()
    assert waiting.progress == 40
    assert waiting.lease_until is not None
    assert not Document.objects.take_back_expired()


def test_document_is_parked_after_three_failures(waiting: Document) -> None:
    for failure in range(1, MOST_FAILURES + 1):
        claim(waiting).fail(f"Failure {failure}.")

    waiting.refresh_from_db()
    assert waiting.state == JobState.PARKED
    assert waiting.reason == "Failure 3."
    assert Document.objects.claim(waiting.pk) is None


def test_lost_workers_do_not_park_a_document_soon(waiting: Document) -> None:
    for _ in range(MOST_FAILURES + 1):
        claim(waiting)
        change(waiting, lease_until=Now() - MINUTE)
        assert Document.objects.take_back_expired() == 1

    waiting.refresh_from_db()
    assert waiting.state == JobState.QUEUED


def test_document_whose_workers_always_vanish_is_parked_in_the_end(waiting: Document) -> None:
    claim(waiting)
    change(waiting, lease_until=Now() - MINUTE, attempts=MOST_CLAIMS)

    Document.objects.take_back_expired()

    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (JobState.PARKED, WORKER_LOST)


# --- the sweeper ----------------------------------------------------------------------------------


def test_sweeper_sends_what_nobody_has_claimed_and_then_waits(waiting: Document) -> None:
    change(waiting, next_dispatch=Now())

    assert sweep_jobs(Document) == 1
    assert sweep_jobs(Document) == 0
    waiting.refresh_from_db()
    assert waiting.dispatched_at is not None


def test_sweeper_leaves_alone_what_is_being_made(waiting: Document) -> None:
    change(waiting, next_dispatch=Now())
    claim(waiting)

    assert sweep_jobs(Document) == 0


def test_broker_that_is_away_costs_nothing_but_time(waiting: Document, no_broker: None) -> None:
    change(waiting, next_dispatch=Now())

    assert sweep_jobs(Document) == 0
    waiting.refresh_from_db()
    assert (waiting.state, waiting.dispatched_at) == (JobState.QUEUED, None)


def test_message_names_the_task() -> None:
    assert render_document.name == Document.task


def test_sweep_command_looks_once(waiting: Document) -> None:
    change(waiting, next_dispatch=Now())

    call_command("sweep", "--once")

    waiting.refresh_from_db()
    assert waiting.dispatched_at is not None


def test_worker_that_hears_nothing_is_deaf(waiting: Document) -> None:
    change(waiting, dispatched_at=Now() - 2 * MINUTE)

    assert Document.objects.unheard_for(MINUTE)
    assert watchdog.is_deaf()


def test_worker_is_not_deaf_while_another_document_is_made(waiting: Document, secretary: User) -> None:
    change(waiting, dispatched_at=Now() - 2 * MINUTE)
    other = make.issue(make.paper(by=secretary, title="Another paper"), by=secretary).documents.get(rendition="members")
    claim(other)

    assert not Document.objects.unheard_for(MINUTE)


def test_worker_is_not_deaf_to_what_the_broker_never_got(waiting: Document) -> None:
    change(waiting, created_at=Now() - 2 * MINUTE)

    assert not Document.objects.unheard_for(MINUTE)


# --- making ---------------------------------------------------------------------------------------


def test_task_makes_the_document_of_the_frozen_paper(waiting: Document) -> None:
    render_document(str(waiting.pk))

    waiting.refresh_from_db()
    content = store.read(waiting.sha256)
    assert waiting.state == JobState.READY
    assert (waiting.progress, waiting.size) == (100, len(content))
    assert content == pdf.document(waiting.issue.snapshot)
    assert_conforms(content)


def test_task_may_run_twice(waiting: Document) -> None:
    render_document(str(waiting.pk))
    waiting.refresh_from_db()
    ready_at = waiting.ready_at

    render_document(str(waiting.pk))

    waiting.refresh_from_db()
    assert waiting.ready_at == ready_at
    assert [file.name for file in Path(settings.PORTAL_DOCUMENTS).glob("*/*")] == [waiting.sha256]


def test_document_is_made_with_the_rights_of_who_asked(waiting: Document, outsider: User) -> None:
    change(waiting, owner=outsider)

    render_document(str(waiting.pk))

    waiting.refresh_from_db()
    assert waiting.state == JobState.PARKED
    assert "may no longer read the paper" in waiting.reason


def test_paper_with_an_unprintable_character_is_parked_at_once(waiting: Document) -> None:
    claimed = claim(waiting)
    claimed.issue.snapshot = sample(title="漢")

    making.make(claimed)

    waiting.refresh_from_db()
    assert waiting.state == JobState.PARKED
    assert waiting.reason == "The paper has characters that the portal cannot print: “漢” (U+6F22)."


def test_poisonous_paper_is_parked_and_a_good_one_made(
    waiting: Document, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = make.issue(make.paper(by=secretary, title="Another paper"), by=secretary).documents.get(rendition="members")
    for _ in range(MOST_FAILURES):
        poisonous = claim(waiting)
        poisonous.issue.snapshot = "not a snapshot"
        making.make(poisonous)
    render_document(str(good.pk))

    waiting.refresh_from_db()
    good.refresh_from_db()
    assert waiting.state == JobState.PARKED
    assert waiting.reason == "The program that makes documents failed (JSONDecodeError)."
    assert good.state == JobState.READY


def test_full_disk_is_said_in_the_row(waiting: Document, tmp_path: Path, settings: Settings) -> None:
    settings.PORTAL_DOCUMENTS = tmp_path / "file"
    settings.PORTAL_DOCUMENTS.write_text("not a folder")
    claimed = claim(waiting)

    making.make(claimed)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (JobState.QUEUED, making.NO_ROOM)


# --- the confined child ---------------------------------------------------------------------------


def huge() -> str:
    content = snapshot()
    rows = [{"label": f"Row {n}", "cells": ["1", "2", "3"]} for n in range(5000)]
    content["sections"][1] = content["sections"][1] | {"blocks": [TABLE | {"rows": rows}]}
    return canonical(content)


def go_on(progress: int) -> None:
    """It is still ours to make."""


def children() -> list[int]:
    found = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [int(number) for number in found if is_ours(number)]


def is_ours(number: str) -> bool:
    """A forked child has our own command line."""
    return Path(f"/proc/{number}/cmdline").read_bytes() == Path("/proc/self/cmdline").read_bytes()


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the child says is told at once."""
    monkeypatch.setattr(confined, "EVERY", 0.0)


def test_child_makes_the_same_bytes_and_tells_how_far_it_is(often: None) -> None:
    told: list[int] = []

    content = confined.confined(sample(), told.append)

    assert content == pdf.document(sample())
    assert told == sorted(told)
    assert 15 in told
    assert told[-1] == 95


def test_how_far_it_is_is_not_told_more_often_than_anybody_asks() -> None:
    told: list[int] = []
    started = time.monotonic()

    confined.confined(sample(), told.append)

    assert len(told) <= time.monotonic() - started


def test_child_makes_the_next_paper_too_and_is_let_go() -> None:
    first = confined.confined(sample(title="Another paper"), go_on)
    child = children()
    again = confined.confined(sample(), go_on)

    assert first != again == pdf.document(sample())
    assert len(child) == 1
    assert children() == child
    confined.let_go()
    assert children() == []


def test_child_holds_nothing_of_its_worker_open(analyst: User) -> None:
    """A connection that the worker closes is closed."""
    confined.confined("", go_on, _plain)

    opened = Path(f"/proc/{children()[0]}/fd").iterdir()
    assert {str(file.readlink()).partition(":")[0] for file in opened if int(file.name) > 2} == {"pipe", os.devnull}


def test_child_that_was_gone_when_it_was_asked_again_is_replaced() -> None:
    confined.confined("", go_on, _plain)
    gone = children()
    os.kill(gone[0], signal.SIGKILL)

    assert confined.confined("", go_on, _plain) == b"PDF"
    assert len(children()) == 1
    assert children() != gone


def test_child_that_waits_too_long_or_has_grown_goes_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("REST", 0.0), ("SPARE", 0)):
        with monkeypatch.context() as patched:
            patched.setattr(confined_child, name, value)
            confined.confined("", go_on, _plain) if name == "SPARE" else confined._resting.append(confined._start())
        # It may be gone by now, and only wait to be reaped.
        ended = os.waitid(os.P_PID, confined._resting[0].pid, os.WEXITED | os.WNOWAIT)

        assert ended is not None
        assert ended.si_status == 0
        confined.let_go()


def test_each_paper_has_time_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "PROCESSOR_SECONDS", 1)

    assert [confined.confined(seconds, go_on, _busy) for seconds in ("1.1", "0")] == [b"2", b"3"]

    with pytest.raises(confined.Failed, match="more than 1 seconds of the processor"):
        confined.confined("20", go_on, _busy)
    assert children() == []


def test_each_paper_has_memory_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "MEMORY", 64 << 20)
    for _ in range(3):
        assert confined.confined(f"{48 << 20}", go_on, _filled) == b"PDF"
    assert len(children()) == 1

    with pytest.raises(confined.Failed, match="64 MB of memory"):
        confined.confined(f"{80 << 20}", go_on, _filled)

    assert children() == []


def _plain(text: str) -> bytes:
    return b"PDF"


def _busy(seconds: str) -> bytes:
    """After how many seconds of all its papers it is ended."""
    until = time.process_time() + float(seconds)
    while time.process_time() < until:
        pass
    return b"%d" % resource.getrlimit(resource.RLIMIT_CPU)[0]


def _filled(size: str) -> bytes:
    """With memory that is the system's own. What a test before it gave back could be had without asking."""
    try:
        mmap.mmap(-1, int(size)).close()
    except OSError:
        raise MemoryError from None
    return b"PDF"


def test_paper_of_too_many_rows_is_ended_by_time_or_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "MEMORY", 24 << 20)

    with pytest.raises(confined.Failed, match=r"24 MB of memory|stopped without saying why"):
        confined.confined(huge(), go_on)


def test_child_that_is_killed_is_a_failure_and_not_the_end(often: None) -> None:
    def kill(progress: int) -> None:
        for child in children():
            os.kill(child, signal.SIGKILL)

    with pytest.raises(confined.Failed, match="stopped without saying why"):
        confined.confined(sample(), kill)


def test_child_is_ended_when_the_document_was_taken_over(often: None) -> None:
    def take_over(progress: int) -> None:
        raise Abandoned

    with pytest.raises(Abandoned):
        confined.confined(sample(), take_over)

    assert children() == []


def test_worker_unpacks_the_fonts_before_it_has_children(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[str] = []
    monkeypatch.setattr("reports.rendering.fonts.files", lambda: unpacked.append("fonts"))

    symbol_by_name("reports.rendering.warm:Warm")(None).include(None)

    assert unpacked == ["fonts"]
    assert "reports.rendering.warm:Warm" in app.steps["worker"]


# --- the file store -------------------------------------------------------------------------------


def test_file_is_stored_under_the_hash_of_its_bytes() -> None:
    digest = store.keep(b"%PDF")

    assert digest == hashlib.sha256(b"%PDF").hexdigest()
    assert store.read(digest) == b"%PDF"
    assert [file.name for file in store.path_of(digest).parent.iterdir()] == [digest]


def test_changed_or_missing_file_is_not_read() -> None:
    digest = store.keep(b"%PDF")
    store.path_of(digest).write_bytes(b"%PDF but not the same")

    with pytest.raises(store.NotAsStored):
        store.read(digest)
    store.path_of(digest).unlink()
    with pytest.raises(store.NotAsStored):
        store.read(digest)


def test_what_a_killed_worker_left_half_written_goes_away() -> None:
    left = store.path_of(store.keep(b"%PDF")).with_name(f"{store.PARTIAL}left")
    left.write_bytes(b"%P")
    os.utime(left, (0, 0))

    store.keep(b"%PDF")

    assert not left.exists()


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def ready(waiting: Document) -> Document:
    content = pdf.document(sample())
    finish(claim(waiting), store.keep(content), len(content))
    waiting.refresh_from_db()
    return waiting


@pytest.fixture
def parked(waiting: Document) -> Document:
    claim(waiting).park("Making the document took more than 30 seconds of the processor.")
    waiting.refresh_from_db()
    return waiting


def page(name: str, document: Document) -> str:
    return reverse(name, args=[document.pk])


def test_page_shows_progress_and_asks_again(waiting: Document, secretary: User) -> None:
    claim(waiting).report(40)

    shown = as_(secretary).get(page("document", waiting)).content.decode()

    assert 'value="40"' in shown
    assert "Being made" in shown
    assert f'hx-get="{page("document_progress", waiting)}"' in shown
    assert "You can leave this page" in shown


def test_asking_stops_when_the_document_is_ready(ready: Document, secretary: User) -> None:
    response = as_(secretary).get(page("document_progress", ready))

    assert response.status_code == 286
    assert page("document_download", ready) in response.content.decode()
    assert ready.sha256 in response.content.decode()


def test_asking_goes_on_while_it_is_not(waiting: Document, secretary: User) -> None:
    assert as_(secretary).get(page("document_progress", waiting)).status_code == 200


def test_download_is_the_stored_file(ready: Document, member: User) -> None:
    response = as_(member).get(page("document_download", ready))

    assert response.content == store.read(ready.sha256)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{ready.filename}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not AccessRecord.objects.exists()


def test_download_before_it_is_ready_leads_to_its_page(waiting: Document, secretary: User) -> None:
    response = as_(secretary).get(page("document_download", waiting))

    assert (response.status_code, response.headers["Location"]) == (302, page("document", waiting))


def test_damaged_file_is_not_handed_out(ready: Document, secretary: User) -> None:
    store.path_of(ready.sha256).write_bytes(b"%PDF of somebody else")

    response = as_(secretary).get(page("document_download", ready))

    assert response.status_code == 409
    assert "is not the one that was made" in response.content.decode()


@pytest.mark.parametrize("name", ["document", "document_progress", "document_download"])
def test_document_of_a_paper_one_may_not_read_does_not_exist(name: str, secretary: User, member: User) -> None:
    exempt = make.issue(make.paper(by=secretary, part="2"), by=secretary).documents.get(rendition="members")

    assert as_(secretary).get(page(name, exempt)).status_code in (200, 302)
    assert as_(member).get(page(name, exempt)).status_code == 404


def test_download_of_a_sensitive_paper_is_recorded(ready: Document, secretary: User) -> None:
    paper = ready.issue.paper
    paper.marking = "OFFICIAL-SENSITIVE"
    with acting(secretary):
        paper.save()

    as_(secretary).get(page("document_download", ready))

    assert AccessRecord.objects.get(action="download").user == secretary


def test_secretary_has_a_parked_document_tried_again(parked: Document, secretary: User) -> None:
    client = as_(secretary)
    before = client.get(page("document", parked)).content.decode()

    response = client.post(page("document_retry", parked))

    parked.refresh_from_db()
    assert "more than 30 seconds of the processor" in before
    assert "Try again" in before
    assert response.headers["Location"] == page("document", parked)
    assert (parked.state, parked.failures, parked.reason) == (JobState.QUEUED, 0, "")


def test_member_sees_why_but_cannot_try_again(parked: Document, member: User) -> None:
    client = as_(member)

    assert "Try again" not in client.get(page("document", parked)).content.decode()
    assert client.post(page("document_retry", parked)).status_code == 403


def test_document_that_is_not_parked_cannot_be_tried_again(waiting: Document, secretary: User) -> None:
    with pytest.raises(Refused):
        retry_document(waiting, by=secretary)


# --- manage.py render -----------------------------------------------------------------------------


def test_e14_an_issued_file_outlasts_a_new_release_and_every_edit_of_its_data_and_of_its_shape(
    member: User, secretary: User, tmp_path: Path, capsys: Capture
) -> None:
    """It is handed out in the same bytes; rendered again from its snapshot it says the same on every page."""
    logged = make.activity(attendance=31)
    document = make.issue(by=secretary).documents.get(rendition="members")
    render_document(str(document.pk))
    issued = as_(member).get(page("document_download", document)).getvalue()

    call_command("load_reference")
    for kept in (pdf.style, pdf.templates, pdf.srgb, pdf.mark):
        kept.cache_clear()
    shape = PaperTemplate.objects.get(pk=document.issue.paper.template_id)
    logged.attendance, shape.sections, shape.disclaimer = 260, shape.sections[:1], "Otherwise."
    with acting(secretary):
        logged.save()
        shape.save()
    call_command("render", str(document.pk), "--out", str(tmp_path / "again.pdf"))
    again = (tmp_path / "again.pdf").read_bytes()

    assert as_(member).get(page("document_download", document)).getvalue() == issued
    assert pages_of(again) == pages_of(issued)
    assert any("31 [F" in text for text in pages_of(issued))
    assert "the same as stored" in capsys.readouterr().out


def test_command_knows_only_documents(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no document"):
        call_command("render", "nonsense", "--out", str(tmp_path / "again.pdf"))
