"""Lists, rosters and a return as they were known on a day."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from boroughs.models import BankHoliday, Grouping, Organisation
from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from reports.models import Paper, ReturnAssignment
from strands.models import AssuranceFramework, StrategyVersion, ThreatLevel
from tests import make
from tests.cast import BRENT, as_, person
from tests.strands.test_as_at_pages import changed, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> dict[str, tuple[str, Any, str]]:
    """By the name of its list: its address, a row, and the field that is changed later."""
    at = make.meeting(timezone.localdate() + dt.timedelta(days=60))
    holiday, edition = BankHoliday.objects.order_by("day").last(), StrategyVersion.newest()
    assert holiday is not None
    assert edition is not None
    grant = Grant.objects.get(user=person("chair"))
    assignment = ReturnAssignment.objects.get(borough=BRENT)
    board = reverse("board", args=[at.board.key])
    return {
        "threat levels": (reverse("threat_levels"), ThreatLevel.objects.order_by("-starts").first(), "definition"),
        "organisations": (reverse("organisations"), Organisation.objects.order_by("name").first(), "name"),
        "bank holidays": (reverse("bank_holidays_of", args=[holiday.day.year]), holiday, "name"),
        "strategies": (reverse("strategies"), edition, "name"),
        "strategy": (reverse("strategy", args=[edition.pk]), edition.objectives.first(), "text"),
        "boroughs": (reverse("boroughs"), Grouping.objects.get(pk="PRIORITY_16"), "name"),
        "boards": (reverse("boards"), at.board, "name"),
        "forward plan": (reverse("forward_plan"), at, "venue"),
        "board": (board, at, "venue"),
        "assurance": (reverse("assurance"), AssuranceFramework.objects.first(), "body"),
        "grants": (reverse("grants"), grant, "reason"),
        "assignments": (reverse("return_assignments"), assignment, "lead_post"),
    }


def test_f8_lists_are_as_they_were(kept: dict[str, Any], secretary: User) -> None:
    today = timezone.now()
    day = {"as_at": (timezone.localdate() + dt.timedelta(days=1)).isoformat()}
    with time_machine.travel(today + dt.timedelta(days=3), tick=True):
        for _, row, field in kept.values():
            changed(row, **{field: f"Later {field}"})

    with time_machine.travel(today + dt.timedelta(days=5), tick=True):
        client = as_(secretary)
        for name, (address, row, field) in kept.items():
            was = str(getattr(row, field))
            then, now = text(client.get(address, day)), text(client.get(address))
            assert (escape(was) in then, f"Later {field}" in then, "As known on" in then) == (True, False, True), name
            assert f"Later {field}" in now, name
            ahead = client.get(address, {"as_at": "2099-01-01"})
            assert "Enter a day that has come" in text(ahead), name
        early = [text(client.get(address, {"as_at": "2019-01-01"})) for address, _, _ in kept.values()]
    assert sum("the portal knew nothing of this yet" in page for page in early) == len(kept) - 1


def test_f8_the_list_of_grants_goes_back_with_the_rights_of_today(chair: User, secretary: User) -> None:
    """Whose grant on the board has ended reads no list of another day either."""
    today = timezone.now()
    day = {"as_at": (timezone.localdate() + dt.timedelta(days=1)).isoformat()}
    with time_machine.travel(today + dt.timedelta(days=3), tick=True):
        changed(Grant.objects.get(user=chair), ends=dt.date(2020, 1, 2))
    with time_machine.travel(today + dt.timedelta(days=5), tick=True):
        assert as_(chair).get(reverse("grants"), day).status_code == 403
        shown = text(as_(secretary).get(reverse("grants"), day | {"standing": "live"}))
    assert chair.name in shown
    assert "All London" not in shown


def test_f8_the_list_of_papers_is_as_it_was_for_those_who_read_how_they_were_made(
    secretary: User, member: User
) -> None:
    today, day = timezone.now(), timezone.localdate()
    paper = make.paper(at=make.meeting(day + dt.timedelta(days=60)), title="First title")
    other = make.paper(at=paper.meeting, title="Never issued")
    with time_machine.travel(today + dt.timedelta(days=2), tick=True):
        changed(paper, title="Second title")
        make.issue(Paper.objects.get(pk=paper.pk))
        changed(other, open_marking="OFFICIAL-SENSITIVE", marking="OFFICIAL-SENSITIVE")
    with time_machine.travel(today + dt.timedelta(days=5), tick=True):
        pages = {
            (who, ahead): text(as_(who).get(reverse("papers"), {"as_at": (day + dt.timedelta(days=ahead)).isoformat()}))
            for who in (secretary, member)
            for ahead in (1, 3)
        }
    titles = {
        key: [name for name in ("First title", "Second title", "Never issued") if name in page]
        for key, page in pages.items()
    }
    assert titles[secretary, 1] == ["First title", "Never issued"]
    assert titles[secretary, 3] == ["Second title", "Never issued"]
    assert (titles[member, 1], titles[member, 3]) == ([], ["Second title"])
    assert "Draft</strong>" in pages[secretary, 1]
    assert "OFFICIAL-SENSITIVE</strong>" in pages[secretary, 1]
    assert "As known on" in pages[member, 1]
