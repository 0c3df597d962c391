"""`manage.py up` as a person meets it, on servers that are somebody else's: the ones of this run of the tests."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.conftest import ROOT, copy_template

PATIENCE = 120
# Two processes of the tests may each have one.
DATABASE = f"portal_up_{os.getpid()}"


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    copy_template(DATABASE)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{DATABASE}").geturl()
    own = {"DATABASE_URL": url, "PORTAL_VAR": str(tmp_path / "var"), "PORT": str(port), "PORTAL_ENV": "development"}
    without_owner = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    yield without_owner | own | {"PORTAL_STATIC_ROOT": str(tmp_path / "static")}
    owner = psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname="postgres")
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{DATABASE}" WITH (FORCE)')
    owner.close()


def start(environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "up"]
    with log.open("wb") as output:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)


def status(environment: dict[str, str], path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", int(environment["PORT"]), timeout=10)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def processes(environment: dict[str, str]) -> dict[int, str]:
    """Everybody who was given this test's PORTAL_VAR, by number, with their command line."""
    mark = f"PORTAL_VAR={environment['PORTAL_VAR']}".encode()
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def child(environment: dict[str, str], parent: int, name: str) -> int:
    """The program of that name which `parent` started; the pool of a worker has the same command line."""
    [number] = [
        number
        for number, command in processes(environment).items()
        if name in command and f"\nPPid:\t{parent}\n" in Path(f"/proc/{number}/status").read_text()
    ]
    return number


def wait_for(log: Path, text: str) -> None:
    until = time.monotonic() + PATIENCE
    while text not in log.read_text():
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.2)


def test_everything_starts_survives_a_kill_and_stops_without_a_trace(
    environment: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    up = start(environment, log)
    try:
        wait_for(log, "Ready: ")
        ready, sign_in = status(environment, "/health/ready"), status(environment, "/accounts/login/")
        second = start(environment, tmp_path / "second")
        second_code = second.wait(PATIENCE)
        os.kill(child(environment, up.pid, " worker "), signal.SIGKILL)
        wait_for(log, "worker   | ended with -9; starting it again in 0.5 s")
    finally:
        up.send_signal(signal.SIGINT)
        code = up.wait(PATIENCE)

    assert (ready, sign_in) == (200, 200)
    assert second_code == 1
    assert (code, log.read_text().splitlines()[-1]) == (0, "Stopped.")
    assert processes(environment) == {}


def test_a_database_that_is_behind_is_not_migrated_by_somebody_who_does_not_own_it(
    environment: dict[str, str], tmp_path: Path
) -> None:
    owner = psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname=DATABASE)
    with owner, owner.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'strands'")
    owner.close()

    up = start(environment, tmp_path / "log")

    assert up.wait(PATIENCE) == 1
    assert (
        (tmp_path / "log")
        .read_text()
        .endswith(
            "Cannot start Contest Portal: the database is not up to date; "
            "run `manage.py migrate` as its owner, or give DATABASE_OWNER_URL.\n"
        )
    )
