"""The first page of the list with a million activities in the log, against ten thousand.

`activity_list` as somebody who reads all London, `activity_list_borough` as the lead of one borough.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, cast

from bench.databases import with_database
from bench.pairs import compare

SMALL, LARGE = 10_000, 1_000_000
PAIRS = 9
PEOPLE = {"activity_list": "analyst", "activity_list_borough": "brent.lead"}

_ASKED = """
import sys, time
import django
django.setup()
from django.test import Client
from tests.cast import person
client = Client()
client.force_login(person(sys.argv[1]))
for _ in sys.stdin:
    start = time.perf_counter()
    answer = client.get("/activities/")
    print(time.perf_counter() - start if answer.status_code == 200 else "refused", flush=True)
"""


def main() -> None:
    for name, size in (("bench_small", SMALL), ("bench_large", LARGE)):
        with_database(name, "bench_data", "--activities", str(size))
    for bench, account in PEOPLE.items():
        with asked("bench_large", account) as large, asked("bench_small", account) as small:
            compare(bench, large, small, pairs=PAIRS)


@contextmanager
def asked(database: str, account: str) -> Iterator[Callable[[], float]]:
    """A process of its own that asks for the page whenever it is called, and says how long it took."""
    address = os.environ["DATABASE_URL"].replace("/portal?", f"/{database}?")
    environment = os.environ | {"DATABASE_URL": address, "PORTAL_LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-c", _ASKED, account]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        asking, answering = cast(IO[str], process.stdin), cast(IO[str], process.stdout)

        def ask() -> float:
            asking.write("\n")
            return float(answering.readline())

        yield ask
        asking.close()
