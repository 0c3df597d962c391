"""Finished documents on disk, each under the hash of its bytes, so that the same bytes are the same file."""

import hashlib
import os
import tempfile
import time
from pathlib import Path

from django.conf import settings

PARTIAL = ".partial-"
STALE = 3600.0


class NotAsStored(Exception):
    """The file is gone, or its bytes are not those that were stored."""


def keep(content: bytes) -> str:
    """Store the bytes for good and return their hash. When this returns, they survive a power cut.

    Nobody ever sees half a file: it is written beside its place, synced, and then renamed.
    """
    digest = hashlib.sha256(content).hexdigest()
    place = path_of(digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    _forget_stale(place.parent)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=PARTIAL, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).rename(place)
    _sync(place.parent)
    _sync(place.parent.parent)
    return digest


def read(digest: str) -> bytes:
    try:
        content = path_of(digest).read_bytes()
    except FileNotFoundError as failure:
        raise NotAsStored(f"{digest} is gone") from failure
    if hashlib.sha256(content).hexdigest() != digest:
        raise NotAsStored(f"{digest} has other bytes")
    return content


def remove(digest: str) -> None:
    path_of(digest).unlink(missing_ok=True)


def path_of(digest: str) -> Path:
    return Path(settings.PORTAL_DOCUMENTS, digest[:2], digest)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget_stale(folder: Path) -> None:
    """What a worker was writing when it was killed."""
    for file in folder.glob(f"{PARTIAL}*"):
        if time.time() - file.stat().st_mtime > STALE:
            file.unlink(missing_ok=True)
