"""Comments on a return and on a single line of it."""

from typing import Any

import pytest

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.notifications.models import Message
from reports.models import QuarterlyReturn, ReturnComment
from tests import make
from tests.cast import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(db: None) -> QuarterlyReturn:
    return make.quarterly_return()


def comment(person: User, found: QuarterlyReturn, **typed: Any) -> Any:
    return as_(person).post(f"/returns/{found.pk}/comments/new", {"text": "Is this the whole series?"} | typed)


def page(person: User, found: QuarterlyReturn) -> str:
    return as_(person).get(f"/returns/{found.pk}/").content.decode()


def test_a12_a_comment_on_a_single_line(found: QuarterlyReturn, brent_lead: User, analyst: User) -> None:
    activity = make.activity()
    assert comment(analyst, found, line=str(activity.pk)).status_code == 302

    assert f"on the line {activity.reference}" in page(brent_lead, found)
    assert Message.objects.visible_to(brent_lead).get().subject == "Brent, Q1 2026/27: a comment"


def test_a12_a_comment_on_the_whole_return_is_resolved(found: QuarterlyReturn, brent_lead: User, analyst: User) -> None:
    comment(analyst, found)
    written = ReturnComment.objects.get()

    assert as_(brent_lead).post(f"/returns/{found.pk}/comments/{written.pk}/resolution").status_code == 302
    assert "Resolved by Bea Brentwell" in page(analyst, found)


def test_a_comment_on_a_sensitive_line_is_for_those_who_read_the_line(
    found: QuarterlyReturn, brent_lead: User, analyst: User
) -> None:
    activity = make.activity(marking="OFFICIAL-SENSITIVE", title="A site")
    assert comment(brent_lead, found, line=str(activity.pk)).status_code == 302
    written = ReturnComment.objects.get()

    assert "Is this the whole series?" in page(brent_lead, found)
    assert "Is this the whole series?" not in page(analyst, found)
    assert as_(analyst).post(f"/returns/{found.pk}/comments/{written.pk}/resolution").status_code == 404
    assert "There is a problem" in comment(analyst, found, line=str(activity.pk)).content.decode()


def test_only_those_who_read_the_return_comment(
    found: QuarterlyReturn, harrow_lead: User, auditor: User, brent_reader: User
) -> None:
    assert comment(harrow_lead, found).status_code == 404
    assert comment(auditor, found).status_code == 403
    assert comment(brent_reader, found).status_code == 403


def test_comments_are_kept_in_history(found: QuarterlyReturn, analyst: User) -> None:
    with acting(analyst):
        made = ReturnComment(quarterly_return=found, by=analyst, text="Kept")
        made.save()

    assert made.history.count() == 1
