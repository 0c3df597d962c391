"""Throw-away PostgreSQL and Valkey, for the length of a `with`."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from contest_portal.management import postgres, valkey
from contest_portal.management.places import Places, places
from contest_portal.management.programs import stop


@contextmanager
def throw_away_services() -> Iterator[dict[str, str]]:
    """Both servers with empty data; yields the environment that leads to them."""
    var = Path(tempfile.mkdtemp(prefix="portal-test-"))
    # Started by root, the servers have to pass through here as somebody else; what is inside is private.
    var.chmod(0o711)
    with ExitStack() as ending:
        ending.callback(shutil.rmtree, var, ignore_errors=True)
        chosen = places(var)
        ending.callback(chosen.leave)
        for server in (postgres, valkey):
            server.prepare(chosen)
            program = server.program(chosen, throw_away=True)
            ending.callback(stop, program.start(), program.stop_signal, patience=10)
        postgres.wait(chosen)
        postgres.create_roles(chosen, throw_away=True)
        valkey.wait(chosen)
        yield environment(chosen) | {"PORTAL_VAR": str(var), "PORTAL_ENV": "test"}


def environment(chosen: Places) -> dict[str, str]:
    """What the portal's own programs have to know to reach the servers."""
    return {
        "DATABASE_URL": postgres.url(chosen, postgres.APPLICATION),
        "DATABASE_OWNER_URL": postgres.url(chosen, postgres.OWNER),
        "REDIS_URL": valkey.url(chosen),
    }
