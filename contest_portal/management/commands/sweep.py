import signal
import threading
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, connection

from contest_portal.core import jobs
from reports.models import ArchivedCopy, Document, PackFile, PageDocument
from strands.models import ExportJob, ImportJob

PAUSE = 2.0

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "See to it that everything that was asked of workers is done, until SIGTERM: send again, take back, park."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Look once and end.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            sweep()
            return
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        while not stopping.wait(PAUSE):
            look()


def sweep() -> None:
    for model in (Document, PackFile, PageDocument, ArchivedCopy, ImportJob, ExportJob):
        jobs.sweep(model)


def look() -> None:
    """One look. A database that is away is tried again with a new connection at the next."""
    try:
        sweep()
    except (DatabaseError, InterfaceError) as failure:
        log.warning("sweeper_without_database", reason=str(failure).strip())
        connection.close()
