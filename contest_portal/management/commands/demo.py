import datetime as dt
import random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.management.demo.london import make_london
from contest_portal.management.demo.people import PEOPLE

SEED = 2026


class Command(BaseCommand):
    help = "Fill an empty portal with a believable London: people, activities, returns, boards and papers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED, help="Another seed gives another London.")
        parser.add_argument("--day", type=dt.date.fromisoformat, help="The day on which it is so; otherwise today.")

    def handle(self, *args: Any, seed: int, day: dt.date | None, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demo data is not for production: PORTAL_ENV is “production”.")
        if not settings.PORTAL_DEMO_PASSWORD:
            raise CommandError("Set PORTAL_DEMO_PASSWORD to the password that the demo people shall have.")
        if User.objects.filter(email=PEOPLE[0].email).exists():
            self.stdout.write("The demo data is there already.")
            return
        counts = make_london(random.Random(seed), day or timezone.localdate(), settings.PORTAL_DEMO_PASSWORD)
        for what, count in counts.items():
            self.stdout.write(f"{count:>6,} {what}")
