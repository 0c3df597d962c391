"""A process of its own in a database of its own, which does one thing when asked and says how long it took."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

import psycopg2

from bench.databases import with_database

_EACH = """
import sys, time
import django
django.setup()
from importlib import import_module
work = getattr(import_module(sys.argv[1]), sys.argv[2])(*sys.argv[3:])
for _ in sys.stdin:
    start = time.perf_counter()
    work()
    print(time.perf_counter() - start, flush=True)
"""
_PLACE = Path(__file__).resolve().parent.parent


@contextmanager
def worker(database: str, module: str, maker: str, *words: str) -> Iterator[Callable[[], float]]:
    """`maker` of that module, called with these words, gives what is to be done each time."""
    address = os.environ["DATABASE_URL"].replace("/portal?", f"/{database}?")
    environment = os.environ | {"DATABASE_URL": address, "PORTAL_LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-c", _EACH, module, maker, *words]
    with subprocess.Popen(
        command, env=environment, cwd=_PLACE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        asking, answering = cast(IO[str], process.stdin), cast(IO[str], process.stdout)

        def ask() -> float:
            asking.write("\n")
            return float(answering.readline())

        try:
            yield ask
        finally:
            with suppress(BrokenPipeError):
                asking.close()


def filled(name: str, activities: int) -> None:
    """A database with so many activities, unless an earlier benchmark of this run has made it."""
    owner = psycopg2.connect(os.environ["DATABASE_OWNER_URL"])
    with owner.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        is_there = cursor.fetchone() is not None
    owner.close()
    if not is_there:
        with_database(name, "bench_data", "--activities", str(activities))


def as_owner(database: str, *statements: str) -> None:
    address = os.environ["DATABASE_OWNER_URL"].replace("/portal?", f"/{database}?")
    owner = psycopg2.connect(address)
    owner.autocommit = True
    with owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    owner.close()
