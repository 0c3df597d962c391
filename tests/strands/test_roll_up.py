"""The roll-up that dashboards read is what the log says, whichever way the log changes; and a difference is found."""

import datetime as dt
import os
import threading
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from strands.figures.rolling_up import differences, fold
from strands.models import Activity, ActivityShare, RollUp
from strands.tasks import check_roll_up
from tests import make
from tests.audit.test_bulk import unsaved
from tests.cast import BRENT, HARROW, person
from tests.strands.answers import logged
from tests.strands.spreadsheets.sheets import loaded, row, xlsx
from tests.strands.test_merging import merge

CAMDEN = "E09000007"
FALSE = (
    "INSERT INTO strands_rollup "  # noqa: S608  (of nothing but these words)
    "(quarter, borough, strand, marking, once, activities, joint, attendance, exact, "
    "at_least, at_most, about, not_recorded, cost, costed) "
    f"VALUES ('2026-04-01', '{BRENT}', 'prevent', 'OFFICIAL', true, 1, 0, 40, 1, 0, 0, 0, 0, 0, 0)"
)


@pytest.fixture
def owner(django_db_setup: None) -> Iterator[Any]:
    """A cursor of the owner of every table, each of whose statements is committed."""
    owned = psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname=settings.DATABASES["default"]["NAME"])
    owned.autocommit = True
    try:
        with owned.cursor() as cursor:
            yield cursor
    finally:
        owned.close()


def cell(borough: str = BRENT, *, once: bool, **values: Any) -> tuple[int, ...]:
    """Activities, joint ones, attendance."""
    of = {"quarter": dt.date(2026, 4, 1), "strand": "prevent", "marking": "OFFICIAL"} | values
    lines = RollUp.objects.filter(borough=borough, once=once, **of).summed("borough")
    return tuple(lines[0][f"{name}_sum"] for name in ("activities", "joint", "attendance")) if lines else (0, 0, 0)


def changed(activity: Activity, **values: Any) -> None:
    found = Activity.objects.get(pk=activity.pk)
    for name, value in values.items():
        setattr(found, name, value)
    with acting(person("brent.lead")):
        found.save()


def share(activity: Activity, borough: str, **values: Any) -> None:
    with acting(person("brent.lead")):
        ActivityShare(activity=activity, borough_id=borough, percent=10).save()


def test_joint_work_is_once_in_london_and_once_in_each_boroughs_own_list(db: None) -> None:
    make.activity(shares={BRENT: 60, HARROW: 40}, attendance=30)
    make.activity(attendance=5, attendance_qualifier="at_least", cost_actual=12)

    assert cell(once=True) == (2, 1, 35)
    assert cell(HARROW, once=True) == (0, 0, 0)
    assert cell(once=False) == (2, 1, 35)
    assert cell(HARROW, once=False) == (1, 1, 30)
    assert differences() == []


@pytest.mark.parametrize(
    "values",
    [
        {"attendance": 41, "attendance_qualifier": "about"},
        {"attendance": None, "attendance_qualifier": "not_recorded"},
        {"cost_actual": 7},
        {"starts": dt.date(2026, 8, 1)},
        {"strand_id": "protect"},
        {"marking": "OFFICIAL-SENSITIVE"},
        {"status": "cancelled", "status_reason": "Flood"},
        {"lead_borough_id": HARROW},
        {"title": "Another"},
    ],
)
def test_an_edit_moves_it_from_cell_to_cell(db: None, values: dict[str, Any]) -> None:
    for shares in ({BRENT: 100}, {BRENT: 50, HARROW: 50}):
        activity = make.activity(shares=shares, attendance=40)
        rows = RollUp.objects.count()
        changed(activity, **values)
        assert differences() == []
        assert (RollUp.objects.count() == rows) == ("title" in values)


