"""Many rows at once leave what saving them one by one leaves."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit import bulk
from contest_portal.audit.acting import acting
from contest_portal.audit.models import LedgerEntry
from contest_portal.core.refusal import NoAuthor
from strands.models import Activity, ActivityShare
from tests import make
from tests.cast import BRENT

AWKWARD = 'Tab\there, back\\slash, "quotes", {braces}, new\nline, \\N and naïve £ 🙂'


def unsaved(number: int, author: User, **values: Any) -> Activity:
    fields = {
        "reference": f"BLK/2026-27/{number:04d}",
        "title": AWKWARD,
        "kind": "training",
        "strand_id": "prevent",
        "lead_borough_id": BRENT,
        "starts": dt.date(2026, 5, 13),
        "attendance": 40,
        "attendance_qualifier": "exact",
        "cost_actual": Decimal("3150.50"),
        "audience": ["women", "parents"],
        "internal_note": AWKWARD,
        "logged_by": author,
        "form_key": uuid4(),
    }
    return Activity(**fields | values)


def images(rows: Any, without: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key not in without} for row in rows]


def test_bulk_rows_history_and_ledger_are_as_for_save(brent_lead: User) -> None:
    with acting(brent_lead, reason="Spreadsheet", at=dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)):
        one, other = unsaved(1, brent_lead), unsaved(2, brent_lead)
        one.save()
        make.many([other])

    own = ("id", "reference", "form_key", "history_id")
    first, second = images(Activity.objects.order_by("reference").values(), own)
    assert first == second
    first, second = images(Activity.history.order_by("reference").values(), own)
    assert first == second
    entries = LedgerEntry.objects.filter(table="strands_activity").order_by("pk")
    first, second = images(entries.values(), ("id", "at", "key", "row", "row_hash"))
    assert first == second
    assert first["reason"] == "Spreadsheet"


def test_values_without_a_column_are_refused(brent_lead: User) -> None:
    with pytest.raises(TypeError, match="nothing else"):
        bulk.insert(ActivityShare, ("activity_id", "borough_id"), [], by=brent_lead, reason="Spreadsheet")


def test_a_row_inserted_in_bulk_can_be_changed_and_saved(brent_lead: User) -> None:
    keys = make.many([unsaved(number, brent_lead) for number in range(1, 4)])
    with acting(brent_lead):
        row = Activity.objects.get(pk=keys[1])
        row.title = "Changed"
        row.save()

    found = Activity.objects.get(reference="BLK/2026-27/0002")
    assert (found.title, found.version, found.audience) == ("Changed", 1, ["women", "parents"])
    assert [image.title for image in found.history.order_by("history_id")] == [AWKWARD, "Changed"]


@pytest.mark.parametrize("count", [1, 200])
def test_bulk_takes_the_same_queries_for_any_number_of_rows(
    brent_lead: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    rows = [unsaved(number, brent_lead) for number in range(count)]

    with acting(brent_lead), django_assert_num_queries(5):
        bulk.save_new(rows)

    assert Activity.history.count() == count


def test_bulk_rows_are_then_as_save_leaves_them(brent_lead: User) -> None:
    row = unsaved(1, brent_lead)
    with acting(brent_lead):
        bulk.save_new([row])
        row.title = "Changed"
        row.save()

    assert (Activity.objects.get().title, row.version) == ("Changed", 1)


def test_bulk_rows_carry_the_moment_at_which_each_was_made(brent_lead: User) -> None:
    names = list(bulk.columns_of(Activity))
    rows = [[getattr(unsaved(number, brent_lead), name) for name in names] for number in (1, 2)]
    moments = [dt.datetime(2026, month, 1, 9, tzinfo=dt.UTC) for month in (6, 5)]

    bulk.insert(Activity, names, rows, by=brent_lead, reason="Brought in", moments=moments)

    assert list(Activity.history.order_by("reference").values_list("history_date", flat=True)) == moments


def test_bulk_without_an_author_saves_nothing(brent_lead: User) -> None:
    with pytest.raises(NoAuthor), transaction.atomic():
        bulk.insert(
            ActivityShare, list(bulk.columns_of(ActivityShare)), [(1, BRENT, 100)], by=None, reason="Spreadsheet"
        )

    assert not Activity.objects.exists()


def test_bulk_is_all_or_nothing(brent_lead: User) -> None:
    rows = [unsaved(1, brent_lead), unsaved(2, brent_lead, attendance=None)]

    with pytest.raises(IntegrityError), transaction.atomic():
        make.many(rows)

    assert not Activity.objects.exists()
    assert not Activity.history.exists()
