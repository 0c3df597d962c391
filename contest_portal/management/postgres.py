"""The embedded PostgreSQL: made once, given its two roles, reached through a private Unix socket.

Whoever can open the socket is trusted, since its folder lets in nobody but the account that the server
runs as and root. The server does not listen on the network at all.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg2

from contest_portal.management.places import Places
from contest_portal.management.programs import ROOT, Program
from contest_portal.management.refusal import CannotStart

SUPERUSER = "postgres"
OWNER = "portal_owner"
APPLICATION = "portal_app"
DATABASE = "portal"
ROLES = ROOT / "deploy" / "postgres" / "roles.sql"

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "fatal",
    "log_line_prefix": "",
}
# Nothing that a test writes has to outlive a power cut.
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
}
# For tests: whoever fills a database there says ANALYZE. What is measured is measured on a server that is looked after.
UNTENDED = {
    "autovacuum": "off",
    "track_counts": "off",
    "io_method": "sync",
    "max_parallel_workers_per_gather": "0",
}


def program(places: Places, throw_away: bool = False, tended: bool = True) -> Program:
    settings = {**SETTINGS, "unix_socket_directories": str(places.sockets)}
    if throw_away:
        settings |= THROW_AWAY
    if not tended:
        settings |= UNTENDED
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return Program(
        name="postgres",
        command=[str(places.postgres / "postgres"), "-D", str(data(places)), *options],
        uid=places.uid,
        folder=places.servers,
        stop_signal=signal.SIGINT,  # disconnects everybody; SIGTERM would wait for them
    )


def data(places: Places) -> Path:
    return places.servers / "postgres"


def url(places: Places, role: str, database: str = DATABASE) -> str:
    return f"postgres://{role}@/{database}?host={quote(str(places.sockets))}"


def prepare(places: Places) -> None:
    """Make the cluster if there is none, and clear away one whose making was cut short."""
    if (data(places) / "PG_VERSION").is_file():
        return
    unfinished = Path(tempfile.mkdtemp(dir=places.servers, prefix="unfinished-"))
    if places.uid is None:
        initialise(places, unfinished, None)
    else:
        unfinished = initialise_for_root(places, unfinished)
    shutil.rmtree(data(places), ignore_errors=True)
    unfinished.rename(data(places))


def initialise_for_root(places: Places, unfinished: Path) -> Path:
    """initdb alone insists on an account with a name, so `nobody` runs it, in a folder apart, and what
    it makes is then given to the nameless account that the server runs as."""
    nobody = pwd.getpwnam("nobody")
    with tempfile.TemporaryDirectory(prefix="contest-portal-") as apart:
        os.chown(apart, nobody.pw_uid, nobody.pw_gid)
        made = Path(apart) / "cluster"
        initialise(places, made, nobody.pw_uid)
        unfinished.rmdir()
        shutil.copytree(made, unfinished, symlinks=True)
    for path in (unfinished, *unfinished.rglob("*")):
        os.chown(path, places.uid or 0, places.uid or 0, follow_symlinks=False)
    unfinished.chmod(0o700)
    return unfinished


def initialise(places: Places, folder: Path, uid: int | None) -> None:
    command = [str(places.postgres / "initdb"), "-D", str(folder), "-U", SUPERUSER, "--auth=trust"]
    # The built-in locale sorts and folds case alike on every machine, whatever its C library.
    command += ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"]
    done = subprocess.run(
        command,
        cwd=folder.parent,
        user=uid,
        group=uid,
        extra_groups=None if uid is None else [],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise CannotStart(f"PostgreSQL could not make its data folder: {done.stderr.strip()}")


def wait(places: Places, patience: float = 60) -> None:
    """Return when the server answers; it may first have to recover from having been killed."""
    until = time.monotonic() + patience
    while True:
        try:
            if says_ready(places):
                psycopg2.connect(url(places, SUPERUSER, "postgres")).close()
                return
        except psycopg2.OperationalError:
            pass
        if time.monotonic() > until:
            raise CannotStart("PostgreSQL does not answer; what it says above may tell why")
        time.sleep(0.05)


def says_ready(places: Places) -> bool:
    """Whether its note of itself says so; knocking before would put an error into the log each time."""
    note = data(places) / "postmaster.pid"
    return note.is_file() and note.read_text().rstrip().endswith("ready")


def create_roles(places: Places, throw_away: bool = False) -> None:
    """Make the owner, the application's role and the database, unless they are there."""
    psql = [str(places.postgres / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", f"database={DATABASE}"]
    psql += ["-v", f"owner_may={'CREATEDB' if throw_away else 'NOCREATEDB'}"]
    psql += ["-h", str(places.sockets), "-U", SUPERUSER, "-d", "postgres", "-f", str(ROLES)]
    done = subprocess.run(psql, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise CannotStart(f"PostgreSQL refused the roles of the portal: {done.stderr.strip()}")
