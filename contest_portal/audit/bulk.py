"""Many new rows at once, with the same version, history and ledger as when they are saved one by one.

The one way round `TrackedQuerySet`. The rows go in by COPY, the ledger's triggers fire for each as ever, and history
is written by the database from the rows as they then are, so it cannot tell of anything that was not stored.
"""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, connections, models
from psycopg2.extras import Json

from contest_portal.audit.acting import acting, current_author, current_reason, current_request_id, moment
from contest_portal.audit.models import TrackedModel

# Values of these need no field to make them fit for the database, which for so many cells is most of the work.
_AS_IT_IS = {models.BigAutoField, models.CharField, models.TextField, models.DateField, models.ForeignKey} | {
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.DecimalField,
    models.DateTimeField,
    models.UUIDField,
}
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert(
    model: type[TrackedModel],
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    by: Any,
    reason: str,
    moments: Sequence[dt.datetime] = (),
) -> list[Any]:
    """Save new rows, and answer with their keys in the same order. `names` are all columns but key and version.

    `moments` has one for each row that is brought in later than it was made; history then carries that moment.
    """
    if set(names) != set(columns_of(model)):
        raise TypeError(f"Rows of {model.__name__} are made of {', '.join(names)} and of nothing else.")
    if not rows:
        return []
    with acting(by, reason=reason):
        keys = _next_keys(model, len(rows))
        _copy(model, names, keys, rows)
        _write_history(model, keys, moments or [moment()] * len(keys))
    return keys


def save_new(rows: Sequence[TrackedModel]) -> None:
    """New rows of one model, in the act that is under way: each is then as `save` would have left it."""
    if not rows:
        return
    model = type(rows[0])
    fields = columns_of(model)
    values = [[field.pre_save(row, True) for field in fields.values()] for row in rows]
    keys = insert(model, list(fields), values, by=current_author(), reason=current_reason())
    for row, key in zip(rows, keys, strict=True):
        row.pk, row._state.adding = key, False
        row.as_stored()


def columns_of(model: type[TrackedModel]) -> dict[str, models.Field]:
    """Whatever a new row is made of, by name."""
    own = (model._meta.pk.attname, "version")
    return {field.attname: field for field in model._meta.concrete_fields if field.attname not in own}


def _next_keys(model: type[TrackedModel], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [number for (number,) in cursor.fetchall()]


def _copy(model: type[TrackedModel], names: Sequence[str], keys: list[int], rows: Sequence[Sequence[Any]]) -> None:
    fields = [columns_of(model)[name] for name in names]
    # By their places: values that only their field makes fit for the database.
    unfit = [(place, field) for place, field in enumerate(fields) if type(field) not in _AS_IT_IS]
    columns = ", ".join(map(_quoted, [model._meta.pk.column, "version", *(field.column for field in fields)]))
    text = io.StringIO("".join(_lines(keys, rows, unfit)))
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {_quoted(model._meta.db_table)} ({columns}) FROM STDIN", text)


def _lines(keys: list[int], rows: Sequence[Sequence[Any]], unfit: Sequence[tuple[int, models.Field]]) -> Iterator[str]:
    # Not the proxy that stands for it: that is asked anew, at a price, for each of its attributes.
    database = connections[connection.alias]
    for key, row in zip(keys, rows, strict=True):
        values = list(row)
        for place, field in unfit:
            values[place] = field.get_db_prep_save(values[place], database)
        cells = ["\\N" if value is None else _as_text(value) for value in values]
        yield f"{key}\t0\t" + "\t".join(cells) + "\n"


def _as_text(value: Any) -> str:
    """As COPY reads what is not NULL."""
    if type(value) is str:
        return value.translate(_ESCAPES)
    if type(value) is int:
        return str(value)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Json):
        value = value.dumps(value.adapted)
    elif isinstance(value, list):
        value = "{" + ",".join(map(_element, value)) + "}"
    return str(value).translate(_ESCAPES)


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    words = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{words}"'


def _write_history(model: type[TrackedModel], keys: Sequence[Any], moments: Sequence[dt.datetime]) -> None:
    history = model.history.model
    tracked = [_quoted(field.column) for field in history.tracked_fields]
    about = {
        "history_type": "+",
        "history_user_id": current_author().pk,
        "history_change_reason": current_reason(),
        "request_id": current_request_id(),
    }
    columns = ", ".join([*tracked, *map(_quoted, about), "history_date"])
    values = ", ".join([*tracked, *(["%s"] * len(about)), "made.at"])
    key = _quoted(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            # Nothing in it but names of our own tables and columns.
            f"INSERT INTO {_quoted(history._meta.db_table)} ({columns}) "  # noqa: S608
            f"SELECT {values} FROM {_quoted(model._meta.db_table)} "
            f"JOIN unnest(%s::bigint[], %s::timestamptz[]) AS made (key, at) ON made.key = {key} ORDER BY {key}",
            [*about.values(), list(keys), list(moments)],
        )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
