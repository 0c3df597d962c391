"""What stands in a field, in a form that can be compared, carried by a page, put back into the field, and read."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contest_portal.ui.fields import PARTS, DayBoxes, DayField, DayParts
from contest_portal.ui.formats import day


def plain(field: forms.Field, value: Any) -> Any:
    """A text, or a list of texts. What people would call the same is the same."""
    widget = field.widget
    value = field.prepare_value(value)
    if isinstance(widget, DayBoxes):
        return [str(getattr(DayParts.of(value), part)).lstrip("0") for part in PARTS]
    if isinstance(widget, forms.CheckboxInput):
        return "on" if value else ""
    if value is None or value == "":
        return [] if _takes_several(field) else ""
    if isinstance(value, Decimal):
        value = f"{value.normalize():f}"
    shown = widget.format_value(value)
    if _takes_several(field):
        return sorted(map(str, shown))
    shown = shown[0] if isinstance(shown, list) else shown
    return str("" if shown is None else shown).replace("\r\n", "\n").strip()


def data_of(field: forms.Field, name: str, value: Any) -> dict[str, Any]:
    """As a browser would send it, by the names of the boxes; None for one that it would leave out."""
    if isinstance(field.widget, DayBoxes):
        parts = dict(zip(PARTS, value, strict=False))
        return {f"{name}-{part}": str(parts.get(part, "")) for part in PARTS}
    if isinstance(field.widget, forms.CheckboxInput):
        return {name: value or None}
    return {name: list(value) if _takes_several(field) else value}


def in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field.widget, DayBoxes):
        return _day_in_words(value)
    if isinstance(field.widget, forms.CheckboxInput):
        return "Yes" if value else "No"
    words = dict(_choices(getattr(field, "choices", ())))
    values = value if isinstance(value, list) else [value]
    return "\n".join(words.get(str(each), str(each)) for each in values if each != "")


def typed_in(field: forms.Field, data: Any, files: Any, name: str) -> Any:
    """What was typed, tidied as saving would tidy it; as it is when it cannot be saved, and for answers and days."""
    typed = field.widget.value_from_datadict(data, files, name)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField | DayField):
        return plain(field, typed)
    try:
        return plain(field, field.clean(typed))
    except ValidationError:
        return plain(field, typed)


def _takes_several(field: forms.Field) -> bool:
    return bool(getattr(field.widget, "allow_multiple_selected", False))


def _choices(choices: Any) -> list[tuple[str, str]]:
    """Key and label of each answer; a group's answers stand in a list."""
    found: list[tuple[str, str]] = []
    for key, label in choices:
        found += _choices(label) if isinstance(label, list | tuple) else [(str(key), str(label))]
    return found


def _day_in_words(parts: list[str]) -> str:
    try:
        return day(date(*(int(part) for part in reversed(parts))))
    except (ValueError, TypeError):
        return " ".join(filter(None, parts))
