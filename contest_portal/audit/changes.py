"""History as a person reads it: who, when, why, and field by field what was and what is."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from contest_portal.audit.models import TrackedModel

_WORDS = {"+": "Added", "~": "Changed", "-": "Removed"}
_OWN = {"id", "version"}


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    at: dt.datetime
    who: str
    what: str
    why: str
    fields: tuple[FieldChange, ...]


def changes_of(
    record: TrackedModel, *, parts: Iterable[tuple[type[TrackedModel], str]] = (), without: Iterable[str] = ()
) -> list[Change]:
    """Every change of one row and of its parts, newest first.

    `parts` names the models whose rows belong to the record, each with the column that points at it. Fields named in
    `without` are left out, and so are changes of those fields alone.
    """
    hidden = _OWN | set(without)
    found = _changes(record.history.filter(), hidden)
    for model, column in parts:
        found += _changes(model.history.filter(**{column: record.pk}), hidden | {column.removesuffix("_id")})
    return sorted(found, key=lambda change: change.at, reverse=True)


def _changes(rows: Any, hidden: set[str]) -> list[Change]:
    last: dict[Any, Any] = {}
    found = []
    for row in rows.select_related("history_user").order_by("history_date", "history_id"):
        key = getattr(row, row.instance_type._meta.pk.attname)
        change = _change(last.get(key), row, hidden)
        last[key] = row
        if change.fields or row.history_type != "~":
            found.append(change)
    return found


def _change(before: Any, after: Any, hidden: set[str]) -> Change:
    """The first row of a history is shown whole; a removed one shows nothing but its removal."""
    fields = []
    shown = [] if after.history_type == "-" else after.tracked_fields
    for field in shown:
        if field.name in hidden:
            continue
        old, new = _text(before, field), _text(after, field)
        if old != new:
            fields.append(FieldChange(str(field.verbose_name).capitalize(), old, new))
    return Change(
        after.history_date,
        str(after.history_user),
        f"{_WORDS[after.history_type]} {after.instance_type._meta.verbose_name}",
        after.history_change_reason or "",
        tuple(fields),
    )


def _text(row: Any, field: models.Field) -> str:
    """The value in words; what a foreign key points at may have gone, then its key stands in."""
    if row is None:
        return ""
    value = getattr(row, field.attname)
    if value in (None, "", []):
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(field, models.ForeignKey):
        target = field.remote_field.model._base_manager.filter(pk=value).first()
        return str(target) if target else str(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        return f"{value:%-d %B %Y, %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%-d %B %Y}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
