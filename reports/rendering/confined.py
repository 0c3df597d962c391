"""Rendering in a child process with little memory and little time, so that no paper can bring a worker down.

The child is forked from a worker that has its fonts and styles ready, which costs a few milliseconds; a new process
would spend more on starting than most papers take. It tells its parent through a pipe how far it is, what it made, or
why it could not. It dies with its parent.
"""

import ctypes
import json
import logging
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

from weasyprint.logger import PROGRESS_LOGGER

from reports.rendering import pdf
from reports.rendering.fonts import Unprintable

MEMORY = 1 << 30
PROCESSOR_SECONDS = 30
WALL_SECONDS = 100.0
# How long the parent may say nothing about the document: a fraction of the lease it holds.
SILENCE = 4.0
PR_SET_PDEATHSIG = 1

PROGRESS, DONE, FAILED = b"P", b"D", b"F"
HEAD = 5  # one letter and four bytes of length


class Failed(Exception):
    """The paper could not be made. The message is a sentence for a person."""


def confined(
    snapshot_text: str, report: Callable[[int], None], document: Callable[[str], bytes] | None = None
) -> bytes:
    """The PDF. `report` is told how far it is, every few seconds at least; what it raises ends the child."""
    pdf.make_ready()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _be_the_child(writer, snapshot_text, document or pdf.document)
    os.close(writer)
    try:
        return _collect(reader, report)
    except EOFError:
        raise Failed(_why_it_died(child)) from None
    finally:
        os.close(reader)
        _end(child)


# --- the parent ---------------------------------------------------------------------------------


def _collect(reader: int, report: Callable[[int], None]) -> bytes:
    progress, told, until = 0, time.monotonic(), time.monotonic() + WALL_SECONDS
    for kind, content in _messages(reader):
        if kind == DONE:
            return content
        if kind == FAILED:
            raise _as_exception(content)
        if kind == PROGRESS:
            progress = content[0]
        if time.monotonic() > until:
            raise Failed(f"Making the document took more than {WALL_SECONDS:.0f} seconds.")
        if kind == PROGRESS or time.monotonic() - told > SILENCE:
            told = time.monotonic()
            report(progress)
    raise EOFError


def _messages(reader: int) -> Iterator[tuple[bytes, bytes]]:
    """What the child says, and (b"", b"") after each second in which it says nothing; ends when the child does."""
    received = bytearray()
    while True:
        if not select.select([reader], [], [], 1.0)[0]:
            yield b"", b""
            continue
        part = os.read(reader, 1 << 20)
        if not part:
            return
        received += part
        while len(received) >= HEAD and len(received) >= HEAD + int.from_bytes(received[1:HEAD], "big"):
            end = HEAD + int.from_bytes(received[1:HEAD], "big")
            yield bytes(received[:1]), bytes(received[HEAD:end])
            del received[:end]


def _as_exception(content: bytes) -> Exception:
    kind, sentence = json.loads(content)
    return Unprintable(sentence) if kind == Unprintable.__name__ else Failed(sentence)


def _why_it_died(child: int) -> str:
    """Of a child that ended without a word. It stays to be reaped."""
    ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    if ended is not None and ended.si_status == signal.SIGXCPU:
        return f"Making the document took more than {PROCESSOR_SECONDS} seconds of the processor."
    return "The program that makes documents stopped without saying why; most often the paper is too large for it."


def _end(child: int) -> None:
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        return
    os.waitpid(child, 0)


# --- the child ----------------------------------------------------------------------------------


def _be_the_child(writer: int, snapshot_text: str, document: Callable[[str], bytes]) -> NoReturn:
    """Whatever happens in here must not get out: the code outside is the worker's, and runs in the worker already."""
    try:
        try:
            _confine()
            _tell_progress(writer)
            _send(writer, DONE, document(snapshot_text))
        except MemoryError:
            _send_failure(writer, MemoryError, f"Making the document took more than {MEMORY >> 20} MB of memory.")
        except Unprintable as reason:
            _send_failure(writer, Unprintable, str(reason))
        finally:
            _tell_unexpected(writer)
    finally:
        os._exit(0)


def _confine() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGUSR1, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)
    # The limit counts what the worker has reserved already, so it is set from there.
    reserved = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (reserved + MEMORY, reserved + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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
            _send(self.writer, PROGRESS, bytes([int(reached)]))
        self.reached = max(self.reached, reached)


def _tell_unexpected(writer: int) -> None:
    kind = sys.exc_info()[0]
    if kind is not None:
        traceback.print_exc()
        _send_failure(writer, kind, f"The program that makes documents failed ({kind.__name__}).")


def _send_failure(writer: int, kind: type[BaseException], sentence: str) -> None:
    _send(writer, FAILED, json.dumps([kind.__name__, sentence]).encode())


def _send(writer: int, kind: bytes, content: bytes) -> None:
    message = memoryview(kind + len(content).to_bytes(4, "big") + content)
    while message:
        message = message[os.write(writer, message) :]
