"""Joint work: partner boroughs are told and add notes of their own; comments and follow-ups beside an activity."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from boroughs.models import Borough
from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.notifications.models import Message
from strands.models import Activity, ActivityComment, PartnerNote, Strand
from strands.workflow.joint_work import remind_follow_ups
from strands.workflow.logging import Entry, change_activity, log_activity
from tests import make
from tests.cast import BRENT, HARROW, as_
from tests.strands.answers import day

pytestmark = pytest.mark.django_db
SHARES = {BRENT: 60, HARROW: 40}


@pytest.fixture
def joint(db: None) -> Activity:
    return make.activity(title="Joint walk", internal_note="Lead's own words", shares=SHARES)


def told(person: User, about: str) -> list[str]:
    return list(Message.objects.visible_to(person).filter(about=about).order_by("pk").values_list("subject", flat=True))


def entry(shares: dict[str, int]) -> Entry:
    columns = {
        "title": "A sensitive title",
        "kind": "community_event",
        "strand": Strand.objects.get(pk="prevent"),
        "lead_borough": Borough.objects.get(pk=BRENT),
        "starts": dt.date(2026, 5, 13),
    }
    return Entry(columns, {code: Decimal(percent) for code, percent in shares.items()})


def test_a_partner_borough_is_told_once_that_it_is_named(brent_lead: User, harrow_lead: User) -> None:
    logged = log_activity(entry(SHARES), form_key=uuid4(), by=brent_lead)
    assert told(harrow_lead, "joint_activity") == [f"{logged.reference}: joint work with your borough"]
    assert told(brent_lead, "joint_activity") == []
    change_activity(logged, entry({BRENT: 50, HARROW: 50}), version=logged.version, reason="Shares", by=brent_lead)

    assert len(told(harrow_lead, "joint_activity")) == 1
    assert not Message.objects.filter(text__contains="sensitive title").exists()


def test_a_borough_named_later_is_told_then(brent_lead: User, harrow_lead: User) -> None:
    logged = log_activity(entry({BRENT: 100}), form_key=uuid4(), by=brent_lead)
    assert told(harrow_lead, "joint_activity") == []
    change_activity(logged, entry(SHARES), version=logged.version, reason="Harrow joined", by=brent_lead)

    assert len(told(harrow_lead, "joint_activity")) == 1


def test_a_partner_adds_its_own_note_and_the_lead_is_told(joint: Activity, brent_lead: User, harrow_lead: User) -> None:
    client = as_(harrow_lead)
    assert (
        client.post(f"/activities/{joint.pk}/notes/{HARROW}", {"version": 0, "text": "We saw 40."}).status_code == 302
    )

    assert told(brent_lead, "partner_note") == [f"{joint.reference}: a note of Harrow"]
    page = as_(brent_lead).get(f"/activities/{joint.pk}/").content.decode()
    assert "We saw 40." in page
    assert "joint with Harrow" in page
    assert PartnerNote.objects.get().history.first().history_user == harrow_lead


def test_a_note_is_changed_by_its_own_borough_alone(joint: Activity, brent_lead: User, harrow_lead: User) -> None:
    as_(harrow_lead).post(f"/activities/{joint.pk}/notes/{HARROW}", {"version": 0, "text": "First."})
    address = f"/activities/{joint.pk}/notes/{HARROW}"

    assert as_(brent_lead).post(address, {"version": 0, "text": "Ours."}).status_code == 404
    assert as_(harrow_lead).get(f"/activities/{joint.pk}/notes/{BRENT}").status_code == 404
    version = PartnerNote.objects.get().version
    assert as_(harrow_lead).post(address, {"version": version, "text": "Second."}).status_code == 302
    assert [note.text for note in PartnerNote.objects.all()] == ["Second."]


def test_a_note_is_no_part_of_the_public_face(joint: Activity, harrow_lead: User, member: User) -> None:
    as_(harrow_lead).post(f"/activities/{joint.pk}/notes/{HARROW}", {"version": 0, "text": "Not for all."})

    page = as_(member).get(f"/activities/{joint.pk}/").content.decode()
    assert "Joint walk" in page
    assert "Not for all." not in page


def test_an_empty_note_is_said_beside_the_field(joint: Activity, harrow_lead: User) -> None:
    page = as_(harrow_lead).post(f"/activities/{joint.pk}/notes/{HARROW}", {"version": 0, "text": ""})
    assert "Write the note" in page.content.decode()


# --- comments ---------------------------------------------------------------------------------------


def comment(person: User, activity: Activity, **typed: Any) -> Any:
    return as_(person).post(f"/activities/{activity.pk}/comments/new", {"text": "Is the cost right?"} | typed)


def test_a12_a_comment_is_read_by_those_who_read_it_in_full_and_told_to_the_other_party(
    joint: Activity, brent_lead: User, analyst: User, harrow_lead: User, member: User
) -> None:
    assert comment(analyst, joint).status_code == 302

    assert told(brent_lead, "comment") == told(harrow_lead, "comment") == [f"{joint.reference}: a comment"]
    assert told(analyst, "comment") == []
    assert "Is the cost right?" in as_(brent_lead).get(f"/activities/{joint.pk}/").content.decode()
    assert "Is the cost right?" not in as_(member).get(f"/activities/{joint.pk}/").content.decode()
    assert not Message.objects.filter(text__contains="cost").exists()


def test_a12_an_answer_reaches_whoever_asked(joint: Activity, brent_lead: User, analyst: User) -> None:
    comment(analyst, joint)
    comment(brent_lead, joint, text="Yes, checked.")

    assert told(analyst, "comment") == [f"{joint.reference}: a comment"]


def test_a12_a_follow_up_has_a_person_and_a_day_and_is_reminded_of(
    joint: Activity, brent_lead: User, analyst: User
) -> None:
    by = dt.date(2026, 12, 1)
    with time_machine.travel(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), tick=False):
        comment(analyst, joint, follow_up_by=str(brent_lead.pk), **day("follow_up_on", by))
        remind_follow_ups(by - dt.timedelta(days=1))
    with time_machine.travel(dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC), tick=False):
        remind_follow_ups(by)
        remind_follow_ups(by)

    assert told(brent_lead, "follow_up") == [
        f"{joint.reference}: a follow-up for you",
        f"{joint.reference}: a follow-up is due",
    ]


def test_a12_resolved_it_is_done(joint: Activity, brent_lead: User, analyst: User) -> None:
    comment(analyst, joint)
    found = ActivityComment.objects.get()
    address = f"/activities/{joint.pk}/comments/{found.pk}/resolution"

    assert as_(brent_lead).post(address).status_code == 302
    assert "Resolved by Bea Brentwell" in as_(analyst).get(f"/activities/{joint.pk}/").content.decode()
    assert as_(brent_lead).post(address).status_code == 409


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Write what you want to say"),
        (day("follow_up_on", dt.date(2099, 1, 1)), "Choose who should follow it up"),
        ({"text": "Ring 020 7946 0018"}, "There is a problem"),
    ],
)
def test_bad_input_is_said_beside_the_field(
    joint: Activity, analyst: User, typed: dict[str, str], sentence: str
) -> None:
    assert sentence in comment(analyst, joint, **typed).content.decode()
    assert not ActivityComment.objects.exists()


def test_a_follow_up_needs_a_day(joint: Activity, analyst: User, brent_lead: User) -> None:
    page = comment(analyst, joint, follow_up_by=str(brent_lead.pk)).content.decode()

    assert "Enter the day by which it should be followed up" in page
    assert "Is the cost right?" in page


def test_who_may_not_read_it_is_not_told_and_cannot_comment(
    joint: Activity, brent_lead: User, harrow_lead: User, auditor: User, brent_reader: User
) -> None:
    with acting(brent_lead):
        mine = make.activity(title="Ours alone")
    assert comment(harrow_lead, mine).status_code == 404
    for person in (auditor, brent_reader):
        assert comment(person, joint).status_code == 403, "they read, and write nothing"


def test_somebody_whose_role_has_ended_is_not_reminded(joint: Activity, brent_lead: User, analyst: User) -> None:
    comment(analyst, joint, follow_up_by=str(brent_lead.pk), **day("follow_up_on", dt.date(2099, 1, 1)))
    with acting(analyst):
        grant = Grant.objects.get(user=brent_lead)
        grant.ends = dt.date(2020, 12, 31)
        grant.save()
    remind_follow_ups(dt.date(2099, 1, 1))

    assert told(brent_lead, "follow_up") == [f"{joint.reference}: a follow-up for you"]
