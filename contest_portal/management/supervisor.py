"""Keep a handful of programs running, with their output prefixed, until we are told to stop."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from subprocess import PIPE, Popen, TimeoutExpired

from honcho.colour import get_colours
from honcho.printer import Message, Printer

from contest_portal.management.programs import Program, sweep_group

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
PATIENCE = 8.0  # seconds that requests and jobs have to finish when we stop; jobs are taken up again later
SETTLED = 20.0  # seconds after which a program counts as healthy, whatever became of the one before it


@dataclass
class Output:
    """One line at a time to the screen, each with the time and the name of who says it."""

    width: int = 8
    printer: Printer = field(default_factory=lambda: Printer(sys.stdout))
    lock: threading.Lock = field(default_factory=threading.Lock)
    colours: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.printer.width = self.width
        self._next_colour = get_colours()

    def say(self, name: str, text: str | bytes) -> None:
        with self.lock:
            colour = self.colours.setdefault(name, next(self._next_colour))
            self.printer.write(Message("line", text, datetime.now().astimezone(), name, colour))

    def follow(self, name: str, process: Popen[bytes]) -> None:
        """Repeat what the process writes, until it and its children have closed the pipe."""
        threading.Thread(target=self._repeat, args=(name, process), daemon=True).start()

    def _repeat(self, name: str, process: Popen[bytes]) -> None:
        with process.stdout or sys.stdin.buffer as pipe:
            for line in pipe:
                self.say(name, line)


@dataclass
class Running:
    program: Program
    process: Popen[bytes]
    since: float = field(default_factory=time.monotonic)
    failures: int = 0
    again_at: float | None = None  # dead, and to be started again then


class Supervisor:
    """Starts programs, in the thread that calls it, and starts again those that die."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.running: list[Running] = []

    def start(self, *programs: Program) -> None:
        for program in programs:
            self.running.append(Running(program, self._spawn(program)))

    def tend(self) -> None:
        """Notice who has died, and start them again after a pause that grows with each failure."""
        for entry in self.running:
            if entry.again_at is None and entry.process.poll() is not None:
                self._plan_again(entry)
            elif entry.again_at is not None and time.monotonic() >= entry.again_at:
                entry.process = self._spawn(entry.program)
                entry.since, entry.again_at = time.monotonic(), None

    def stop(self, hurried: Callable[[], bool]) -> None:
        """Ask all at once; when they have ended, patience is over or somebody hurries us, insist."""
        for entry in self.running:
            if entry.process.poll() is None:
                entry.process.send_signal(entry.program.stop_signal)
        until = time.monotonic() + PATIENCE
        for entry in self.running:
            while entry.process.poll() is None and time.monotonic() < until and not hurried():
                self._wait_a_moment(entry.process)
            sweep_group(entry.process)
            entry.process.wait()
        self.running.clear()

    def _spawn(self, program: Program) -> Popen[bytes]:
        process = program.start(output=PIPE)
        self.output.follow(program.name, process)
        return process

    def _plan_again(self, entry: Running) -> None:
        sweep_group(entry.process)
        entry.failures = 0 if time.monotonic() - entry.since > SETTLED else entry.failures
        pause = min(FIRST_PAUSE * 2**entry.failures, LONGEST_PAUSE)
        entry.failures += 1
        entry.again_at = time.monotonic() + pause
        how = f"ended with {entry.process.returncode}; starting it again in {pause:g} s"
        self.output.say(entry.program.name, how)

    def _wait_a_moment(self, process: Popen[bytes]) -> None:
        try:
            process.wait(0.05)
        except TimeoutExpired:
            return


@contextmanager
def supervised(output: Output, hurried: Callable[[], bool]) -> Iterator[Supervisor]:
    supervisor = Supervisor(output)
    try:
        yield supervisor
    finally:
        supervisor.stop(hurried)
