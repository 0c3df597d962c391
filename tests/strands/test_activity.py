"""Who may read what of an activity: its face, its detail, its note."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import AccessRecord
from strands.models import Activity, ActivityComment, ActivityObjective, Objective
from tests import make
from tests.cast import BRENT, HARROW, as_, grant, person

EALING = "E09000009"
CANARY = "zeppelin-canary"
NOTHING, FACE, FULL = 404, "face", "full"

# What each person reads of an activity of Brent and of one of Ealing, OFFICIAL and OFFICIAL-SENSITIVE, both Prevent.
TRUTH = {
    "brent.lead": (FULL, FULL, NOTHING, NOTHING),
    "brent.head": (FULL, FULL, NOTHING, NOTHING),
    "brent.reader": (FULL, NOTHING, NOTHING, NOTHING),
    "harrow.lead": (NOTHING, NOTHING, NOTHING, NOTHING),
    "prevent.lead": (FULL, FULL, FULL, FULL),
    "analyst": (FULL, NOTHING, FULL, NOTHING),
    "auditor": (FULL, NOTHING, FULL, NOTHING),
    "secretary": (FACE, NOTHING, FACE, NOTHING),
    "chair": (FACE, NOTHING, FACE, NOTHING),
    "boardmember": (FACE, NOTHING, FACE, NOTHING),
    "member": (FACE, NOTHING, FACE, NOTHING),
}


def four() -> list[Activity]:
    return [
        make.activity(borough=borough, marking=marking, internal_note=CANARY, purpose=CANARY, cost_actual=4711)
        for borough in (BRENT, EALING)
        for marking in ("OFFICIAL", "OFFICIAL-SENSITIVE")
    ]


def seen(client: Client, activity: Activity) -> int | str:
    """404, or what the page shows: the note and the cost go together."""
    response = client.get(activity.get_absolute_url())
    if response.status_code != 200:
        return response.status_code
    page = response.content.decode()
    assert (CANARY in page) == ("£4,711" in page)
    return FULL if CANARY in page else FACE


@pytest.mark.parametrize(("account", "expected"), TRUTH.items(), ids=TRUTH)
def test_what_each_person_reads(db: None, account: str, expected: tuple[int | str, ...]) -> None:
    activities, client = four(), as_(person(account))

    assert tuple(seen(client, activity) for activity in activities) == expected


@pytest.mark.parametrize(("account", "expected"), TRUTH.items(), ids=TRUTH)
def test_list_csv_and_counts_show_the_same_rows_and_never_a_note(
    db: None, account: str, expected: tuple[int | str, ...]
) -> None:
    activities, client = four(), as_(person(account))
    visible = {row.reference for row, what in zip(activities, expected, strict=True) if what != NOTHING}

    page = client.get(reverse("activities"))
    download = client.get(reverse("activities_csv")).content.decode()

    assert {row.reference for row in page.context["page"]} == visible
    assert page.context["page"].paginator.count == len(visible)
    assert {row.reference for row in activities if row.reference in download} == visible
    assert CANARY not in page.content.decode()
    assert download.count(CANARY) == expected.count(FULL)
    assert download.count("4711") == expected.count(FULL)


@pytest.mark.parametrize("account", ["admin", "outsider"])
def test_who_has_no_role_in_content_is_stopped_at_the_door(db: None, account: str) -> None:
    activity, client = make.activity(internal_note=CANARY), as_(person(account))

    for name in ("activities", "activities_csv"):
        assert client.get(reverse(name)).status_code == 403
    for name in ("activity", "activity_history", "activity_edit", "activity_people"):
        assert client.get(reverse(name, args=[activity.pk])).status_code == 403


def test_a_joint_activity_is_read_in_full_by_both_boroughs_and_changed_by_the_lead_alone(harrow_lead: User) -> None:
    activity = make.activity(shares={BRENT: 60, HARROW: 40}, internal_note=CANARY)
    client = as_(harrow_lead)

    page = client.get(activity.get_absolute_url())

    assert CANARY in page.content.decode()
    assert "Brent 60% and Harrow 40%" in page.content.decode()
    assert page.context["editable"] is False
    assert client.get(reverse("activity_edit", args=[activity.pk])).status_code == 404
    assert client.get(reverse("activity_people", args=[activity.pk])).status_code == 404


def test_the_page_of_a_face_says_why_the_rest_is_withheld(member: User) -> None:
    activity = make.activity(public_sentence="Sixty head teachers met.", internal_note=CANARY)

    page = as_(member).get(activity.get_absolute_url()).content.decode()

    assert "The internal note is for Brent’s own people" in page
    assert "Sixty head teachers met." in page
    assert "History of this activity" not in page


def test_history_is_for_those_who_read_in_full(member: User, brent_reader: User) -> None:
    activity = make.activity(internal_note=CANARY)
    history = reverse("activity_history", args=[activity.pk])

    assert as_(member).get(history).status_code == 404
    assert CANARY in as_(brent_reader).get(history).content.decode()


def test_reading_official_sensitive_detail_leaves_a_record_and_its_marking(brent_lead: User) -> None:
    plain = make.activity()
    sensitive = make.activity(marking="OFFICIAL-SENSITIVE")
    client = as_(brent_lead)

    client.get(plain.get_absolute_url())
    page = client.get(sensitive.get_absolute_url())
    client.get(reverse("activity_history", args=[sensitive.pk]))
    client.get(reverse("activity_edit", args=[sensitive.pk]))

    records = AccessRecord.objects.values_list("user", "action", "what").order_by("pk")
    what = f"activity {sensitive.reference}"
    assert list(records) == [(brent_lead.pk, action, what) for action in ("read", "read history", "read to change")]
    assert all(AccessRecord.objects.values_list("request_id", flat=True))
    assert page.context["marking"] == "OFFICIAL-SENSITIVE"


def test_a_grant_that_has_ended_shows_nothing(db: None, outsider: User) -> None:
    activity = make.activity()
    with acting(User.objects.portal()):
        role = grant(outsider, "borough_lead", "borough", BRENT, by=User.objects.portal())
    assert as_(outsider).get(activity.get_absolute_url()).status_code == 200

    with acting(User.objects.portal()):
        role.ends = dt.date(2020, 1, 2)
        role.save()

    assert as_(person("outsider")).get(activity.get_absolute_url()).status_code == 403


def test_words_of_who_can_see_it_follow_the_marking(brent_lead: User) -> None:
    plain = make.activity(shares={BRENT: 50, HARROW: 50})
    sensitive = make.activity(marking="OFFICIAL-SENSITIVE")
    client = as_(brent_lead)

    plain_words = client.get(plain.get_absolute_url()).context["readers"]
    sensitive_words = client.get(sensitive.get_absolute_url()).context["readers"]

    everyone = "All of it, the internal note included, is for the people of Brent and Harrow, the Prevent strand lead"
    few = "It is OFFICIAL-SENSITIVE. Only leads of Brent, and the Prevent strand lead, and people to whom it was opened"
    assert plain_words[1].startswith(everyone)
    assert sensitive_words[0].startswith(few)


def test_the_page_asks_only_for_what_stands_beside_the_activity(
    analyst: User, brent_lead: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bare, full = make.activity(), make.activity()
    with acting(brent_lead):
        ActivityObjective(activity=full, objective=Objective.objects.first()).save()
        ActivityComment(activity=full, by=brent_lead, text="Well done").save()
    client = as_(analyst)
    client.get(bare.get_absolute_url())

    with django_assert_num_queries(11):
        client.get(bare.get_absolute_url())
    page = client.get(full.get_absolute_url()).content.decode()

    assert "Well done" in page
    assert Objective.objects.first().text in page
