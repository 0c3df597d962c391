"""Form fields for what people type: a day in three boxes, money in pounds, whole numbers with commas."""

import re
from calendar import month_abbr, month_name
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")
MONTHS = {
    name: index
    for index, names in enumerate(zip(month_abbr, month_name, strict=True))
    for name in map(str.lower, names)
    if name
} | {"sept": 9}


@dataclass(frozen=True)
class DayParts:
    """What was typed in the three boxes, kept as it was typed."""

    day: str = ""
    month: str = ""
    year: str = ""

    def __bool__(self) -> bool:
        return bool(self.day or self.month or self.year)

    @classmethod
    def of(cls, value: Any) -> "DayParts":
        if isinstance(value, DayParts):
            return value
        if isinstance(value, str) and value:
            value = _from_iso(value) or value
        if isinstance(value, (date, datetime)):
            return cls(str(value.day), str(value.month), str(value.year))
        return cls(day=value) if isinstance(value, str) else cls()

    def missing(self) -> list[str]:
        return [part for part in PARTS if not getattr(self, part)]


class DayBoxes(forms.Widget):
    """Three boxes named NAME-day, NAME-month and NAME-year. One ISO date under NAME is read too (addresses)."""

    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DayParts:
        if name in data and not any(f"{name}-{part}" in data for part in PARTS):
            return DayParts.of(data.get(name))
        return DayParts(*(str(data.get(f"{name}-{part}") or "").strip() for part in PARTS))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}-{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-day"


class DayField(forms.DateField):
    """A calendar day. Its errors say which part is wrong; the code of the error names the boxes to mark."""

    widget = DayBoxes
    default_error_messages = {
        "required": "Enter the date",
        "missing": "The date must include a %(missing)s",
        "unreal": "The date must be a real date, like 27 3 2026",
        "year": "The year must have 4 numbers, like 2026",
    }

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        parts = DayParts.of(value)
        return self._read(parts) if parts else None

    def prepare_value(self, value: Any) -> DayParts:
        return DayParts.of(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return DayParts.of(initial) != DayParts.of(data)

    def _read(self, parts: DayParts) -> date:
        if missing := parts.missing():
            raise self._error("missing", missing, missing=" and a ".join(missing))
        month = MONTHS.get(parts.month.lower(), parts.month)
        if not re.fullmatch(r"\d{4}", parts.year):
            raise self._error("year", ["year"])
        try:
            return date(int(parts.year), int(month), int(parts.day))
        except ValueError:
            raise self._error("unreal", list(PARTS)) from None

    def _error(self, code: str, boxes: list[str], **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"boxes": boxes, **params})


class MoneyInput(forms.TextInput):
    """Drawn with a pound sign before the box."""


class MoneyField(forms.DecimalField):
    """Pounds and pence, typed with or without the sign and commas. Never below nothing."""

    widget = MoneyInput
    default_error_messages = {
        "invalid": "Enter an amount in pounds, like 3150 or 3,150.50",
        "min_value": "The amount must be £%(limit_value)s or more",
        "max_decimal_places": "The amount must have no more than 2 numbers after the point",
    }

    def __init__(self, *, max_digits: int = 12, decimal_places: int = 2, min_value: Any = 0, **kwargs: Any):
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, min_value=min_value, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = value.strip().removeprefix("£").replace(",", "").strip()
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal) and value == value.to_integral_value():
            return f"{value:,.0f}"
        return f"{value:,.2f}" if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class WholeNumberField(forms.IntegerField):
    """A count, typed with or without commas."""

    widget = forms.NumberInput

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.replace(",", "").strip() if isinstance(value, str) else value)


def _from_iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
