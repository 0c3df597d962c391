"""Reference data as files of the project's own, and the one way they become rows: only what is new or differs is saved.

A row that stands in the database and not in the file stays: somebody may point at it.
"""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import models

from contest_portal.audit.models import TrackedModel

Row = Mapping[str, Any]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keep(model: type[TrackedModel], rows: Iterable[Row], *key: str) -> int:
    """Make the table say what `rows` say, and return how many rows were saved.

    Rows map attribute names (`borough_id`, not `borough`) to values or to their text; `key` names the attributes
    that tell one row from another. The caller wraps it in `acting`.
    """
    stored = {_key(instance, key): instance for instance in model._default_manager.all()}
    return sum(_keep(model, stored, _cleaned(model, row), key) for row in rows)


def _keep(
    model: type[TrackedModel], stored: dict[tuple[Any, ...], Any], row: dict[str, Any], key: tuple[str, ...]
) -> bool:
    instance = stored.get(tuple(row[name] for name in key))
    if instance is None:
        instance = model(**row)
    for name, value in row.items():
        setattr(instance, name, value)
    if not instance._state.adding and not instance.changed_fields():
        return False
    # Choices and lengths; that a foreign key exists is for the database to say.
    instance.clean_fields(exclude=[field.name for field in model._meta.concrete_fields if field.is_relation])
    instance.save()
    return True


def _key(instance: TrackedModel, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(instance, name) for name in key)


def _cleaned(model: type[TrackedModel], row: Row) -> dict[str, Any]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: _value(fields[name], value) for name, value in row.items()}


def _value(field: models.Field, value: Any) -> Any:
    """The value as the database would give it back, so that an unchanged row compares as unchanged."""
    if value == "" and field.null:
        return None
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return field.to_python(value)
