"""ClamAV's daemon over its socket: the bytes go in pieces, one line comes back."""

import socket
import struct
from urllib.parse import urlsplit

PIECE = 1 << 16
SECONDS = 20.0


class ScannerAway(Exception):
    """There was no answer that could be understood, so nothing is known about the file."""


def has_virus(content: bytes, url: str) -> bool:
    """`url` is tcp://host:3310 or unix:///path/to/socket."""
    try:
        with _connection(url) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                connection.sendall(struct.pack("!L", len(piece)) + piece)
            connection.sendall(struct.pack("!L", 0))
            answer = b"".join(iter(lambda: connection.recv(4096), b"")).rstrip(b"\0\n")
    except OSError as reason:
        raise ScannerAway(str(reason)) from reason
    if answer.endswith(b" FOUND"):
        return True
    if answer == b"stream: OK":
        return False
    raise ScannerAway(answer.decode("utf-8", "replace"))


def _connection(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        connection.connect(parts.path)
        return connection
    return socket.create_connection((parts.hostname or "localhost", parts.port or 3310), timeout=SECONDS)
