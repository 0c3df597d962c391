"""The embedded Valkey: the broker, reached through a private Unix socket and no port."""

import os
import time
from pathlib import Path

import redis

from contest_portal.management.places import Places
from contest_portal.management.programs import Program
from contest_portal.management.refusal import CannotStart

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",  # a lost message is sent again: the row in the database is the truth
    "save": "",
    "maxmemory-policy": "noeviction",
    "loglevel": "warning",
}


def program(places: Places, throw_away: bool = False) -> Program:
    settings = {**SETTINGS, "dir": str(data(places)), "unixsocket": str(socket(places)), "logfile": str(log(places))}
    if throw_away:
        settings["appendonly"] = "no"
    options = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return Program(
        name="valkey",
        command=[str(places.valkey), *options],
        uid=places.uid,
        folder=places.servers,
    )


def data(places: Places) -> Path:
    return places.servers / "valkey"


def socket(places: Places) -> Path:
    return places.sockets / "valkey.sock"


def log(places: Places) -> Path:
    """Not the screen: every start has advice about the machine's kernel to give, in capital letters."""
    return data(places) / "valkey.log"


def url(places: Places) -> str:
    return f"unix://{socket(places)}"


def prepare(places: Places) -> None:
    """Make the data folder as root or as ourselves; the server enters it as its own account."""
    folder = data(places)
    folder.mkdir(mode=0o700, exist_ok=True)
    if places.uid is not None:
        os.chown(folder, places.uid, places.uid)


def wait(places: Places, patience: float = 30) -> None:
    """Return when the server answers, having read its log of commands."""
    until = time.monotonic() + patience
    with redis.Redis.from_url(url(places)) as broker:
        while not answers(broker):
            if time.monotonic() > until:
                raise CannotStart(f"Valkey does not answer; {log(places)} may tell why")
            time.sleep(0.05)


def answers(broker: redis.Redis) -> bool:
    try:
        return bool(broker.ping())
    except redis.ConnectionError:
        return False
