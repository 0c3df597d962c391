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
from contest_portal.management.demo.deliverables import make_deliverables
from contest_portal.management.demo.measures import make_measures
from contest_portal.management.demo.resources import make_charities
from strands.figures import delivery
from strands.figures.known import Known
from strands.figures.measuring import standings
from strands.models import Activity, ActivityShare, Deliverable, Measure
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


def test_measures_stand_in_the_last_quarter_as_a_person_would_find_them(db: None) -> None:
    quarter = Quarter.of(TODAY).previous()
    people = {account: person(account) for account in ("analyst", "chair", "prevent.lead")}
    make_measures(Quarter.of(TODAY).last(9), TODAY, people)

    found = standings(Measure.objects.order_by("code"), quarter, Known(TODAY))
    said = {measure.code: (each.words, str(each.rag or ""), each.needs_commentary) for measure, each in found.items()}
    assert said == {
        "PR-02": ("57% (4 of 7) [p]", "R", True),
        "PV-01": ("Retired", "", False),
        "PV-02": ("Retired", "", False),
        "PV-03": ("611 [p]", "G", False),
        "PV-07": ("91% (91 of 100) [p]", "A", True),
        "PV-11": ("Data not yet complete (0 of 1)", "", False),
    }


def test_the_plan_has_two_that_are_late_one_put_off_three_times_and_one_at_31_of_33_areas(db: None) -> None:
    make_deliverables(TODAY, {account: person(account) for account in ("secretary", "chair", "prevent.lead")})

    found = list(Deliverable.objects.for_table())
    late = [each for each in found if each.is_late(TODAY)]
    assert sorted((each.slip_count, each.areas_words) for each in late) == [(0, "31 of 33 areas"), (3, "")]
    assert delivery.sentence(found, TODAY) == (
        "10 deliverables: 1 not started, 5 under way, 1 overdue, 2 delivered, 1 cancelled. "
        "2 are later than first agreed, or overdue."
    )


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
