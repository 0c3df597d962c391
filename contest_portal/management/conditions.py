"""What has to hold before anything is started, each with the sentence for when it does not."""

import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contest_portal.management.refusal import CannotStart


def require_writable(var: Path) -> None:
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var):
            pass
    except OSError as failure:
        raise CannotStart(
            f"the data folder {var} cannot be written to ({failure.strerror}); "
            "name another one: make run PORTAL_VAR=/path"
        ) from failure


@contextmanager
def only_copy(var: Path) -> Iterator[None]:
    """Hold the data folder's lock. The kernel lets it go when we end, however we end."""
    with (var / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotStart(
                f"another copy (process {lock.read().strip()}) is running on {var}; "
                "stop it, or start this one with another PORTAL_VAR and PORT"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def require_free_port(address: str, port: int) -> None:
    if not 0 < port < 65536:
        raise CannotStart(f"{port} is not a port; name one: make run PORT=8001")
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
            probe.listen()
    except OSError as failure:
        raise CannotStart(
            f"port {port} on {address} cannot be used ({failure.strerror}); start with another one: make run PORT=8001"
        ) from failure
