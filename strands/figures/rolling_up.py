"""How the roll-up is kept, and what proves it: triggers in the database, and a count that owes them nothing."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import connection

from strands.models import Activity, ActivityShare, RollUp
from strands.models.roll_up import CELL, COUNTS

_NAMES = {
    "activity": f'"{Activity._meta.db_table}"',
    "share": f'"{ActivityShare._meta.db_table}"',
    "roll_up": f'"{RollUp._meta.db_table}"',
    "cell": ", ".join(CELL),
    "counts": ", ".join(COUNTS),
    "sums": ", ".join(f"sum({name})" for name in COUNTS),
    "noughts": ", ".join("0" for _ in COUNTS),
}
# What activities add to their cells, or with -1 take from them. `shared` has the boroughs of each, as one row.
_PARTS = """
SELECT date_trunc('quarter', a.starts)::date AS quarter, part.borough, a.strand_id AS strand, a.marking, part.once,
    {sign} AS activities, {sign} * (coalesce(shared.parts, 0) > 1)::int AS joint,
    {sign} * coalesce(a.attendance, 0) AS attendance,
    {sign} * (a.attendance_qualifier = 'exact')::int AS exact,
    {sign} * (a.attendance_qualifier = 'at_least')::int AS at_least,
    {sign} * (a.attendance_qualifier = 'at_most')::int AS at_most,
    {sign} * (a.attendance_qualifier = 'about')::int AS about,
    {sign} * (a.attendance_qualifier = 'not_recorded')::int AS not_recorded,
    {sign} * coalesce(a.cost_actual, 0) AS cost, {sign} * (a.cost_actual IS NOT NULL)::int AS costed
FROM {activities} AS a
LEFT JOIN (SELECT activity_id, count(*) AS parts, array_agg(borough_id) AS boroughs FROM {shares} AS each_share
    GROUP BY activity_id) AS shared ON shared.activity_id = a.id
CROSS JOIN LATERAL (SELECT a.lead_borough_id AS borough, true AS once
    UNION ALL SELECT unnest(shared.boroughs), false) AS part
WHERE a.status = 'delivered'"""
_ADD = """
INSERT INTO {roll_up} ({cell}, {counts}) SELECT {cell}, {sums} FROM ({parts}) AS parts GROUP BY {cell}
HAVING ROW({sums}) IS DISTINCT FROM ROW({noughts})"""
# A plan is kept for the next statement. One made for the single row of a form is far too slow for a spreadsheet's,
# and to plan anew takes longer than to count one row, so only many rows have a plan of their own. What is known of a
# table that is being filled for the first time may say that it is empty: no row of many is then looked for by itself.
_STEP = """
IF (SELECT count(*) FROM {image}) > 20 THEN
    PERFORM set_config('enable_nestloop', 'off', true);
    EXECUTE $step${sql}$step$;
    PERFORM set_config('enable_nestloop', 'on', true);
ELSE
    {kept};
END IF;
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS {returns} LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $body$
BEGIN
{body}
END
$body$;
REVOKE ALL ON FUNCTION {name}() FROM PUBLIC;
"""
_TRIGGER = """
CREATE OR REPLACE TRIGGER {name} AFTER {operation} ON {table} REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};
"""
_TABLES = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}
_SIGNS = {"before": -1, "after": 1}
_THEIRS = "(SELECT * FROM {share} WHERE activity_id IN (SELECT id FROM {image}))"
_TOUCHED = "SELECT activity_id FROM {image}"

# Shares of an activity change under the lock of the activity, so that two who add one each see each other's.
_LOCK = (
    "SELECT FROM {activity} WHERE id IN (SELECT activity_id FROM ({touched}) AS touched) ORDER BY id FOR NO KEY UPDATE"
)
_SHARES = """
WITH touched AS ({touched}), have AS (SELECT id, activity_id, borough_id FROM {share}
    WHERE activity_id IN (SELECT activity_id FROM touched)),
