from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from reports.models import QuarterlyReturn
from reports.workflow.returns import open_returns


class Command(BaseCommand):
    help = "Open the returns of a quarter, such as 2026-27-Q2, one for each of the 33 areas. Run it at will."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("quarter", help="Such as 2026-27-Q2")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            quarter = Quarter.from_key(options["quarter"])
        except ValueError as error:
            raise CommandError(f"{error}.") from error
        portal = User.objects.portal()
        with acting(portal, reason="Call for returns"):
            opened = open_returns(quarter, by=portal)
        total = QuarterlyReturn.objects.filter(quarter=quarter).count()
        self.stdout.write(f"{quarter}: {len(opened)} returns opened, {total} in all.")
