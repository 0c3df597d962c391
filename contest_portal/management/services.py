"""PostgreSQL and Valkey: our own, kept between runs; our own, thrown away; or somebody else's."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from contest_portal import environment
from contest_portal.management import postgres, valkey
from contest_portal.management.places import Places, places
from contest_portal.management.programs import stop
from contest_portal.management.supervisor import Output, Supervisor, supervised


@dataclass(frozen=True)
class Services:
    database: str  # as the application, which owns nothing
    owner: str | None  # as the owner of the tables; None where they are looked after elsewhere
    broker: str
    notes: Path | None  # a folder that lives and dies with the database; None where it is not ours
    supervisor: Supervisor  # of the servers that are ours


@contextmanager
def services(var: Path, output: Output, hurried: Callable[[], bool]) -> Iterator[Services]:
    """Whichever of the two servers the environment does not name is started here, and stopped at the end."""
    database, broker = environment.text("DATABASE_URL", ""), environment.text("REDIS_URL", "")
    owner = environment.text("DATABASE_OWNER_URL", "") or None
    # Whoever serves people must not be able to pick the owner's address up by the way.
    for name in ("DATABASE_OWNER_URL", "DATABASE_OWNER_URL_FILE"):
        os.environ.pop(name, None)
    if database and broker:
        yield Services(database, owner, broker, None, Supervisor(output))
        return
    with ExitStack() as ending:
        chosen = places(var)
        ending.callback(chosen.leave)
        supervisor = ending.enter_context(supervised(output, hurried))
        notes = None
        if not database:
            start_postgres(chosen, supervisor)
            database, owner = postgres.url(chosen, postgres.APPLICATION), postgres.url(chosen, postgres.OWNER)
            notes = chosen.servers
        if not broker:
            start_valkey(chosen, supervisor)
            broker = valkey.url(chosen)
        yield Services(database, owner, broker, notes, supervisor)


def start_postgres(chosen: Places, supervisor: Supervisor) -> None:
    postgres.prepare(chosen)
    supervisor.start(postgres.program(chosen))
    postgres.wait(chosen)
    postgres.create_roles(chosen)


def start_valkey(chosen: Places, supervisor: Supervisor) -> None:
    valkey.prepare(chosen)
    supervisor.start(valkey.program(chosen))
    valkey.wait(chosen)


@contextmanager
def throw_away_services(*, tended: bool = False) -> Iterator[dict[str, str]]:
    """Both servers with empty data, for the length of a `with`; yields the environment that leads to them."""
    var = Path(tempfile.mkdtemp(prefix="portal-test-"))
    # Started by root, the servers have to pass through here as somebody else; what is inside is private.
    var.chmod(0o711)
    with ExitStack() as ending:
        ending.callback(shutil.rmtree, var, ignore_errors=True)
        chosen = places(var)
        ending.callback(chosen.leave)
        postgres.prepare(chosen)
        valkey.prepare(chosen)
        for program in (
            postgres.program(chosen, throw_away=True, tended=tended),
            valkey.program(chosen, throw_away=True),
        ):
            ending.callback(stop, program.start(), program.stop_signal, patience=10)
        postgres.wait(chosen)
        postgres.create_roles(chosen, throw_away=True)
        valkey.wait(chosen)
        yield {
            "DATABASE_URL": postgres.url(chosen, postgres.APPLICATION),
            "DATABASE_OWNER_URL": postgres.url(chosen, postgres.OWNER),
            "REDIS_URL": valkey.url(chosen),
            "PORTAL_VAR": str(var),
            "PORTAL_ENV": "test",
        }
