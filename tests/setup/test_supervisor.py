"""With programs that are small, but real."""

import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from honcho.printer import Printer

from contest_portal.management import supervisor
from contest_portal.management.programs import Program
from contest_portal.management.supervisor import Output, Supervisor, supervised

WRITES_ITS_NUMBER = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
IGNORES_EVERYBODY = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.fork()
open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')
time.sleep(60)
"""


def program(script: str, *arguments: Path) -> Program:
    return Program("sleeper", [sys.executable, "-c", script, *map(str, arguments)])


def numbers_in(file: Path, count: int) -> list[int]:
    eventually(lambda: file.exists() and len(file.read_text().splitlines()) >= count)
    return [int(line) for line in file.read_text().splitlines()]


def eventually(holds: Callable[[], bool], patience: float = 10) -> None:
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{number}/stat").read_text().split()[2] != "Z"


@pytest.fixture
def said() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def running(said: io.StringIO) -> Iterator[Supervisor]:
    with supervised(Output(printer=Printer(said)), hurried=lambda: False) as started:
        yield started


def test_a_program_that_is_killed_is_started_again(running: Supervisor, tmp_path: Path) -> None:
    running.start(program(WRITES_ITS_NUMBER, tmp_path / "numbers"))
    (first,) = numbers_in(tmp_path / "numbers", 1)

    os.kill(first, signal.SIGKILL)
    eventually(lambda: running.tend() or len(numbers_in(tmp_path / "numbers", 1)) == 2)

    assert not is_running(first)
    assert is_running(numbers_in(tmp_path / "numbers", 2)[1])


def test_each_failure_in_a_row_makes_the_pause_longer(running: Supervisor, said: io.StringIO) -> None:
    running.start(program("raise SystemExit(3)"))

    eventually(lambda: running.tend() or said.getvalue().count("\n") == 3)

    pauses = [line.split("| ")[1] for line in said.getvalue().splitlines()]
    assert pauses == [f"ended with 3; starting it again in {pause} s" for pause in ("0.5", "1", "2")]


def test_what_a_program_says_has_its_name_in_front(running: Supervisor, said: io.StringIO) -> None:
    running.start(program("print('good morning', flush=True)"))

    eventually(lambda: said.getvalue().endswith("\n"))

    assert said.getvalue()[8:] == " sleeper  | good morning\n"


def test_stopping_leaves_no_process_even_of_those_that_will_not_listen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE", 0.3)
    with supervised(Output(), hurried=lambda: False) as started:
        started.start(program(IGNORES_EVERYBODY, tmp_path / "numbers"))
        numbers = numbers_in(tmp_path / "numbers", 2)

    eventually(lambda: not any(map(is_running, numbers)))


def test_a_second_request_to_stop_does_not_wait(tmp_path: Path) -> None:
    with supervised(Output(), hurried=lambda: True) as started:
        started.start(program(IGNORES_EVERYBODY, tmp_path / "numbers"))
        numbers = numbers_in(tmp_path / "numbers", 2)
        asked = time.monotonic()

    assert time.monotonic() - asked < 2
    eventually(lambda: not any(map(is_running, numbers)))
