"""Rendering in a child process with little memory and little time, so that no paper can bring a worker down.

The child is forked from a worker that has its fonts and styles ready; a new process would spend more on starting than
most papers take. It tells its parent through a pipe how far it is, what it made, or why it could not. It dies with its
parent.

A child that made a paper stays for the next one, which is limited anew: a fresh child copies whatever memory it
touches, and that takes a tenth of what a paper does. One that failed at anything is ended, and has no say in another
paper. What happens inside is in `confined_child`.
"""

import json
import os
import pickle
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from reports.rendering import fonts, pdf
from reports.rendering.confined_child import BEGUN, DONE, FAILED, HEAD, PROGRESS, send, serve
from reports.rendering.fonts import Unprintable

MEMORY = 1 << 30
PROCESSOR_SECONDS = 30
WALL_SECONDS = 100.0
# How often the parent says how far the document is: as often as a page asks, and a fraction of the lease it holds.
EVERY = 1.0
WITHOUT_A_WORD = (
    "The program that makes documents stopped without saying why; most often the paper is too large for it."
)


class Failed(Exception):
    """The paper could not be made. The message is a sentence for a person."""


class Gone(Failed):
    """The child was not there any more when it was asked."""


@dataclass(frozen=True)
class Child:
    pid: int
    asking: int
    answering: int

    def ask(self, asked: bytes) -> None:
        with suppress(BrokenPipeError):
            send(self.asking, b"A", asked)

    def end(self) -> None:
        os.close(self.asking)
        os.close(self.answering)
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


_resting: list[Child] = []
# They are children of this process alone.
os.register_at_fork(after_in_child=_resting.clear)


def confined(
    snapshot_text: str, report: Callable[[int], None], document: Callable[[str], bytes] | None = None
) -> bytes:
    """The PDF. `report` is told how far it is, once a second; what it raises ends the child."""
    asked = pickle.dumps((document or pdf.document, snapshot_text, MEMORY, PROCESSOR_SECONDS))
    if _resting:
        with suppress(Gone):
            return _made(_resting.pop(), asked, report)
    return _made(_start(), asked, report)


def let_go() -> None:
    """End the child that waits for another paper."""
    while _resting:
        _resting.pop().end()


def _start() -> Child:
    pdf.make_ready()
    fonts.folder_of_fonts()  # of the worker, so that its children need none of their own
    asked, asking = os.pipe()
    answering, answers = os.pipe()
    pid = os.fork()
    if pid == 0:
        serve(asked, answers)
    os.close(asked)
    os.close(answers)
    return Child(pid, asking, answering)


def _made(child: Child, asked: bytes, report: Callable[[int], None]) -> bytes:
    with ExitStack() as otherwise:
        otherwise.callback(child.end)
        child.ask(asked)
        try:
            content = _collect(child, report)
        except EOFError:
            raise Failed(_why_it_died(child)) from None
        otherwise.pop_all()
    _resting.append(child)
    return content


def _collect(child: Child, report: Callable[[int], None]) -> bytes:
    begun, progress, told, until = False, 0, time.monotonic(), time.monotonic() + WALL_SECONDS
    for kind, content in _messages(child.answering):
        if kind == DONE:
            return content
        if kind == FAILED:
            raise _as_exception(content)
        if kind == PROGRESS:
            progress = content[0]
        begun = begun or kind == BEGUN
        if time.monotonic() > until:
            raise Failed(f"Making the document took more than {WALL_SECONDS:.0f} seconds.")
        if time.monotonic() - told >= EVERY:
            told = time.monotonic()
            report(progress)
    raise EOFError if begun else Gone(WITHOUT_A_WORD)


def _messages(reader: int) -> Iterator[tuple[bytes, bytes]]:
    """What the child says, and (b"", b"") whenever it says nothing for a while; ends when the child does."""
    received = bytearray()
    while True:
        if not select.select([reader], [], [], 0.5)[0]:
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


def _why_it_died(child: Child) -> str:
    """Of a child that ended without a word. It stays to be reaped."""
    ended = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    if ended is not None and ended.si_status == signal.SIGXCPU:
        return f"Making the document took more than {PROCESSOR_SECONDS} seconds of the processor."
    return WITHOUT_A_WORD
