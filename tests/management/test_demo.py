"""The demo data: refused in production, and the same for the same seed and day. tests/browser looks at all of it."""

import datetime as dt
import random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.management.demo.activities import Log
from contest_portal.management.demo.colleagues import make_colleagues
from contest_portal.management.demo.resources import make_charities
from strands.models import Activity, ActivityShare
from tests.cast import person

TODAY = dt.date(2026, 11, 22)


def test_refuses_production(settings: object, db: None) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="not for production"):
        call_command("demo")


def test_wants_a_password(settings: object, db: None) -> None:
    settings.PORTAL_DEMO_PASSWORD = ""

    with pytest.raises(CommandError, match="PORTAL_DEMO_PASSWORD"):
        call_command("demo")


def test_does_not_load_twice(settings: object, db: None, capsys: pytest.CaptureFixture) -> None:
    settings.PORTAL_DEMO_PASSWORD = "correct horse battery staple"

    call_command("demo")

    assert capsys.readouterr().out == "The demo data is there already.\n"
    assert Activity.objects.count() == 0


def test_same_seed_gives_the_same_log(db: None) -> None:
    people = _people()

    first, second, other = (_log(seed, people) for seed in (7, 7, 8))

    assert first == second
    assert first != other
    assert len(first) > 100


def _people() -> dict[tuple[str, str], User]:
    accounts = {name: person(name) for name in ("brent.lead", "brent.head", "harrow.lead")}
    with acting(User.objects.portal()):
        make_charities()
        return make_colleagues(accounts, today=TODAY, by=person("admin"))


def _log(seed: int, people: dict[tuple[str, str], User]) -> list[tuple]:
    """What one quarter's log holds; undone again."""
    with transaction.atomic():
        Log(random.Random(seed), TODAY, people).write([Quarter(2026, 2)])
        rows = list(Activity.objects.order_by("reference").values_list("reference", "title", "starts", "attendance"))
        rows += list(ActivityShare.objects.order_by("activity__reference", "borough").values_list("borough", "percent"))
        transaction.set_rollback(True)
    return rows
