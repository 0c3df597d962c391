import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, models, transaction

from contest_portal.accounts.models import User
from contest_portal.audit import ledger
from reports.rendering import saying
from strands.figures import rolling_up
from strands.models import Activity, ActivityShare

# What differs from row to row, in the words of the database; `n` counts from 1. Everything else is the model's default.
_VARIES = {
    "id": "n",
    "reference": "'BCH/' || to_char(n, 'FM00000000')",
    "title": "(ARRAY['Workshop','Conference','Briefing','Exercise','Review'])[1 + n % 5] || ' ' || n",
    "kind": "(ARRAY['community_event','training','education','exercise','plan_review'])[1 + n % 5]",
    "strand_id": "(ARRAY['prevent','prevent','prevent','prepare','prepare'])[1 + n % 5]",
    "lead_borough_id": "codes[1 + (n * 7) % 33]",
    "status": "(ARRAY['delivered','delivered','delivered','planned'])[1 + n % 4]",
    "starts": "date '2011-04-01' + (n::bigint * 5500 / {count})::int",
    "attendance": "10 + n % 200",
    "attendance_qualifier": "'exact'",
    "attendance_basis": "'headcount'",
    "marking": "CASE WHEN n % 20 = 0 THEN 'OFFICIAL-SENSITIVE' ELSE 'OFFICIAL' END",
    "form_key": "lpad(to_hex(n), 32, '0')::uuid",
}
_JOINT = "n % 10 = 0"


class Command(BaseCommand):
    help = (
        "Fill an empty log with made-up activities to measure with. It keeps no history of them: never in production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--activities", type=int, required=True, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PORTAL_ENV == "production":
            raise CommandError("This is for measuring only, and PORTAL_ENV is production.")
        if Activity.objects.exists():
            raise CommandError("There are activities already. Measure with a database of its own.")
        started = time.perf_counter()
        with transaction.atomic():
            _fill(options["activities"])
            # Switches on again, for ever, what stood still while the rows went in.
            ledger.install()
            rolling_up.install()
            rolling_up.rebuild()
            saying.install()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(f"{options['activities']:,} activities in {time.perf_counter() - started:.1f} s")


def _fill(count: int) -> None:
    blank = Activity(logged_by=User.objects.portal(), form_key=UUID(int=0), attendance=0)
    varies = {name: words.format(count=count) for name, words in _VARIES.items()}
    fields = Activity._meta.concrete_fields
    values = {field.column: varies.get(field.column) or _literal(field, blank) for field in fields}
    first, second = "codes[1 + (n * 7) % 33]", "codes[1 + (n * 7 + 1) % 33]"
    share = ActivityShare._meta.db_table
    with connection.cursor() as cursor:
        put_back = [words for table in (Activity._meta.db_table, share) for words in _laid_aside(cursor, table)]
        _insert(cursor, Activity._meta.db_table, values, count)
        percent = f"CASE WHEN {_JOINT} THEN 60 ELSE 100 END"
        _insert(cursor, share, {"version": "0", "activity_id": "n", "borough_id": first, "percent": percent}, count)
        part = {"version": "0", "activity_id": "n", "borough_id": second, "percent": "40"}
        _insert(cursor, share, part, count, where=_JOINT)
        for words in put_back:
            cursor.execute(words)
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [Activity._meta.db_table, count])


def _laid_aside(cursor: Any, table: str) -> list[str]:
    """Take away what would be done again for each row, and say how it is put back: all at once is far quicker."""
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    foreign = (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'"
    )
    cursor.execute(foreign, [table])
    keys = cursor.fetchall()
    named = (
        "SELECT indexname, indexdef FROM pg_indexes "
        "WHERE tablename = %s AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    )
    cursor.execute(named, [table])
    indexes = cursor.fetchall()
    for name, _ in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    return [words for _, words in indexes] + [
        f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {words}' for name, words in keys
    ]


def _insert(cursor: Any, table: str, values: dict[str, str], count: int, where: str = "true") -> None:
    codes = "(SELECT array_agg(gss_code ORDER BY gss_code) AS codes FROM boroughs_borough) AS boroughs"
    cursor.execute(
        # Nothing in it but the words above and literals that the database's own driver has quoted.
        f"INSERT INTO {table} ({', '.join(values)}) "  # noqa: S608
        f"SELECT {', '.join(values.values())} FROM generate_series(1, {count:d}) AS n, {codes} WHERE {where}"
    )


def _literal(field: models.Field, blank: Activity) -> str:
    value = field.get_db_prep_save(getattr(blank, field.attname), connection)
    with connection.cursor() as cursor:
        return cursor.mogrify("%s", [value]).decode().replace("%", "%%")
