"""The lines of the plan that an activity serves: ticked on its form, and told on both sides."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from contest_portal.accounts.models import User
from strands.models import Activity, ActivityDeliverable, Deliverable, Measure
from strands.workflow.repeating import repeat_activity
from tests import make
from tests.cast import HARROW, as_
from tests.strands.answers import conference, errors, logged, send
from tests.strands.measuring import measure
from tests.strands.planned import deliverable
from tests.strands.test_changing import change
from tests.strands.test_merging import merge

pytestmark = pytest.mark.django_db
QUERIES = 16


@pytest.fixture
def plan() -> tuple[Deliverable, Deliverable, Measure]:
    return deliverable(), deliverable(title="Guide for venues"), measure("PV-03")


def lines_of(activity: Activity) -> list[str]:
    links = [*activity.deliverable_links.order_by("pk"), *activity.measure_links.order_by("pk")]
    return [str(link) for link in links]


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def offered(page: Any, name: str) -> list[str]:
    return [label for _, label in page.context["form"].fields[name].widget.choices]


def test_a3_one_activity_is_tied_to_several_deliverables_and_measures(
    brent_lead: User, member: User, plan: tuple[Deliverable, Deliverable, Measure]
) -> None:
    first, second, trained = plan

    activity = logged(brent_lead, deliverables=[first.pk, second.pk], measures=[trained.pk])

    assert lines_of(activity) == [str(first), str(second), "PV-03"]
    for address in (first.get_absolute_url(), trained.get_absolute_url()):
        page = words(as_(member), address)
        assert "1 activity that you may see, 1 of them delivered." in page
        assert activity.get_absolute_url() in page
    page = words(as_(member), activity.get_absolute_url())
    assert f'href="{second.get_absolute_url()}">Guide for venues</a>' in page
    assert f'href="{trained.get_absolute_url()}">Staff trained</a>' in page
    csv = as_(member).get(reverse("activities_csv")).content.decode()
    assert f"{first.reference}; {second.reference},PV-03" in csv


def test_only_lines_in_force_under_its_strand_on_its_day_are_ticked(
    brent_lead: User, plan: tuple[Deliverable, Deliverable, Measure]
) -> None:
    first, second, _ = plan
    protect = deliverable(strand_id="protect", title="Markets")
    old = deliverable(year=2025, title="Last year’s, still open")
    later = deliverable(year=2027, title="Next year’s")
    page = as_(brent_lead).post(reverse("activity_new"), conference(show_kind="folded"))
    assert offered(page, "deliverables") == [str(old), str(first), str(second)]
    assert offered(page, "measures") == ["PV-03 Staff trained"]

    wrong = errors(send(brent_lead, deliverables=[protect.pk]))
    too_early = errors(send(brent_lead, deliverables=[later.pk]))

    assert "is of Protect, but the activity is of Prevent." in wrong["deliverables"][0]
    assert "was not in force on 13 May 2026" in too_early["deliverables"][0]
    assert not Activity.objects.exists()


def test_what_is_not_seen_is_neither_listed_nor_counted(
    brent_lead: User, brent_head: User, member: User, plan: tuple[Deliverable, Deliverable, Measure]
) -> None:
    first = plan[0]
    hidden = logged(brent_lead, marking="OFFICIAL-SENSITIVE", deliverables=[first.pk])

    page, own = (as_(user).get(first.get_absolute_url()) for user in (member, brent_head))

    assert "No activity that you may see is tied to it." in page.content.decode()
    assert hidden.title not in page.content.decode()
    assert (own.context["marking"], own.context["done"].paginator.count) == ("OFFICIAL-SENSITIVE", 1)


def test_a_change_is_in_history_line_by_line(brent_lead: User, plan: tuple[Deliverable, Deliverable, Measure]) -> None:
    first, second, trained = plan
    activity = logged(brent_lead, deliverables=[first.pk], measures=[trained.pk])

    response = change(brent_lead, activity, deliverables=[second.pk], measures=[])

    assert response.status_code == 302, errors(response)
    assert lines_of(activity) == [str(second)]
    page = as_(brent_lead).get(reverse("activity_history", args=[activity.pk]))
    changed = page.context["changes"][0].fields
    told = {(field.label, field.before, field.after) for field in changed}
    assert {("Deliverable", str(first), ""), ("Deliverable", "", str(second)), ("Measure", "PV-03", "")} <= told


def test_another_like_it_a_series_and_a_merge_keep_the_lines(
    brent_lead: User, plan: tuple[Deliverable, Deliverable, Measure]
) -> None:
    first, second, trained = plan
    kept = logged(brent_lead, deliverables=[first.pk], measures=[trained.pk])
    twin = logged(brent_lead, title="Womens leadership conference", deliverables=[second.pk])

    like = as_(brent_lead).get(reverse("activity_new"), {"like": kept.pk}).context["form"]
    days = [dt.date(2026, 6, 3), dt.date(2027, 6, 3)]
    soon, late = repeat_activity(kept, days, form_key=uuid4(), by=brent_lead)
    merge(brent_lead, kept, twin)

    assert (like["deliverables"].value(), like["measures"].value()) == ([first.pk], [trained.pk])
    assert lines_of(soon) == [str(first), "PV-03"]
    assert lines_of(late) == [str(first), "PV-03"]
    assert lines_of(kept) == [str(first), str(second), "PV-03"]


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_done_costs_the_same_however_much_it_is(
    count: int, brent_lead: User, member: User, django_assert_num_queries: Any
) -> None:
    found = deliverable()
    for _ in range(count):
        made = make.activity(shares={HARROW: 60, "E09000005": 40}, borough=HARROW)
        make.many([ActivityDeliverable(activity=made, deliverable=found)])

    client = as_(member)
    client.get(found.get_absolute_url())

    with django_assert_num_queries(QUERIES):
        client.get(found.get_absolute_url())
