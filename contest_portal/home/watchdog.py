"""A worker that no longer hears its broker ends, so that its supervisor starts it again.

A connection can fall silent without closing. Time limits on the socket mend most of that; this mends the rest, from
the outside: messages were sent a minute ago, and nobody has claimed anything since.
"""

import datetime as dt
import os
import threading
from typing import Any

import structlog
from celery import bootsteps
from django.db import DatabaseError, InterfaceError, connection

from reports.models import ArchivedCopy, Document, PackFile, PageDocument
from strands.models import ExportJob, ImportJob

PATIENCE = dt.timedelta(seconds=60)
PAUSE = 10.0
DEAF = 70

log = structlog.get_logger(__name__)


class Watchdog(bootsteps.StartStopStep):
    """A thread beside the worker's own loop, which may be the very thing that hangs."""

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self.ending = threading.Event()

    def start(self, parent: Any) -> None:
        threading.Thread(target=self.watch, name="watchdog", daemon=True).start()

    def stop(self, parent: Any) -> None:
        self.ending.set()

    def watch(self) -> None:
        # A worker that has just started has not had its minute yet.
        pause = PATIENCE.total_seconds()
        while not self.ending.wait(pause):
            pause = PAUSE
            if is_deaf():
                log.critical("worker_is_deaf", patience=PATIENCE.total_seconds())
                os._exit(DEAF)


def is_deaf() -> bool:
    try:
        return any(
            model.objects.unheard_for(PATIENCE)
            for model in (Document, PackFile, PageDocument, ArchivedCopy, ImportJob, ExportJob)
        )
    except (DatabaseError, InterfaceError):
        return False  # nobody can claim anything then
    finally:
        connection.close()
