"""The same queries, over what history knew before a moment.

In PostgreSQL a common table expression that has the name of a table stands before the table. So a list, its filters,
what is read along with it and every sum need not be written a second time to be read as they were.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from contest_portal.audit.models import TrackedModel

_MARKING = '"marking"'
_WRITES = ("INSERT", "UPDATE", "DELETE", "COPY", "TRUNCATE")
# The newest row of each key before the moment, unless it tells of a removal.
_THEN = """{table} AS NOT MATERIALIZED (
SELECT {columns} FROM {history} AS was{today}
WHERE was.history_date < {until} AND was.history_type <> '-' AND NOT EXISTS (
SELECT FROM {history} AS newer WHERE newer.{key} = was.{key} AND newer.history_date < {until}
AND (newer.history_date, newer.history_id) > (was.history_date, was.history_id)))"""
_TODAY = " LEFT JOIN public.{table} AS today ON today.{key} = was.{key}"


@contextmanager
def looking_back(until: dt.datetime, *models: type[TrackedModel], stricter: bool = False) -> Iterator[None]:
    """Inside, these models are read as they stood before `until`, and cannot be written.

    With `stricter` a row carries the higher of its markings, then and today: what has become sensitive since is not
    opened by going back. All queries have to be made inside, so lists are read to their end.
    """
    images = {connection.ops.quote_name(model._meta.db_table): _image(model, until, stricter) for model in models}
    features: Any = connection.features
    try:
        # An expression has no primary key that would stand for its other columns.
        features.allows_group_by_selected_pks = False
        with connection.execute_wrapper(_reader(images)):
            yield
    finally:
        del features.allows_group_by_selected_pks


def _reader(images: dict[str, str]) -> Callable[..., Any]:
    def read(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        named = [image for table, image in images.items() if table in sql]
        if named and sql.lstrip().upper().startswith(_WRITES):
            raise TypeError("What was known on another day is read, and never written.")
        return execute(f"WITH {', '.join(named)} {sql}" if named else sql, params, many, context)

    return read


def _image(model: type[TrackedModel], until: dt.datetime, stricter: bool) -> str:
    quoted = connection.ops.quote_name
    names = [quoted(field.column) for field in model._meta.concrete_fields]
    watched = stricter and _MARKING in names
    about = {
        "table": quoted(model._meta.db_table),
        "key": quoted(model._meta.pk.column),
        "history": quoted(model.history.model._meta.db_table),
        "until": f"'{until.isoformat()}'::timestamptz",
        "columns": ", ".join(_column(name, watched) for name in names),
    }
    return _THEN.format(today=_TODAY.format(**about) if watched else "", **about)


def _column(name: str, watched: bool) -> str:
    """OFFICIAL-SENSITIVE comes after OFFICIAL in the alphabet, too."""
    return f"greatest(was.{name}, today.{name}) AS {name}" if watched and name == _MARKING else f"was.{name}"


def first_moment(models: Sequence[type[TrackedModel]]) -> dt.datetime | None:
    """When history first tells of any of them."""
    found = [model.history.order_by("history_date").values_list("history_date", flat=True).first() for model in models]
    return min((moment for moment in found if moment), default=None)