changed AS (SELECT * FROM {activity} WHERE id IN (SELECT activity_id FROM touched)),
had AS ({had})"""
_REBUILD = """
LOCK TABLE {activity}, {share} IN SHARE ROW EXCLUSIVE MODE;
DELETE FROM {roll_up};
{add};
RETURN;"""
_FOLD = """
WITH several AS (SELECT {cell} FROM {roll_up} GROUP BY {cell} HAVING count(*) > 1),
gone AS (DELETE FROM {roll_up} AS kept USING several WHERE ({kept_cell}) = ({several_cell}) RETURNING kept.*)
INSERT INTO {roll_up} ({cell}, {counts}) SELECT {cell}, {sums} FROM gone GROUP BY {cell};
RETURN;"""
# By another way than the triggers' own: each borough's activities are joined, not gathered.
_COUNTED = """
SELECT date_trunc('quarter', a.starts)::date AS quarter, part.borough, a.strand_id AS strand, a.marking, part.once,
    count(*) AS activities, count(*) FILTER (WHERE joint.activity_id IS NOT NULL) AS joint,
    coalesce(sum(a.attendance), 0) AS attendance,
    count(*) FILTER (WHERE a.attendance_qualifier = 'exact') AS exact,
    count(*) FILTER (WHERE a.attendance_qualifier = 'at_least') AS at_least,
    count(*) FILTER (WHERE a.attendance_qualifier = 'at_most') AS at_most,
    count(*) FILTER (WHERE a.attendance_qualifier = 'about') AS about,
    count(*) FILTER (WHERE a.attendance_qualifier = 'not_recorded') AS not_recorded,
    coalesce(sum(a.cost_actual), 0) AS cost, count(a.cost_actual) AS costed
FROM {activity} AS a
JOIN (SELECT id AS activity_id, lead_borough_id AS borough, true AS once FROM {activity}
    UNION ALL SELECT activity_id, borough_id, false FROM {share}) AS part ON part.activity_id = a.id
LEFT JOIN (SELECT activity_id FROM {share} GROUP BY activity_id HAVING count(*) > 1) AS joint
    ON joint.activity_id = a.id
WHERE a.status = 'delivered' GROUP BY 1, 2, 3, 4, 5"""
_DIFFERENCES = """
WITH counted AS ({counted}), kept AS (SELECT {cell}, {named_sums} FROM {roll_up} GROUP BY {cell}
    HAVING ROW({sums}) IS DISTINCT FROM ROW({noughts}))
SELECT {cell}, {counted_counts}, {kept_counts} FROM counted FULL JOIN kept USING ({cell})
WHERE ROW({counted_counts}) IS DISTINCT FROM ROW({kept_counts}) ORDER BY {cell}"""


@dataclass(frozen=True)
class Difference:
    """A cell in which the roll-up is not what the log says. `counted` and `kept` name only the counts that differ."""

    quarter: dt.date
    borough: str
    strand: str
    marking: str
    once: bool
    counted: dict[str, Decimal | int]
    kept: dict[str, Decimal | int]

    def __str__(self) -> str:
        way = "once for London" if self.once else "in its own list"
        where = f"{self.quarter:%B %Y}, {self.borough}, {self.strand}, {self.marking}, {way}"
        numbers = [f"{name} {self.kept[name]}, and by the log {self.counted[name]}" for name in self.counted]
        return f"{where}: {'; '.join(numbers)}"


def differences() -> list[Difference]:
    """Where the roll-up differs from the log, both read at one moment."""
    sql = _DIFFERENCES.format(
        counted=_COUNTED.format(**_NAMES),
        named_sums=", ".join(f"sum({name}) AS {name}" for name in COUNTS),
        counted_counts=", ".join(f"counted.{name}" for name in COUNTS),
        kept_counts=", ".join(f"kept.{name}" for name in COUNTS),
        **_NAMES,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [_difference(row) for row in cursor.fetchall()]


def _difference(row: tuple) -> Difference:
    cell, numbers = row[: len(CELL)], [number or 0 for number in row[len(CELL) :]]
    pairs = zip(COUNTS, numbers[: len(COUNTS)], numbers[len(COUNTS) :], strict=True)
    found = {name: (counted, kept) for name, counted, kept in pairs if counted != kept}
    counted, kept = ({name: pair[at] for name, pair in found.items()} for at in (0, 1))
    quarter, borough, strand, marking, once = cell
    return Difference(quarter, borough, strand, marking, once, counted, kept)


def fold() -> None:
    """One row for each cell again. Nobody waits for it, and it changes no sum."""
    _call("roll_up_fold")


def rebuild() -> None:
    """Count everything anew. Whoever changes the log meanwhile waits."""
    _call("roll_up_rebuild")


def install() -> None:
    """Put functions and triggers in place, and fill the roll-up the first time. Needs the owner's connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = 'roll_up_activity_insert'")
        is_new = cursor.fetchone() is None
        cursor.execute("".join(_rules()))
    if is_new:
        rebuild()


