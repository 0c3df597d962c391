"""What the database itself enforces: the ledger's triggers, append-only tables, and who may touch what.

`install` runs as the owner after every `migrate`, from the models as they are, so a new tracked model cannot be
forgotten. The application's role owns nothing and cannot switch any of it off.
"""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from contest_portal.audit.models import AccessRecord, LedgerEntry, TrackedModel

# The row is kept as text and hashed as text: a later column must not change the hash of an earlier entry.
# Time zone and formats are pinned, or the hash would depend on the session that wrote the row.
_RECORD = """
CREATE OR REPLACE FUNCTION audit_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO, YMD' SET "IntervalStyle" = 'iso_8601' SET extra_float_digits = 1
AS $body$
DECLARE
    left_out CONSTANT text[] := string_to_array(TG_ARGV[1], ',');
BEGIN
    -- OFFSET 0 keeps each row's image and its text from being made once for every column that is taken from it.
    INSERT INTO audit_ledgerentry
        (at, "transaction", actor, request_id, reason, "table", key, operation, "row", row_hash)
    SELECT
        clock_timestamp(), pg_current_xact_id()::text::bigint,
        coalesce(nullif(current_setting('portal.actor', true), ''), 'db:' || session_user),
        coalesce(current_setting('portal.request_id', true), ''),
        coalesce(current_setting('portal.reason', true), ''),
        TG_TABLE_NAME, image ->> TG_ARGV[0], left(TG_OP, 1),
        body, encode(sha256(convert_to(body, 'UTF8')), 'hex')
    FROM (
        SELECT image, image::text AS body
        FROM (SELECT to_jsonb(changed) - left_out AS image FROM changed OFFSET 0) AS images OFFSET 0
    ) AS texts;
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION audit_record() FROM PUBLIC;
"""

_REFUSE = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '42501';
END
$body$;
"""

# Once for a statement, with all of its rows: a thousand rows are recorded as cheaply as a few.
_RECORDED = """
CREATE OR REPLACE TRIGGER audit_record_{operation} AFTER {operation} ON {table}
    REFERENCING {which} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION audit_record('{key}', '{left_out}');
ALTER TABLE {table} ENABLE ALWAYS TRIGGER audit_record_{operation};
"""
_OPERATIONS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}

_APPEND_ONLY = """
CREATE OR REPLACE TRIGGER audit_refuse BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE OR REPLACE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER audit_refuse;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER audit_refuse_truncate;
"""


def recorded_models() -> Iterator[type[models.Model]]:
    """Every model whose changes go into the ledger: tracked ones, and guardian's named exceptions."""
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, TrackedModel) or getattr(model, "recorded_in_ledger", False):
            yield model


def append_only_models() -> Iterator[type[models.Model]]:
    yield LedgerEntry
    yield AccessRecord
    for model in apps.get_models():
        if issubclass(model, TrackedModel):
            yield model.history.model
        if getattr(model, "append_only", False):
            yield model


def install() -> None:
    """Put functions, triggers and privileges in place. Run again at will; needs the owner's connection."""
    statements = [_RECORD, _REFUSE]
    for model in recorded_models():
        left_out = ",".join(getattr(model, "kept_out_of_history", ()))
        about = {"table": _quoted(model), "key": model._meta.pk.column, "left_out": left_out}
        statements += [_RECORDED.format(operation=each, which=rows, **about) for each, rows in _OPERATIONS.items()]
    statements += [_APPEND_ONLY.format(table=_quoted(model)) for model in append_only_models()]
    with connection.cursor() as cursor:
        cursor.execute("".join(statements))
        _grant(cursor)


def _grant(cursor: object) -> None:
    role = settings.PORTAL_APP_ROLE
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])  # type: ignore[attr-defined]
    if not cursor.fetchone():  # type: ignore[attr-defined]
        return
    name = connection.ops.quote_name(role)
    statements = [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON {_quoted(LedgerEntry)}, django_migrations FROM {name}",
    ]
    statements += [f"REVOKE UPDATE, DELETE, TRUNCATE ON {_quoted(model)} FROM {name}" for model in append_only_models()]
    cursor.execute(";".join(statements))  # type: ignore[attr-defined]


def _quoted(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
