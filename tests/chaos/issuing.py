"""Somebody who issues papers one after the other until SIGTERM, and tries again whenever the database is away.

Run as a program of its own: `python -m tests.chaos.issuing`.
"""

import itertools
import os
import signal
import threading
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contest_portal.settings")
django.setup()

from django.db import DatabaseError, InterfaceError, connection  # noqa: E402

from contest_portal.accounts.models import User  # noqa: E402
from contest_portal.core.jobs import JobState  # noqa: E402
from reports.models import Document, Issue, Paper  # noqa: E402
from tests import cast, make  # noqa: E402

# Enough to keep the workers busy, and few enough to be done soon afterwards.
MOST_WAITING = 5
PAUSE = 0.3


def main() -> None:
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    for number in itertools.count(1):
        while not ended(issued, f"Paper {number}"):
            ending.wait(PAUSE)
        while not ending.is_set() and not ended(few_wait):
            ending.wait(PAUSE)
        if ending.is_set():
            return


def ended(act: Callable[..., bool], *arguments: str) -> bool:
    """Whether it was done; a database that is away means not yet."""
    try:
        return act(*arguments)
    except (DatabaseError, InterfaceError):
        connection.close()
        return False


def issued(title: str) -> bool:
    """A commit whose answer was lost is found the next time."""
    secretary = cast.person("secretary")
    if not Issue.objects.filter(paper__title=title).exists():
        make.issue(draft(title, secretary), by=secretary)
    return True


def few_wait() -> bool:
    return Document.objects.exclude(state=JobState.READY).count() < MOST_WAITING


def draft(title: str, secretary: User) -> Paper:
    return Paper.objects.filter(title=title).first() or make.paper(by=secretary, title=title)


if __name__ == "__main__":
    main()
