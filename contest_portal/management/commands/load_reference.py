from typing import Any

from django.core.management.base import BaseCommand

from boroughs.reference import london
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.reference import acronyms, assignments, papers
from strands.reference import strategy


class Command(BaseCommand):
    help = "Load the reference data: boroughs, organisations, strategies, shapes of papers and more. Run it at will."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting(User.objects.portal(), reason="Reference data"):
            saved = london.load() + strategy.load() + papers.load() + assignments.load() + acronyms.load()
        if options["verbosity"]:
            self.stdout.write(f"Reference data: {saved} rows saved." if saved else "Reference data: nothing to change.")
