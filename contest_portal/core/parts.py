"""What belongs to one record: which of its parts there are any of, asked once, so that only those are read."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Model, prefetch_related_objects


def parts_there(record: Model, names: Iterable[str]) -> frozenset[str]:
    """Those of these names, each of rows that point to the record, that have any. Says nothing of who may see them."""
    listed = list(names)
    asked = ", ".join(_exists(record, name) for name in listed)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", [record.pk] * len(listed))
        found = cursor.fetchone()
    return frozenset(name for name, is_there in zip(listed, found, strict=True) if is_there)


def read_along(record: Any, paths: Iterable[str], there: frozenset[str]) -> None:
    """As `prefetch_related` reads these paths, without a query for what is not there."""
    listed = [(path.partition("__")[0], path) for path in paths]
    prefetch_related_objects([record], *(path for name, path in listed if name in there))
    for name, _ in listed:
        if name not in there:
            nothing = getattr(record, name).none()
            record._prefetched_objects_cache[name] = nothing


def _exists(record: Model, name: str) -> str:
    relation: Any = record._meta.get_field(name)
    quoted = connection.ops.quote_name
    table, column = relation.related_model._meta.db_table, relation.field.column
    return f"EXISTS (SELECT FROM {quoted(table)} WHERE {quoted(column)} = %s)"
