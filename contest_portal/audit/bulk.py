"""Many new rows at once, with the same version, history and ledger as when they are saved one by one.

The one way round `TrackedQuerySet`. The rows go in by COPY, the ledger's triggers fire for each as ever, and history
is written by the database from the rows as they then are, so it cannot tell of anything that was not stored.
"""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
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
    models.UUIDField,
}
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert(rows: Sequence[TrackedModel], *, by: Any, reason: str) -> None:
    """Save new rows of one model. They get their keys, and can be saved again one by one afterwards."""
    if not rows:
        return
    model = type(rows[0])
    if any(type(row) is not model or not row._state.adding for row in rows):
        raise TypeError("Rows that are inserted together are new, and of one model.")
    with acting(by, reason=reason):
        _give_keys(model, rows)
        _copy(model, rows)
        _write_history(model, [row.pk for row in rows])
    database, names = connection.alias, [field.attname for field in model._meta.concrete_fields]
    for row in rows:
        row._state.adding = False
        row._state.db = database
        values = row.__dict__
        row._as_read = {name: values[name] for name in names}


def insert_values(
    model: type[TrackedModel], names: Sequence[str], rows: Sequence[Sequence[Any]], *, by: Any, reason: str
) -> None:
    """The same for rows that nobody wants as objects. `names` are all columns but the key and the version."""
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    if columns.keys() - {model._meta.pk.attname, "version"} != set(names):
        raise TypeError(f"Rows of {model.__name__} are made of {', '.join(names)} and of nothing else.")
    if not rows:
        return
    with acting(by, reason=reason):
        keys = _next_keys(model, len(rows))
        lines = ("\t".join(map(_as_text, (key, 0, *row))) for key, row in zip(keys, rows, strict=True))
        _copy_text(model, [model._meta.pk.column, "version", *(columns[name] for name in names)], lines)
        _write_history(model, keys)


def _give_keys(model: type[TrackedModel], rows: Sequence[TrackedModel]) -> None:
    without = [row for row in rows if row.pk is None]
    if without and isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
        for row, number in zip(without, _next_keys(model, len(without)), strict=True):
            row.pk = number


def _next_keys(model: type[TrackedModel], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [number for (number,) in cursor.fetchall()]


def _copy(model: type[TrackedModel], rows: Sequence[TrackedModel]) -> None:
    fields = model._meta.concrete_fields
    wanting = [(field.attname, None if _fits(field) else field) for field in fields]
    # Not the proxy that stands for it: that is asked anew, at a price, for each of its attributes.
    database = connections[connection.alias]
    lines = ("\t".join(_cells(wanting, row, database)) for row in rows)
    _copy_text(model, [field.column for field in fields], lines)


def _copy_text(model: type[TrackedModel], columns: Iterable[str], lines: Iterable[str]) -> None:
    names = ", ".join(map(_quoted, columns))
    text = "".join(f"{line}\n" for line in lines)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {_quoted(model._meta.db_table)} ({names}) FROM STDIN", io.StringIO(text))


def _fits(field: models.Field) -> bool:
    return type(field) in _AS_IT_IS and not getattr(field, "auto_now", False)


def _cells(wanting: Sequence[tuple[str, models.Field | None]], row: TrackedModel, database: Any) -> Iterator[str]:
    """`wanting` names each column, with its field where only that makes the value fit."""
    values = row.__dict__
    for name, field in wanting:
        if field is None:
            yield _as_text(values[name])
        else:
            yield _as_text(field.get_db_prep_save(field.pre_save(row, add=True), database))


def _as_text(value: Any) -> str:
    """As COPY reads it."""
    if value is None:
        return "\\N"
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


def _write_history(model: type[TrackedModel], keys: Sequence[Any]) -> None:
    history = model.history.model
    tracked = [_quoted(field.column) for field in history.tracked_fields]
    about = {
        "history_date": moment(),
        "history_type": "+",
        "history_user_id": current_author().pk,
        "history_change_reason": current_reason(),
        "request_id": current_request_id(),
    }
    columns = ", ".join([*tracked, *map(_quoted, about)])
    values = ", ".join([*tracked, *(["%s"] * len(about))])
    key = _quoted(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            # Nothing in it but names of our own tables and columns.
            f"INSERT INTO {_quoted(history._meta.db_table)} ({columns}) "  # noqa: S608
            f"SELECT {values} FROM {_quoted(model._meta.db_table)} "
            f"WHERE {key} = ANY(%s) ORDER BY {key}",
            [*about.values(), list(keys)],
        )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
