from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from strands.figures import rolling_up


class Command(BaseCommand):
    help = "Count the log anew and compare it with the roll-up that dashboards read. Names every cell that differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="Make the roll-up anew from the log first.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            rolling_up.rebuild()
        found = rolling_up.differences()
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            raise CommandError(f"{len(found)} cells of the roll-up differ from the log. --rebuild puts them right.")
        self.stdout.write("The roll-up is what the log says.")
