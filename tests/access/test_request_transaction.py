"""One request is one transaction that knows its author, and leaves nothing of either behind."""

from typing import Any

import pytest
from django.contrib import messages
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from contest_portal.audit.models import AccessRecord, LedgerEntry
from contest_portal.core.refusal import Refused
from strands.models import Activity
from tests import make
from tests.cast import as_, person
from tests.strands.answers import conference, day

SETTINGS = ("portal.actor", "portal.request_id", "portal.reason")


def _settings() -> list[str]:
    """What the database's session says of the act, as the ledger's trigger would read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"current_setting('{name}', true)" for name in SETTINGS))
        return [value or "" for value in cursor.fetchone()]


def _session() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("committed")
def test_a_request_leaves_its_rows_and_nothing_of_its_author(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next request on the same connection has no actor, nor has a query outside any."""
    client, session = as_(person("brent.lead")), _session()
    seen = []
    monkeypatch.setattr(messages, "success", lambda request, text: seen.append((_settings(), _session())))

    response = client.post(reverse("activity_new"), conference(**day("starts", timezone.localdate())))

    made = Activity.objects.get()
    assert response.status_code == 302
    [((actor, request_id, reason), there)] = seen
    assert (actor, reason, there) == (str(person("brent.lead").pk), "", session)
    assert (_settings(), _session()) == (["", "", ""], session)
    _is_signed(made, request_id)


def _is_signed(made: Activity, request_id: str) -> None:
    author, row = made.logged_by, made.history.get()
    assert len(request_id) == 36
    assert (row.history_user, row.request_id) == (author, request_id)
    entries = LedgerEntry.objects.filter(request_id=request_id)
    assert {entry.actor for entry in entries} == {str(author.pk)}
    assert {"strands_activity", "strands_activityshare"} <= {entry.table for entry in entries}


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    ("failure", "status"),
    [(RuntimeError("Something broke after the rows were written"), 500), (Refused("Not today."), 409)],
)
def test_a_request_that_fails_or_is_refused_leaves_no_rows(
    monkeypatch: pytest.MonkeyPatch, failure: Exception, status: int
) -> None:
    client = as_(person("brent.lead"))
    client.raise_request_exception = False
    before = LedgerEntry.objects.count()

    def fail(request: Any, text: str) -> None:
        assert Activity.objects.count() == 1
        raise failure

    monkeypatch.setattr(messages, "success", fail)
    response = client.post(reverse("activity_new"), conference(**day("starts", timezone.localdate())))

    assert response.status_code == status
    assert (Activity.objects.count(), LedgerEntry.objects.count()) == (0, before)
    assert _settings() == ["", "", ""]


@pytest.mark.usefixtures("committed")
def test_a_page_that_breaks_leaves_no_record_of_having_been_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody read it: what they saw was the page that says that something went wrong."""
    activity = make.activity(marking="OFFICIAL-SENSITIVE")
    client = as_(person("brent.lead"))
    client.raise_request_exception = False
    monkeypatch.setattr("strands.rendering.face", lambda found: 1 / 0)

    assert client.get(activity.get_absolute_url()).status_code == 500
    assert AccessRecord.objects.count() == 0