def test_a_share_that_comes_or_goes_changes_every_cell_of_the_activity(db: None) -> None:
    activity = make.activity(attendance=40)
    share(activity, HARROW)
    assert (cell(once=True), cell(once=False), cell(HARROW, once=False)) == ((1, 1, 40),) * 3
    share(activity, CAMDEN)
    assert differences() == []
    with acting(person("brent.lead")):
        for gone in activity.shares.exclude(borough=BRENT):
            gone.delete()
    assert (cell(once=True), cell(HARROW, once=False)) == ((1, 0, 40), (0, 0, 0))
    with acting(person("brent.lead")):
        own = activity.shares.get()
        own.borough_id = CAMDEN
        own.save()
    assert (cell(CAMDEN, once=False), cell(once=False)) == ((1, 0, 40), (0, 0, 0))
    assert differences() == []


def test_what_is_merged_counts_in_the_other_one_alone(brent_lead: User) -> None:
    kept, other = logged(brent_lead), logged(brent_lead, title="The same conference", attendance="212")
    assert cell(once=True)[0] == 2

    assert merge(brent_lead, kept, other, attendance="other").status_code == 302

    assert cell(once=True) == (1, 0, 212)
    assert differences() == []


def test_a_spreadsheet_and_rows_in_bulk_are_in_it(brent_lead: User) -> None:
    job = loaded(brent_lead, xlsx(row(number) for number in range(1, 9)))
    assert job.is_loaded
    assert cell(once=True) == (8, 0, 320)

    keys = make.many([unsaved(number, brent_lead) for number in range(20)])
    parts = [
        ActivityShare(activity_id=key, borough_id=code, percent=50)
        for at, key in enumerate(keys)
        for code in ((BRENT, HARROW) if at % 2 else (BRENT,))
    ]
    make.many(parts)

    assert cell(once=True) == (28, 10, 320 + 20 * 40)
    assert differences() == []


def test_folding_leaves_one_row_for_each_cell_and_the_same_sums(db: None) -> None:
    activities = [make.activity(attendance=number, shares={BRENT: 50, HARROW: 50}) for number in range(1, 4)]
    changed(activities[0], starts=dt.date(2026, 8, 1))
    before = (cell(once=True), cell(HARROW, once=False))

    fold()

    cells = RollUp.objects.values_list("quarter", "borough", "strand", "marking", "once")
    assert len(cells) == len(set(cells))
    assert (cell(once=True), cell(HARROW, once=False)) == before == ((2, 2, 5), (2, 2, 5))
    assert differences() == []


def test_a_planted_difference_is_found_named_and_put_right(
    db: None, owner: Any, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    make.activity(attendance=40)
    call_command("check_roll_up")
    owner.execute(FALSE)
    try:
        (found,) = differences()
        with pytest.raises(CommandError, match="1 cells of the roll-up differ"):
            call_command("check_roll_up")
        check_roll_up()
        said = capsys.readouterr().out
        with transaction.atomic():
            call_command("check_roll_up", "--rebuild")
            mended = differences()
            # Or the owner would wait for what is taken back only when the test is over.
            transaction.set_rollback(True)
    finally:
        owner.execute("DELETE FROM strands_rollup WHERE activities = 1 AND attendance = 40")

    words = f"April 2026, {BRENT}, prevent, OFFICIAL, once for London: activities 2, and by the log 1"
    assert words in str(found)
    assert words in said
    assert "roll_up_differs" in caplog.text + said
    assert mended == []


@pytest.mark.parametrize("statement", [FALSE, "UPDATE strands_rollup SET activities = 9", "DELETE FROM strands_rollup"])
def test_the_application_writes_nothing_in_it(db: None, statement: str) -> None:
    make.activity()

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_boroughs_that_log_and_share_at_once_wait_for_nobody_and_none_is_lost(committed: None) -> None:
    """Two that add a share to the same activity, and eight in the same cell, with somebody folding beside them."""
    common = make.activity(shares={BRENT: 80}, attendance=1)
    start = threading.Barrier(5)

    def work(borough: str) -> None:
        try:
            start.wait()
            for number in range(4):
                with transaction.atomic():
                    make.activity(reference=f"{borough}/{number}", attendance=10)
                    fold()
            share(common, borough)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(code,)) for code in (HARROW, CAMDEN, "E09000002", "E09000003")]
    for thread in threads:
        thread.start()
    start.wait()
    for thread in threads:
        thread.join()

    assert cell(once=True) == (17, 1, 161)
    assert differences() == []
