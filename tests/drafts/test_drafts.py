"""What is typed and not sent: kept for its own person, offered again, gone once it is sent."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.drafts.models import Draft
from strands.models import Activity
from tests import make
from tests.cast import PASSWORD, as_, person
from tests.strands.answers import conference, press
from tests.strands.measuring import measure

NEW = "/activities/new"
AT_ONCE = 12


def saved(client: Any, user: User, page: str = NEW, key: str = "", **typed: Any) -> Any:
    """As the script of the page sends it."""
    boxes = {"draft_key": key or str(uuid4()), "draft_page": page, "draft_person": str(user.pk)}
    return client.post(reverse("draft_saving"), {"title": "Half a title"} | boxes | typed)


def boxes_of(page: Any) -> dict[str, str]:
    return dict(re.findall(r'name="(draft_\w+)" value="([^"]*)"', page.content.decode()))


def test_a5_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(brent_lead: User) -> None:
    client = as_(brent_lead)
    with time_machine.travel("2026-08-03 22:52:00Z", tick=False):
        opened = client.get(NEW)
        answer = saved(
            client,
            brent_lead,
            key=boxes_of(opened)["draft_key"],
            internal_note="The first half",
            **{"starts-day": "13"},
        )
    assert answer.json()["words"] == "Draft saved at 11:52pm"

    with time_machine.travel("2026-08-04 08:00:00Z", tick=False):
        late = client.post(NEW, conference())
        assert late["Location"].startswith(reverse("account_login"))
        again = as_(brent_lead)
        home = again.get("/").content.decode()
        offered = again.get(NEW).content.decode()
        going_on = again.get(f"{NEW}?draft={answer.json()['key']}")

    assert "Log an activity, from 3 August 2026 at 11:52pm" in home
    assert "You have a draft of this page" in offered
    form = going_on.context["form"]
    assert (form["title"].value(), form["internal_note"].value()) == ("Half a title", "The first half")
    assert form["starts"].value().day == "13"
    assert not form.errors
    assert Activity.objects.count() == 0


def test_a_draft_goes_when_its_page_is_sent(brent_lead: User) -> None:
    client = as_(brent_lead)
    first = saved(client, brent_lead).json()["key"]
    boxes = boxes_of(client.get(f"{NEW}?draft={first}"))
    saved(client, brent_lead, key=boxes["draft_key"], draft_from=first)

    assert list(Draft.objects.values_list("key", flat=True)) != [first]
    refused = client.post(NEW, conference(title="", **boxes))
    assert (refused.status_code, Draft.objects.count()) == (200, 1)
    assert press(client, NEW, conference(**boxes)).status_code == 302

    assert Draft.objects.count() == 0


def opened_and_sent_late(user: User, **changes: Any) -> tuple[Any, Any]:
    """The browser, and what it is answered an hour after its page was opened."""
    client = as_(user)
    with time_machine.travel("2026-08-03 21:00:00Z", tick=False):
        boxes = boxes_of(client.get(NEW))
    with time_machine.travel("2026-08-03 22:00:00Z", tick=False):
        return client, client.post(NEW, conference(**boxes) | changes)


def test_a9_what_is_sent_without_a_session_is_offered_after_signing_in(brent_lead: User) -> None:
    client, late = opened_and_sent_late(brent_lead, title="Typed for an hour")
    sign_in = {"login": brent_lead.email, "password": PASSWORD}

    with time_machine.travel("2026-08-03 22:01:00Z", tick=False):
        told = client.get(late["Location"]).content.decode()
        going_on = client.post(late["Location"], sign_in, follow=True)
        sent = press(client, NEW, conference(title="Typed for an hour", **boxes_of(going_on)))

    assert "What you typed is kept as your draft: sign in to go on." in told
    assert "Typed for an hour" not in told
    assert going_on.context["form"]["title"].value() == "Typed for an hour"
    assert "This is your draft" in going_on.content.decode()
    assert (sent.status_code, Draft.objects.count(), Activity.objects.count()) == (302, 0, 1)


@pytest.mark.parametrize(
    "changes", [{"draft_proof": ""}, {"draft_proof": "forged"}, {"draft_key": str(uuid4())}, {"title": "x" * 200_001}]
)
def test_without_a_session_nothing_is_kept_that_no_page_of_a_person_sent(
    brent_lead: User, changes: dict[str, str]
) -> None:
    _, late = opened_and_sent_late(brent_lead, **changes)

    assert late["Location"] == f"{reverse('account_login')}?next={NEW}"
    assert not Draft.objects.exists()


def test_a_form_from_before_somebody_signed_in_again_is_kept_for_whoever_opened_it(
    brent_lead: User, brent_head: User
) -> None:
    boxes = boxes_of(as_(brent_lead).get(NEW))
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(brent_head)

    refused = strict.post(NEW, conference(title="Before", **boxes))

    assert (refused.status_code, Activity.objects.count()) == (403, 0)
    assert "kept as a draft of whoever opened the form" in refused.content.decode()
    assert "That draft is not there any more" in strict.get(Draft.objects.get().address).content.decode()
    assert as_(brent_lead).get(Draft.objects.get().address).context["form"]["title"].value() == "Before"


def test_two_tabs_have_a_draft_each_and_going_on_makes_a_third(brent_lead: User) -> None:
    client = as_(brent_lead)
    one, two = (boxes_of(client.get(NEW))["draft_key"] for _ in range(2))
    saved(client, brent_lead, key=one, title="One")
    saved(client, brent_lead, key=two, title="Two")
    third = boxes_of(client.get(f"{NEW}?draft={one}"))

    assert {draft.data["title"][0] for draft in Draft.objects.all()} == {"One", "Two"}
    assert third["draft_key"] not in (one, two)
    assert third["draft_from"] == one


def test_a_draft_of_a_change_remembers_what_was_seen(brent_lead: User, brent_head: User) -> None:
    activity = make.activity(internal_note="Before")
    address = reverse("activity_edit", args=[activity.pk])
    client = as_(brent_lead)
    opened = client.get(address).context["form"]
    carried = {name: str(opened[name].value()) for name in ("version", "opened")}
    key = saved(client, brent_lead, page=address, internal_note="Mine", **carried).json()["key"]

    form = client.get(f"{address}?draft={key}").context["form"]

    assert {name: form[name].value() for name in carried} == carried
    assert form["internal_note"].value() == "Mine"


@pytest.mark.parametrize("address", ["quarterly_return_edit", "return_sending_back"])
def test_the_texts_of_returns_keep_drafts_too(brent_lead: User, analyst: User, address: str) -> None:
    found = make.quarterly_return()
    assert saved(as_(analyst), analyst, page=reverse(address, args=[found.pk])).status_code == 200


def test_what_is_written_beside_things_is_kept_too(analyst: User) -> None:
    activity, found = make.activity(), make.quarterly_return()
    measure("PV-03")
    pages = [reverse("activity_comment", args=[activity.pk]), reverse("return_comment", args=[found.pk])]
    pages += [
        reverse("measure_new"),
        *(reverse(f"measure_{name}", args=["PV-03"]) for name in ("version_new", "review")),
    ]
    client = as_(analyst)

    for page in pages:
        key = saved(client, analyst, page=page, text="Half a thought", reason="Half a reason").json()["key"]
        form = client.get(f"{page}?draft={key}").context["form"]
        shown = {form[name].value() for name in ("text", "reason") if name in form.fields}
        assert not form.errors
        assert shown <= {"Half a thought", "Half a reason"}
        assert shown or page == reverse("measure_new")


def test_without_a_script_a_button_saves_the_draft(brent_lead: User) -> None:
    client = as_(brent_lead)
    boxes = boxes_of(client.get(NEW))

    page = client.post(NEW, {"title": "Half a title", "save_draft": "1"} | boxes, follow=True)

    assert re.search(r"Draft saved at \d{1,2}:\d\d[ap]m", page.content.decode())
    assert page.context["form"]["title"].value() == "Half a title"
    assert "signed out when no page was opened for 30 minutes" in page.content.decode()


def test_a5_saves_that_come_at_once_keep_one_draft(committed: None) -> None:
    """The first save of a page may still be on its way when the next one comes: neither is answered with an error."""
    user, key = person("brent.lead"), str(uuid4())
    clients = [as_(user) for _ in range(AT_ONCE)]

    def save(pair: tuple[int, Any]) -> int:
        number, client = pair
        try:
            return saved(client, user, key=key, title=f"Title {number}").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert list(pool.map(save, enumerate(clients))) == [200] * AT_ONCE

    assert Draft.objects.get().data["title"][0] in {f"Title {number}" for number in range(AT_ONCE)}


def test_a_draft_is_its_owners_alone(brent_lead: User, brent_head: User, admin: User) -> None:
    key = saved(as_(brent_lead), brent_lead).json()["key"]

    for other in (brent_head, admin):
        client = as_(other)
        assert client.post(reverse("draft_removal", args=[key])).status_code == 404
        assert "Log an activity, from" not in client.get("/").content.decode()
        assert saved(client, brent_lead).status_code == 409
    page = as_(brent_head).get(f"{NEW}?draft={key}").content.decode()
    assert "That draft is not there any more" in page
    assert "Half a title" not in page
    assert saved(as_(brent_head), brent_head, key=key).status_code == 403
    assert Draft.objects.get().owner == brent_lead


def test_only_pages_that_keep_drafts_have_any(brent_lead: User) -> None:
    client = as_(brent_lead)

    assert [
        saved(client, brent_lead, page=page).status_code for page in ("/", "/nothing/", "//elsewhere.example/")
    ] == [404] * 3
    assert saved(client, brent_lead, internal_note="x" * 200_001).status_code == 404
    assert saved(client, brent_lead, key="no key").status_code == 404


def test_drafts_end_after_thirty_days(brent_lead: User) -> None:
    client = as_(brent_lead)
    key = saved(client, brent_lead).json()["key"]
    Draft.objects.filter(key=key).update(saved_at=timezone.now() - dt.timedelta(days=31))

    assert "You have a draft" not in client.get("/").content.decode()
    saved(client, brent_lead)
    assert not Draft.objects.filter(key=key).exists()


def test_a_draft_is_discarded(brent_lead: User) -> None:
    client = as_(brent_lead)
    key = saved(client, brent_lead).json()["key"]

    page = client.post(reverse("draft_removal", args=[key]), {"then": "page"})

    assert (page["Location"], Draft.objects.count()) == (NEW, 0)


def test_a_page_that_was_open_over_a_sign_in_gets_a_token(brent_lead: User) -> None:
    answer = as_(brent_lead).get(reverse("draft_token")).json()

    assert answer["person"] == str(brent_lead.pk)
    assert answer["token"]


def test_a_draft_leaves_nothing_in_the_log(brent_lead: User, caplog: pytest.LogCaptureFixture) -> None:
    saved(as_(brent_lead), brent_lead, internal_note="xsecretnote")

    assert "xsecretnote" not in caplog.text


def test_pages_say_when_the_session_ends(brent_lead: User) -> None:
    client = as_(brent_lead)
    page = client.get("/").content.decode()

    assert 'data-warning="300"' in page
    assert 1600 < int(re.search(r'data-left="(\d+)"', page)[1]) <= settings.SESSION_IDLE_SECONDS  # type: ignore[index]
    assert client.get(reverse("session_stay")).json()["seconds"] > 1600


def test_a_session_ends_after_eight_hours_however_busy(brent_lead: User) -> None:
    with time_machine.travel("2026-08-03 08:00:00Z", tick=False) as clock:
        client = as_(brent_lead)
        answers = []
        for _ in range(26):
            answers.append(client.get("/").status_code)
            clock.shift(dt.timedelta(minutes=20))

    assert answers == [200] * 25 + [302]
