"""The inside of the child that renders: what it may do, and the pipe on which it is asked and answers."""

import ctypes
import gc
import json
import logging
import math
import os
import pickle
import resource
import select
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import NoReturn

from weasyprint.logger import PROGRESS_LOGGER

from reports.rendering.fonts import Unprintable

# How long it waits for another paper, and how much larger than at its start it may be while it waits.
REST = 60.0
SPARE = 256 << 20
PR_SET_PDEATHSIG = 1

BEGUN, PROGRESS, DONE, FAILED = b"B", b"P", b"D", b"F"
HEAD = 5  # one letter and four bytes of length


def send(writer: int, kind: bytes, content: bytes) -> None:
    message = memoryview(kind + len(content).to_bytes(4, "big") + content)
    while message:
        message = message[os.write(writer, message) :]


def serve(asked: int, answers: int) -> NoReturn:
    """Whatever happens in here must not get out: the code outside is the worker's, and runs in the worker already."""
    try:
        _confine({asked, answers})
        most = _size() + SPARE
        while (paper := _next(asked)) and _make(paper, answers) and _size() < most:
            # While it is not waited for. A paper itself is made without.
            gc.collect()
    finally:
        os._exit(0)


def _next(asked: int) -> bytes:
    """What it is asked for; nothing when it has waited long enough, or its parent is gone."""
    if not select.select([asked], [], [], REST)[0]:
        return b""
    head = os.read(asked, HEAD)
    left, parts = int.from_bytes(head[1:], "big"), []
    while left and (part := os.read(asked, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _make(paper: bytes, answers: int) -> bool:
    """Whether it may make another one."""
    try:
        document, snapshot_text, memory, seconds = pickle.loads(paper)  # noqa: S301  (of the worker, by our own pipe)
        send(answers, BEGUN, b"")
        try:
            _limit(memory, seconds)
            _tell_progress(answers)
            send(answers, DONE, document(snapshot_text))
        except MemoryError:
            _send_failure(answers, MemoryError, f"Making the document took more than {memory >> 20} MB of memory.")
        except Unprintable as reason:
            _send_failure(answers, Unprintable, str(reason))
        else:
            return True
    finally:
        _tell_unexpected(answers)
    return False


# --- its limits ---------------------------------------------------------------------------------


def _confine(its_own: set[int]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGUSR1, signal.SIGCHLD, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)
    _leave_what_is_open(its_own)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()
    gc.freeze()


def _leave_what_is_open(its_own: set[int]) -> None:
    """The worker's connections, which would otherwise outlive it or be held open here. Nothing takes their numbers."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in {int(file.name) for file in Path("/proc/self/fd").iterdir()} - its_own - {0, 1, 2, nowhere}:
        os.dup2(nowhere, number, inheritable=False)


def _limit(memory: int, seconds: int) -> None:
    """Of one paper, beside what was reserved and used before it."""
    _limit_softly(resource.RLIMIT_AS, _size() + memory)
    _limit_softly(resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds)


def _limit_softly(kind: int, most: int) -> None:
    """So that it can be raised for the next paper. It ends the child as surely: nothing in here answers the signal."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _size() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


# --- what it tells ------------------------------------------------------------------------------


def _tell_progress(writer: int) -> None:
    PROGRESS_LOGGER.handlers = [Progress(writer)]
    PROGRESS_LOGGER.propagate = False
    PROGRESS_LOGGER.setLevel(logging.INFO)


class Progress(logging.Handler):
    """The renderer logs its steps and each page it lays out; nobody knows how many pages there will be."""

    steps = {"Step 3": 15, "Step 4": 20, "Step 5": 30, "Step 6": 85, "Step 7": 95}

    def __init__(self, writer: int) -> None:
        super().__init__()
        self.writer = writer
        self.reached = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        step = str(record.msg)[:6]
        reached = float(self.steps.get(step, 0))
        if step == "Step 5" and self.reached >= reached:
            reached = self.reached + (84 - self.reached) / 8
        if int(reached) > int(self.reached):
            send(self.writer, PROGRESS, bytes([int(reached)]))
        self.reached = max(self.reached, reached)


def _tell_unexpected(writer: int) -> None:
    kind = sys.exc_info()[0]
    if kind is not None:
        traceback.print_exc()
        _send_failure(writer, kind, f"The program that makes documents failed ({kind.__name__}).")


def _send_failure(writer: int, kind: type[BaseException], sentence: str) -> None:
    send(writer, FAILED, json.dumps([kind.__name__, sentence]).encode())
