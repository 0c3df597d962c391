"""What the database itself keeps and refuses, whoever asks: the application, or the owner of the tables."""

import hashlib
import json
import os
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.ledger import append_only_models, recorded_models
from contest_portal.audit.models import LedgerEntry
from tests import make

FORGERIES = [
    "UPDATE audit_ledgerentry SET actor = 'somebody else'",
    "DELETE FROM audit_ledgerentry",
    "TRUNCATE audit_ledgerentry",
    "UPDATE boroughs_historicalborough SET name = 'Forged'",
    "DELETE FROM boroughs_historicalborough",
    "TRUNCATE boroughs_historicalborough",
]


@pytest.fixture
def owner(django_db_setup: None) -> Iterator[Any]:
    """A cursor of the owner of every table, in a transaction that is rolled back."""
    owned = psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname=settings.DATABASES["default"]["NAME"])
    try:
        with owned.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '10s'")
            yield cursor
    finally:
        owned.close()


def entries(table: str) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(table=table).order_by("pk"))


def rows(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]


def refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(error.value)


def test_each_change_is_one_entry_with_actor_request_reason_and_hash(brent_lead: User) -> None:
    activity = make.activity()

    with acting(brent_lead, request_id="request-9", reason="Typed wrongly"):
        activity.title = "Renamed"
        activity.save()

    added, changed = entries("strands_activity")
    assert (added.operation, changed.operation) == ("I", "U")
    assert (changed.actor, changed.request_id, changed.reason) == (str(brent_lead.pk), "request-9", "Typed wrongly")
    assert (changed.key, json.loads(changed.row)["title"]) == (str(activity.pk), "Renamed")
    assert changed.row_hash == hashlib.sha256(changed.row.encode()).hexdigest()


def test_a_bulk_insert_in_plain_sql_is_recorded_row_by_row(brent_lead: User) -> None:
    before = len(entries("boroughs_bankholiday"))

    with acting(brent_lead, reason="Behind the back"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO boroughs_bankholiday (version, day, name) "
            "SELECT 0, '2099-01-01'::date + n, 'Day ' || n FROM generate_series(1, 5) AS n"
        )
        cursor.execute("UPDATE boroughs_bankholiday SET name = 'All' WHERE day >= '2099-01-01'")
        cursor.execute("DELETE FROM boroughs_bankholiday WHERE day = '2099-01-06'")

    found = entries("boroughs_bankholiday")[before:]
    assert "".join(entry.operation for entry in found) == "IIIII" + "UUUUU" + "D"
    assert {(entry.actor, entry.reason) for entry in found} == {(str(brent_lead.pk), "Behind the back")}


def test_a_change_outside_any_act_is_recorded_under_the_database_role(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE boroughs_bankholiday SET name = name WHERE id = (SELECT min(id) FROM boroughs_bankholiday)"
        )

    assert entries("boroughs_bankholiday")[-1].actor == f"db:{rows('SELECT session_user')[0]}"


def test_the_ledger_never_holds_a_password(brent_lead: User) -> None:
    with acting(brent_lead):
        brent_lead.set_password("another long pass phrase")
        brent_lead.save()

    assert not any("password" in json.loads(entry.row) for entry in entries("accounts_user"))


@pytest.mark.parametrize("statement", FORGERIES)
def test_the_application_cannot_change_what_is_append_only(db: None, statement: str) -> None:
    assert "permission denied" in refused(statement)


@pytest.mark.parametrize("statement", FORGERIES)
def test_the_owner_cannot_either(owner: Any, statement: str) -> None:
    with pytest.raises(psycopg2.Error, match="is append-only"):
        owner.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_ledgerentry DEFAULT VALUES",
        "ALTER TABLE strands_activity DISABLE TRIGGER audit_record_update",
        "ALTER TABLE strands_activity ADD COLUMN name_of_person text",
        "DROP TRIGGER audit_record_insert ON strands_activity",
        "DROP TABLE strands_activity",
        "TRUNCATE strands_activity CASCADE",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "SET session_replication_role = replica",
        "SET ROLE portal_owner",
    ],
)
def test_the_application_can_neither_create_nor_alter(db: None, statement: str) -> None:
    words = refused(statement)

    assert any(reason in words for reason in ("permission denied", "must be owner"))


def test_the_application_owns_nothing(db: None) -> None:
    owned = "SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"

    assert rows(owned) == []
    assert rows(
        "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ) == [False]
    assert rows("SELECT current_user") == [settings.PORTAL_APP_ROLE]


def test_every_tracked_table_has_its_triggers_always_on(db: None) -> None:
    query = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'A' AND tgname = '{}'"

    recorded, changed, deleted = (
        set(rows(query.format(f"audit_record_{each}"))) for each in ("insert", "update", "delete")
    )
    guarded = set(rows(query.format("audit_refuse")))
    truncation = set(rows(query.format("audit_refuse_truncate")))

    assert recorded == changed == deleted == {model._meta.db_table for model in recorded_models()}
    assert guarded == truncation == {model._meta.db_table for model in append_only_models()}
    assert {"strands_activity", "strands_activityexception", "access_grant", "accounts_user"} <= recorded
    assert {"audit_ledgerentry", "audit_accessrecord", "strands_historicalactivity"} <= guarded
