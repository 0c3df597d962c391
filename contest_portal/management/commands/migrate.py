from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate

from contest_portal.audit import ledger
from reports.rendering import saying
from strands.figures import rolling_up


class Command(Migrate):
    """Django's migrate, then everything that the database itself enforces. Run it as the owner of the database."""

    help = "Bring the database up to date: tables, ledger, what triggers keep, and the application's rights."

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            call_command("createcachetable", verbosity=0)
            ledger.install()
            rolling_up.install()
            saying.install()
