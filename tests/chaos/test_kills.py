"""kill -9 of worker, renderer, broker, database and sweeper, twenty times at random, while papers are being issued.

Afterwards every paper has its document, once, with the right bytes, and the numbers have no gap.
"""

import datetime as dt
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg2

from contest_portal.management.programs import Program, stop
from reports.rendering.pdf import document
from tests.chaos.house import House, house
from tests.conftest import wait_for_template

KILLS = 20
FEWEST_PAPERS = 5
PATIENCE = 240.0
# A lease has fifteen seconds when it is renewed, which a worker does with every report.
JUST_REPORTED = dt.timedelta(seconds=13)


def chance() -> random.Random:
    """Another course each time; PORTAL_CHAOS repeats one that failed."""
    seed = os.environ.get("PORTAL_CHAOS") or str(random.SystemRandom().randrange(10_000))
    print(f"PORTAL_CHAOS={seed}", file=sys.stderr)
    return random.Random(seed)


def test_every_document_is_made_once_whatever_is_killed() -> None:
    with house() as chaos:
        prepare(chaos)
        with somebody_issuing(chaos) as issuer:
            kill_at_random(chaos, chance())
            wait_for(chaos, enough_are_issued)
            wait_until_settled(chaos, issuer)
        assert_all_made_once(chaos)


def prepare(chaos: House) -> None:
    wait_for_template()
    chaos.fill(like=os.environ["DATABASE_OWNER_URL"])
    chaos.start("worker", "sweeper")


@contextmanager
def somebody_issuing(chaos: House) -> Iterator[subprocess.Popen[bytes]]:
    issuer = Program("issuer", [sys.executable, "-m", "tests.chaos.issuing"], chaos.environment).start()
    try:
        yield issuer
    finally:
        stop(issuer, signal.SIGTERM, patience=5)


def kill_at_random(chaos: House, chance: random.Random) -> None:
    for _ in range(KILLS):
        wait_for(chaos, something_is_made)
        chaos.tend_for(chance.uniform(0.0, 2.0))
        print(f"{time.strftime('%X')} killed {chaos.kill(chance)}", file=sys.stderr)


def wait_for(chaos: House, holds: Callable[[House], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds(chaos):
        assert time.monotonic() < until, unsettled(chaos)
        chaos.tend_for(0.2)


def something_is_made(chaos: House) -> bool:
    """A worker has just reported on a document. A database that is away may be killed as it comes back."""
    try:
        return bool(chaos.rows("SELECT 1 FROM reports_document WHERE lease_until > now() + %s", JUST_REPORTED))
    except psycopg2.OperationalError:
        return True


def enough_are_issued(chaos: House) -> bool:
    """On a machine with little time for us the kills may be over before."""
    try:
        return len(chaos.rows("SELECT 1 FROM reports_document")) >= FEWEST_PAPERS
    except psycopg2.OperationalError:
        return False


def wait_until_settled(chaos: House, issuer: subprocess.Popen[bytes]) -> None:
    issuer.terminate()
    wait_for(chaos, lambda house: issuer.poll() is not None and not unsettled(house))
    assert issuer.returncode == 0


def unsettled(chaos: House) -> list[tuple[object, ...]]:
    try:
        return chaos.rows("SELECT id, state, attempts FROM reports_document WHERE state IN ('queued', 'working')")
    except psycopg2.OperationalError as away:
        return [(str(away),)]


def assert_all_made_once(chaos: House) -> None:
    made = chaos.rows(
        "SELECT i.number, d.state, d.sha256, CASE d.rendition WHEN 'public' THEN s.open_snapshot ELSE s.snapshot END, "
        "d.attempts FROM reports_issue s JOIN reports_document d ON d.issue_id = s.id "
        "JOIN boards_agendaitem i ON i.id = s.item_id ORDER BY i.number, d.rendition"
    )
    files = [file for file in (chaos.var / "documents").glob("*/*") if not file.name.startswith(".")]

    assert len(made) >= FEWEST_PAPERS
    assert [number for number, *_ in made] == [number for number in range(1, len(made) // 2 + 1) for _ in range(2)]
    assert {state for _, state, *_ in made} == {"ready"}
    assert sorted(file.name for file in files) == sorted(str(sha256) for _, _, sha256, *_ in made)
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files} == {
        file.name: file.name for file in files
    }
    for _, _, sha256, snapshot, _ in made[:: len(made) // 2]:
        assert hashlib.sha256(document(str(snapshot))).hexdigest() == sha256
