"""Opening one activity to one person by name, and closing it again."""

from typing import Any

import pytest
from django.urls import reverse

from contest_portal.access.grants import people_let_in
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import LedgerEntry
from contest_portal.core.refusal import Refused
from strands.models import Activity, ActivityOpening
from strands.workflow.reading import open_activity
from tests import make
from tests.cast import HARROW, as_, person
from tests.strands.answers import errors

NO_ROLE = "has no role that reads activities. They need a role before an activity can be opened to them."
WHY = "Chairs the review of the event"


def let_in(by: User, activity: Activity, email: str, reason: str = WHY) -> Any:
    address = reverse("activity_people", args=[activity.pk])
    return as_(by).post(address, {"email": email, "reason": reason})


def test_a_lead_lets_one_person_in_and_closes_it_again(brent_lead: User, member: User, chair: User) -> None:
    activity = make.activity(marking="OFFICIAL-SENSITIVE", internal_note="canary")
    address = activity.get_absolute_url()
    assert as_(member).get(address).status_code == 404

    let_in(brent_lead, activity, "Member@demo.example")
    opened = as_(person("member")).get(address)
    others = as_(chair).get(address)
    opening = ActivityOpening.objects.get()
    as_(brent_lead).post(reverse("activity_person_closure", args=[activity.pk, opening.pk]))

    assert "canary" in opened.content.decode()
    assert others.status_code == 404
    assert as_(person("member")).get(address).status_code == 404
    assert list(people_let_in(activity, "read_activity")) == []


def test_the_page_lists_who_was_let_in_by_whom_and_why(brent_lead: User, member: User) -> None:
    activity = make.activity()
    let_in(brent_lead, activity, member.email)

    page = as_(brent_lead).get(reverse("activity_people", args=[activity.pk])).content.decode()

    assert [words in page for words in ("Mel Overseer", WHY, "Opened by Bea Brentwell")] == [True, True, True]


def test_the_ledger_and_the_history_keep_it_with_its_reason(brent_lead: User, member: User) -> None:
    activity = make.activity()
    let_in(brent_lead, activity, member.email)

    entry = LedgerEntry.objects.get(table="strands_activityexception")
    history = as_(brent_lead).get(reverse("activity_history", args=[activity.pk])).content.decode()

    assert (entry.actor, entry.reason, entry.operation) == (str(brent_lead.pk), WHY, "I")
    assert "Added named reader" in history


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("nobody@demo.example", "Nobody signs in here with nobody@demo.example. Check the address."),
        ("nonsense", "Enter an email address in the correct format, like name@example.com"),
        (
            "outsider@demo.example",
            f"Otto Outwith {NO_ROLE}",
        ),
        (
            "admin@demo.example",
            f"Addie Keyes {NO_ROLE}",
        ),
        ("brent.head@demo.example", "Hal Brentford reads this activity in full already, through a role."),
    ],
)
def test_who_cannot_be_let_in_and_why(brent_lead: User, email: str, words: str) -> None:
    response = let_in(brent_lead, make.activity(), email)

    assert errors(response) == {"email": [words]}
    assert ActivityOpening.objects.count() == 0


def test_nobody_is_let_in_twice_or_without_a_reason(brent_lead: User, member: User) -> None:
    activity = make.activity()
    let_in(brent_lead, activity, member.email)

    again = let_in(brent_lead, activity, member.email)
    unexplained = let_in(brent_lead, activity, "chair@demo.example", reason="")

    assert errors(again) == {"email": ["The activity is already open to Mel Overseer."]}
    assert errors(unexplained) == {"reason": ["Answer the question: Why do they need it?"]}


def test_the_workflow_refuses_by_itself_too(brent_lead: User, outsider: User) -> None:
    activity = make.activity()

    with acting(brent_lead), pytest.raises(Refused, match=NO_ROLE):
        open_activity(activity, person=outsider, reason=WHY, by=brent_lead)


def test_closing_twice_is_closing_once(brent_lead: User, member: User) -> None:
    activity = make.activity()
    let_in(brent_lead, activity, member.email)
    opening = ActivityOpening.objects.get()
    address = reverse("activity_person_closure", args=[activity.pk, opening.pk])

    answers = [as_(brent_lead).post(address).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert ActivityOpening.objects.get().version == opening.version + 1


def test_only_the_lead_borough_opens_and_an_opening_is_closed_through_its_own_activity(
    brent_lead: User, harrow_lead: User, member: User
) -> None:
    activity, harrows = make.activity(), make.activity(borough=HARROW)
    let_in(brent_lead, activity, member.email)
    opening = ActivityOpening.objects.get()

    assert let_in(harrow_lead, activity, member.email).status_code == 404
    assert let_in(member, activity, member.email).status_code == 403
    for owner, through in ((harrow_lead, harrows), (harrow_lead, activity)):
        crossed = reverse("activity_person_closure", args=[through.pk, opening.pk])
        assert as_(owner).post(crossed).status_code == 404
    assert ActivityOpening.objects.current().count() == 1