def _rules() -> Iterator[str]:
    for operation, tables in _TABLES.items():
        images = [image for image in _SIGNS if image in tables.split()]
        for table, body in (("activity", _of_activities(images)), ("share", _of_shares(images))):
            name = f"roll_up_{table}_{operation.lower()}"
            yield _FUNCTION.format(name=name, returns="trigger", body=f"{body}RETURN NULL;")
            yield _TRIGGER.format(name=name, operation=operation, table=_NAMES[table], tables=tables)
    whole = _PARTS.format(sign=1, activities=_NAMES["activity"], shares=_NAMES["share"])
    rebuilding = _REBUILD.format(add=_ADD.format(parts=whole, **_NAMES), **_NAMES)
    cells = {which: ", ".join(f"{which}.{name}" for name in CELL) for which in ("kept", "several")}
    folding = _FOLD.format(kept_cell=cells["kept"], several_cell=cells["several"], **_NAMES)
    for name, body in (("roll_up_rebuild", rebuilding), ("roll_up_fold", folding)):
        yield _FUNCTION.format(name=name, returns="void", body=body)
        yield from _for_the_application(name)


def _for_the_application(name: str) -> Iterator[str]:
    """Its role may ask for it to be done, and writes nothing itself."""
    with connection.cursor() as cursor:
        role = settings.PORTAL_APP_ROLE
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if cursor.fetchone():
            quoted = connection.ops.quote_name(role)
            yield f"GRANT EXECUTE ON FUNCTION {name}() TO {quoted};"
            yield f"REVOKE INSERT, UPDATE, DELETE ON {_NAMES['roll_up']} FROM {quoted};"


def _of_activities(images: list[str]) -> str:
    """The activities of a statement as they were and as they are, with the shares that they have."""
    parts = [
        _PARTS.format(
            sign=_SIGNS[image],
            activities=image,
            shares=_THEIRS.format(image=image, **_NAMES),
        )
        for image in images
    ]
    return _step(images, _ADD.format(parts=" UNION ALL ".join(parts), **_NAMES))


def _of_shares(images: list[str]) -> str:
    """The activities that the shares of a statement belong to, with the shares that they had and those they have."""
    touched = " UNION ".join(_TOUCHED.format(image=image) for image in images)
    had = ["SELECT activity_id, borough_id FROM have"]
    had[0] += " WHERE id NOT IN (SELECT id FROM after)" if "after" in images else ""
    had += ["SELECT activity_id, borough_id FROM before"] if "before" in images else []
    parts = [_PARTS.format(sign=sign, activities="changed", shares=rows) for sign, rows in ((-1, "had"), (1, "have"))]
    lock = _LOCK.format(touched=touched, **_NAMES)
    lead = _SHARES.format(touched=touched, had=" UNION ALL ".join(had), **_NAMES)
    return _step(images, lock) + _step(images, lead + _ADD.format(parts=" UNION ALL ".join(parts), **_NAMES))


def _step(images: list[str], sql: str) -> str:
    """PL/pgSQL has another word for a query whose rows nobody wants."""
    kept = f"PERFORM{sql.removeprefix('SELECT')}" if sql.startswith("SELECT") else sql
    return _STEP.format(image=images[0], sql=sql, kept=kept)


def _call(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}()")
