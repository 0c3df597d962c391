"""No change without an author, and none that history does not see."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from boroughs.models import BankHoliday
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.changes import FieldChange, changes_of
from contest_portal.audit.models import LedgerEntry
from contest_portal.core.refusal import NoAuthor, Stale
from strands.models import Activity, ActivityShare
from tests import make
from tests.cast import BRENT, HARROW


def test_every_row_of_history_carries_author_request_and_reason(brent_lead: User) -> None:
    activity = make.activity()

    with acting(brent_lead, request_id="request-7", reason="Counted again"):
        activity.attendance, activity.attendance_qualifier = 12, "exact"
        activity.save()

    latest = activity.history.latest()
    assert (latest.history_user, latest.request_id, latest.history_change_reason) == (
        brent_lead,
        "request-7",
        "Counted again",
    )
    assert not Activity.history.filter(request_id="").exists()
    assert not ActivityShare.history.filter(request_id="").exists()


def test_a_reason_set_on_the_row_goes_before_that_of_the_act(brent_lead: User) -> None:
    activity = make.activity()

    with acting(brent_lead, reason="Of the act"):
        activity.title, activity.change_reason = "Renamed", "Of the row"
        activity.save()

    assert activity.history.latest().history_change_reason == "Of the row"


@pytest.mark.parametrize("author", ["nobody", "visitor"])
def test_without_an_author_nothing_is_saved_or_deleted(brent_lead: User, author: str) -> None:
    activity = make.activity()
    share = activity.shares.get()
    activity.title = "Renamed"

    def change() -> None:
        with pytest.raises(NoAuthor):
            activity.save()
        with pytest.raises(NoAuthor), transaction.atomic():
            share.delete()

    if author == "visitor":
        with acting(None):
            change()
    else:
        change()

    assert (Activity.objects.get().title, ActivityShare.objects.count()) == ("Workshop for school staff", 1)


def test_a_late_save_is_refused_and_writes_nothing(brent_lead: User) -> None:
    first = make.activity()
    second = Activity.objects.get(pk=first.pk)

    with acting(brent_lead):
        first.title = "First"
        first.save()
        second.title = "Second"
        with pytest.raises(Stale, match="Someone else changed"):
            second.save()

    assert (Activity.objects.get().title, first.history.count()) == ("First", 2)


def test_a_save_writes_only_what_changed_and_history_is_what_happened(brent_lead: User) -> None:
    activity = make.activity()

    with acting(brent_lead):
        activity.title, activity.place = "Renamed", "Town Hall"
        with pytest.raises(TypeError, match="other changes than those named"):
            activity.save(update_fields=["title"])
        activity.save(update_fields=["title", "place"])
        activity.save()

    assert activity.history.count() == 2
    row = Activity.objects.values().get()
    image = activity.history.latest()
    assert {name: getattr(image, name) for name in row} == row


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(title="All"),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_create([]),
        lambda rows: rows.bulk_update([], ["title"]),
        lambda rows: rows.model.objects.update(title="All"),
    ],
    ids=["update", "delete", "bulk_create", "bulk_update", "through the manager"],
)
def test_rows_do_not_change_in_bulk(brent_lead: User, change: Callable[[Any], None]) -> None:
    make.activity()

    with acting(brent_lead), pytest.raises(TypeError, match="keeps a history"):
        change(Activity.objects.filter())

    assert Activity.objects.get().title == "Workshop for school staff"


def test_what_others_point_at_cannot_be_deleted(brent_lead: User) -> None:
    activity = make.activity()

    with acting(brent_lead), pytest.raises(ProtectedError):
        activity.delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE strands_historicalactivity SET title = 'Forged'",
        "DELETE FROM strands_historicalactivity",
        "TRUNCATE strands_historicalactivity",
        "UPDATE strands_historicalactivityshare SET percent = 1",
        "DELETE FROM access_historicalgrant",
        "UPDATE accounts_historicaluser SET name = 'Forged'",
    ],
)
def test_the_database_refuses_to_change_history(brent_lead: User, statement: str) -> None:
    activity = make.activity()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert activity.history.get().title == "Workshop for school staff"


def test_an_act_inside_another_keeps_its_request_and_gives_its_reason_back(brent_lead: User) -> None:
    with acting(brent_lead, reason="Outer", request_id="request-8"):
        with acting(brent_lead, reason="Inner"):
            inner = holiday(1)
        outer = holiday(2)

    reasons = [row.history.get().history_change_reason for row in (inner, outer)]
    told = [LedgerEntry.objects.get(table="boroughs_bankholiday", key=str(row.pk)).reason for row in (inner, outer)]
    assert (reasons, told) == (["Inner", "Outer"], ["Inner", "Outer"])
    assert {row.history.get().request_id for row in (inner, outer)} == {"request-8"}


def holiday(number: int) -> BankHoliday:
    """A tracked row without parts, saved in the act that is open."""
    row = BankHoliday(day=dt.date(2099, 1, number), name="Day off")
    row.save()
    return row


def test_what_came_and_went_in_one_request_is_not_told(brent_lead: User) -> None:
    activity = make.activity()
    with acting(brent_lead):
        share = ActivityShare(activity=activity, borough_id=HARROW, percent=1)
        share.save()
        share.delete()

    changes = changes_of(activity, parts=[(ActivityShare, "activity_id")])

    assert [change.what for change in changes] == ["Added activity"]


def test_a_removed_part_is_told_in_one_line(brent_lead: User) -> None:
    activity = make.activity(shares={BRENT: 60, HARROW: 40})
    with acting(brent_lead, reason="Harrow did not come"):
        activity.shares.get(borough=HARROW).delete()

    removed = changes_of(activity, parts=[(ActivityShare, "activity_id")])[0]

    assert (removed.what, removed.why) == ("Removed borough share", "Harrow did not come")
    assert removed.fields == (FieldChange("Borough share", "Harrow 40%", ""),)


def test_one_part_alone_is_told_under_its_own_name_and_several_under_the_records(brent_lead: User) -> None:
    activity = make.activity(shares={BRENT: 60, HARROW: 40})
    brent, harrow = activity.shares.order_by("borough")
    with acting(brent_lead):
        brent.percent = Decimal(61)
        brent.save()
    with acting(brent_lead):
        for share, percent in ((brent, 50), (harrow, 50)):
            share.percent = Decimal(percent)
            share.save()

    several, one, _ = changes_of(activity, parts=[(ActivityShare, "activity_id")])

    assert (one.what, [(field.label, field.before, field.after) for field in one.fields]) == (
        "Changed borough share",
        [("Percent", "60.00", "61.00")],
    )
    assert (several.what, {(field.before, field.after) for field in several.fields}) == (
        "Changed activity",
        {("Brent 61%", "Brent 50%"), ("Harrow 40%", "Harrow 50%")},
    )
