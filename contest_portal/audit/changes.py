"""History as a person reads it: who, when, why, and field by field what was and what is."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from django.db import models
from django.utils import timezone

from contest_portal.audit.models import TrackedModel

_WORDS = {"+": "Added", "~": "Changed", "-": "Removed"}
_OWN = {"id", "version"}
# A part with no more fields than this is a link or a share, and reads best as one line.
_ONE_LINE = 2


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


@dataclass
class _Row:
    """What one request did to one row: the image before it, and the last one that it left."""

    before: Any
    after: Any
    hidden: set[str]
    is_part: bool

    @property
    def kind(self) -> str:
        """Of history: "+" added, "~" changed, "-" removed, and nothing when it came and went within the request."""
        if self.after.history_type == "-":
            return "-" if self.before is not None else ""
        return "~" if self.before is not None else "+"

    @property
    def name(self) -> str:
        return str(self.after.instance_type._meta.verbose_name)


def changes_of(
    record: TrackedModel,
    *,
    parts: Iterable[tuple[type[TrackedModel], str]] = (),
    without: Iterable[str] = (),
    only: Mapping[type[TrackedModel], Collection[Any]] = MappingProxyType({}),
) -> list[Change]:
    """Every change of one row and of its parts, newest first; what one request changed is one change.

    `parts` names the models whose rows belong to the record, each with the column that points at it. Fields named in
    `without` are left out, and so are changes of those fields alone. Of a model in `only`, the rows with these keys
    alone are told: the reader may not know of the others.
    """
    hidden = _OWN | set(without)
    rows = _rows(record.history.filter(), hidden, is_part=False)
    for model, column in parts:
        own = hidden | {column.removesuffix("_id")}
        images = model.history.filter(**{column: record.pk})
        rows += _rows(images.filter(id__in=only[model]) if model in only else images, own, is_part=True)
    by_request: dict[Any, list[_Row]] = {}
    for row in rows:
        by_request.setdefault(row.after.request_id or row, []).append(row)
    found = [_change(together, str(record._meta.verbose_name)) for together in by_request.values()]
    return sorted(filter(None, found), key=lambda change: change.at, reverse=True)


def in_words(row: models.Model, name: str) -> str:
    """The value of one field as people read it; of history or of a record."""
    return _text(row, cast(models.Field, row._meta.get_field(name)))


def _rows(history: Any, hidden: set[str], *, is_part: bool) -> list[_Row]:
    last: dict[Any, Any] = {}
    found: dict[Any, _Row] = {}
    for image in history.select_related("history_user").order_by("history_date", "history_id"):
        key = getattr(image, image.instance_type._meta.pk.attname)
        row = found.setdefault((key, image.request_id or image), _Row(last.get(key), image, hidden, is_part))
        row.after = last[key] = image
    return [row for row in found.values() if row.kind]


def _change(rows: list[_Row], record_name: str) -> Change | None:
    """The record's own row speaks for the request, and its parts stand below it under their own names."""
    main = min(rows, key=lambda row: row.is_part)
    fields = tuple(field for row in rows for field in _fields(row, named=row.is_part and len(rows) > 1))
    kind, name = (main.kind, main.name) if len(rows) == 1 or not main.is_part else ("~", record_name)
    if kind == "~" and not fields:
        return None
    why = main.after.history_change_reason or ""
    return Change(main.after.history_date, str(main.after.history_user), f"{_WORDS[kind]} {name}", why, fields)


def _fields(row: _Row, *, named: bool) -> list[FieldChange]:
    """Field by field. A removed row is said in one line, and so is a part with little in it beside the record."""
    shown = [field for field in row.after.tracked_fields if field.name not in row.hidden]
    if row.kind == "-" or (named and len(shown) <= _ONE_LINE):
        return [FieldChange(_capital(row.name), _whole(row.before), "" if row.kind == "-" else _whole(row.after))]
    prefix = f"{row.name}: " if named else ""
    return [
        FieldChange(_capital(f"{prefix}{label}"), old, new)
        for field in shown
        for label, old, new in _compared(row, field)
        if old != new
    ]


def _compared(row: _Row, field: models.Field) -> Iterator[tuple[str, str, str]]:
    """A field that holds several answers (`answers_in`) is compared answer by answer, each under its own label."""
    answers_in = getattr(field, "answers_in", None)
    if answers_in is None:
        yield str(field.verbose_name), _text(row.before, field), _text(row.after, field)
        return
    old = {} if row.before is None else answers_in(row.before)
    new = answers_in(row.after)
    for label in dict.fromkeys([*old, *new]):
        yield label, old.get(label, ""), new.get(label, "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _whole(image: Any) -> str:
    return "" if image is None else str(image.instance)


def _text(row: Any, field: models.Field) -> str:
    """The value in words; what a foreign key points at may have gone, then its key stands in."""
    if row is None:
        return ""
    value = getattr(row, field.attname)
    if value in (None, "", []):
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(field, models.DecimalField):
        return f"{value:,.{field.decimal_places}f}"
    if isinstance(field, models.ForeignKey):
        target = field.remote_field.model._base_manager.filter(pk=value).first()
        return str(target) if target else str(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, list):
        words = dict(getattr(getattr(field, "base_field", None), "choices", None) or ())
        return ", ".join(str(words.get(item, item)) for item in value)
    return str(value)
