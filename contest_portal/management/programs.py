"""A program that runs beside us: how it is started, and how it is stopped for certain."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

PR_SET_PDEATHSIG = 1
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Program:
    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    uid: int | None = None  # an account to step down to; None stays who we are
    folder: Path = ROOT
    stop_signal: signal.Signals = signal.SIGTERM

    def start(self, output: int | None = None) -> subprocess.Popen[bytes]:
        """Start in a session of its own, so that Ctrl-C reaches only us and we stop it in order."""
        return subprocess.Popen(
            self.command,
            cwd=self.folder,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
            user=self.uid,
            group=self.uid,
            extra_groups=None if self.uid is None else [],
            preexec_fn=ends_with_us(self.stop_signal),
        )


def ends_with_us(stop_signal: signal.Signals) -> Callable[[], object] | None:
    """Have the kernel stop the program if we are killed outright and cannot do it ourselves.

    The kernel watches the thread that starts the program, so start programs from the main thread.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return partial(prctl, PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)


def stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals, patience: float) -> None:
    """Ask, wait, then insist; whatever the program has started goes with it."""
    if process.poll() is None:
        process.send_signal(stop_signal)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    sweep_group(process)


def sweep_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a program that has ended."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
