"""A whole portal of its own, with servers that survive being killed, and the means to kill any part of it."""

import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from contest_portal.management import postgres, valkey
from contest_portal.management.places import Places, places
from contest_portal.management.portal import Portal
from contest_portal.management.programs import Program, stop, sweep_group
from contest_portal.management.services import Services
from contest_portal.management.supervisor import Output, Supervisor

VICTIMS = ("worker", "worker’s child", "broker", "database", "sweeper")
WEIGHTS = (5, 5, 4, 4, 2)


@dataclass
class House:
    """What runs, by name. Whatever dies is started again by `tend`, as a supervisor would."""

    var: Path
    places: Places
    programs: dict[str, Program]
    environment: dict[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def database(self) -> str:
        return postgres.url(self.places, postgres.OWNER)

    def start(self, *names: str) -> None:
        for name in names:
            with (self.var / f"{name}.log").open("ab") as log:
                self.running[name] = self.programs[name].start(output=log.fileno())

    def tend(self) -> None:
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                sweep_group(process)
                self.start(name)

    def tend_for(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(0.1)
            self.tend()

    def kill(self, chance: random.Random) -> str:
        """kill -9 one of the victims. The worker's child is any process that it forked, the renderer among them."""
        victim = chance.choices(VICTIMS, WEIGHTS)[0]
        if victim == "worker’s child":
            forked = descendants(self.running["worker"].pid)
            if forked:
                kill(chance.choice(forked))
            return victim
        self.running[victim].kill()
        return victim

    def fill(self, *, like: str) -> None:
        """With all that is in another database. Making it here again would take a hundred times as long."""
        dump = [str(self.places.postgres / "pg_dump"), "-d", like]
        written = subprocess.run(dump, check=True, capture_output=True).stdout
        # As the superuser: the owner may not make extensions, nor give tables away.
        target = postgres.url(self.places, postgres.SUPERUSER)
        psql = [str(self.places.postgres / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-d", target]
        subprocess.run(psql, input=written, check=True)

    def rows(self, query: str, *parameters: object) -> list[tuple[object, ...]]:
        with psycopg2.connect(self.database) as connection, connection.cursor() as cursor:
            cursor.execute(query, parameters)
            return cursor.fetchall()


@contextmanager
def house() -> Iterator[House]:
    """PostgreSQL that keeps what it has committed, a broker that forgets everything, the worker and the sweeper."""
    var = Path(tempfile.mkdtemp(prefix="portal-chaos-"))
    var.chmod(0o711)
    with ExitStack() as ending:
        ending.callback(shutil.rmtree, var, ignore_errors=True)
        chosen = places(var)
        ending.callback(chosen.leave)
        built = _build(var, chosen)
        ending.callback(_end, built)
        postgres.prepare(chosen)
        valkey.prepare(chosen)
        built.start("database", "broker")
        postgres.wait(chosen)
        postgres.create_roles(chosen)
        valkey.wait(chosen)
        yield built


def _build(var: Path, chosen: Places) -> House:
    application, owner = postgres.url(chosen, postgres.APPLICATION), postgres.url(chosen, postgres.OWNER)
    services = Services(application, owner, valkey.url(chosen), notes=None, supervisor=Supervisor(Output()))
    portal = Portal(var, services, "only for this test", "not used")
    environment = portal.environment | {"PORTAL_ENV": "test", "PORTAL_DOCUMENTS": str(var / "documents")}
    programs = {
        program.name: Program(program.name, program.command, environment)
        for program in portal.programs("127.0.0.1", 0)
        if program.name in ("worker", "sweeper")
    }
    programs |= {"database": postgres.program(chosen), "broker": valkey.program(chosen, throw_away=True)}
    return House(var, chosen, programs, environment)


def _end(built: House) -> None:
    for name in ("sweeper", "worker", "broker", "database"):
        if name in built.running:
            stop(built.running[name], built.programs[name].stop_signal, patience=5)


def descendants(pid: int) -> list[int]:
    children = [int(child) for child in _children(pid)]
    return children + [below for child in children for below in descendants(child)]


def _children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []


def kill(pid: int) -> None:
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        return
