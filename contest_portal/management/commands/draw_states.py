from typing import Any

from django.core.management.base import BaseCommand

from contest_portal.management import states


class Command(BaseCommand):
    help = "Draw docs/states.md again from the tables of moves in the code."

    def handle(self, *args: Any, **options: Any) -> None:
        states.PAGE.write_text(states.page(), encoding="utf-8")
        self.stdout.write(f"{states.PAGE.relative_to(states.PAGE.parent.parent)} is drawn.")
