"""A dashboard kept under a name: only for whoever saved it, and told of without a figure."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.home.tasks import tell_of_saved_views
from contest_portal.notifications.models import Mail, Message
from reports.forms.saved_view import is_saved, moving
from reports.models import SavedView
from tests.cast import BRENT, as_

PAGE = f"/dashboards/?over={BRENT}&quarter=2025-26-Q4"

pytestmark = pytest.mark.usefixtures("in_august")


def saved(person: User, name: str = "Mine", **values: Any) -> SavedView:
    with acting(person):
        made = SavedView(person=person, name=name, **{"address": PAGE} | values)
        made.save()
    return made


def test_f4_filters_are_in_the_link_and_a_view_is_saved_opened_renamed_and_deleted(member: User) -> None:
    client = as_(member)
    html = client.get(PAGE).content.decode()
    assert "/dashboards/views/new?of=%2Fdashboards%2F%3Fover%3D" in html

    client.post("/dashboards/views/new", {"name": "Brent", "moves": "no", "subscription": ""}, QUERY_STRING=of(PAGE))
    [view] = SavedView.objects.visible_to(member)
    assert (view.name, view.address, view.subscription) == ("Brent", PAGE, "")
    opened = client.get(view.address)
    assert (opened.context["part"].name, opened.context["quarter"].short) == ("Brent", "Q4 2025/26")

    client.post(f"/dashboards/views/{view.pk}/", {"name": "Brent alone", "subscription": "weekly"})
    assert "Brent alone" in client.get("/dashboards/views/").content.decode()
    client.post(f"/dashboards/views/{view.pk}/removal")
    assert not SavedView.objects.visible_to(member).exists()
    assert [row.history_type for row in SavedView.history.order_by("history_id")] == ["+", "~", "-"]


def of(address: str) -> str:
    return "of=" + address.replace("?", "%3F").replace("&", "%26").replace("=", "%3D")


def test_f4_a_view_moves_on_with_the_quarters_when_it_was_asked_to(member: User) -> None:
    page = {"name": "Brent", "moves": "yes", "subscription": ""}
    as_(member).post("/dashboards/views/new", page, QUERY_STRING=of(PAGE + "&as_at=2026-06-01"))

    assert SavedView.objects.visible_to(member).get().address == f"/dashboards/?over={BRENT}"
    assert moving("/dashboards/?quarter=2025-26-Q4") == "/dashboards/"


def test_f4_nobody_reaches_the_view_of_another(member: User, brent_lead: User) -> None:
    view = saved(member)
    client = as_(brent_lead)

    assert client.get(f"/dashboards/views/{view.pk}/").status_code == 404
    assert client.post(f"/dashboards/views/{view.pk}/removal").status_code == 404
    assert "Mine" not in client.get("/dashboards/views/").content.decode()
    client.post("/dashboards/views/new", {"name": "Mine", "moves": "no", "subscription": ""}, QUERY_STRING=of(PAGE))
    assert SavedView.objects.visible_to(brent_lead).count() == 1


def test_f4_a_name_is_used_once_and_what_was_typed_is_kept(member: User) -> None:
    saved(member)
    page = {"name": "Mine", "moves": "no", "subscription": "weekly"}
    html = as_(member).post("/dashboards/views/new", page, QUERY_STRING=of(PAGE)).content.decode()

    assert "You have a view of this name already. Enter another one" in html
    assert 'value="Mine"' in html


@pytest.mark.parametrize(
    "address",
    ["", "dashboards/", "//elsewhere.example/", "https://elsewhere.example/dashboards/", "/accounts/logout/",
     "/dashboards/views/", "/nowhere", "/dashboards/?over=" + "E" * 500],
)  # fmt: skip
def test_f4_what_is_no_dashboard_is_not_saved(address: str, member: User) -> None:
    assert not is_saved(address)
    assert as_(member).get("/dashboards/views/new", {"of": address}).status_code == 404


def test_f4_who_subscribed_is_told_once_a_week_and_of_no_figure(member: User, time_machine: Any) -> None:
    saved(member, subscription="weekly", subscribed_on=dt.date(2026, 8, 3))
    for day in (4, 5, 10, 11):
        time_machine.move_to(dt.datetime(2026, 8, day, 6, 45, tzinfo=dt.UTC))
        tell_of_saved_views()

    first, second = Message.objects.visible_to(member).order_by("pk")
    assert first.link == second.link == PAGE
    assert "the week of 3 August 2026" in first.text
    assert "the week of 10 August 2026" in second.text
    bodies = [mail.subject + mail.body for mail in Mail.objects.visible_to(member)]
    assert len(bodies) == 2
    assert not any("Mine" in body or "activities" in body.lower() for body in bodies)


def test_f4_who_subscribed_to_the_quarter_is_told_when_it_has_ended(member: User, time_machine: Any) -> None:
    saved(member, subscription="quarterly", subscribed_on=dt.date(2026, 8, 3))
    tell_of_saved_views()
    assert not Message.objects.visible_to(member).exists()

    time_machine.move_to(dt.datetime(2026, 10, 2, 6, 45, tzinfo=dt.UTC))
    tell_of_saved_views()
    tell_of_saved_views()

    assert "Q2 2026/27, which has ended" in Message.objects.visible_to(member).get().text


def test_f4_who_may_no_longer_read_dashboards_is_not_told(outsider: User, member: User) -> None:
    saved(outsider, subscription="weekly", subscribed_on=dt.date(2026, 7, 1))
    saved(member)
    tell_of_saved_views()

    assert not Message.objects.visible_to(outsider).exists()
    assert not Message.objects.visible_to(member).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    rows: int, member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        saved(member, f"View {number}")
    client = as_(member)
    client.get("/dashboards/views/")

    with django_assert_num_queries(9):
        client.get("/dashboards/views/")
