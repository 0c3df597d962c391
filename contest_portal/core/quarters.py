"""Quarters of the financial year, which runs from 1 April to 31 March (domain terms: docs/words.md)."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models

_FIRST_MONTH = {1: 4, 2: 7, 3: 10, 4: 1}
_MONTHS = {1: "April to June", 2: "July to September", 3: "October to December", 4: "January to March"}
_KEY = re.compile(r"(\d{4})-(\d{2})-Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """`Quarter(2026, 2)` is July to September 2026; `year` is the calendar year in which the financial year starts."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> Self:
        year = day.year if day.month >= 4 else day.year - 1
        return cls(year, (day.month - 4) % 12 // 3 + 1)

    @classmethod
    def from_key(cls, key: str) -> Self:
        """Read "2026-27-Q2"; anything else is a ValueError."""
        match = _KEY.fullmatch(key)
        if not match or (int(match[1]) + 1) % 100 != int(match[2]):
            raise ValueError(f"“{key}” is not a quarter such as 2026-27-Q2")
        return cls(int(match[1]), int(match[3]))

    @property
    def financial_year(self) -> str:
        return f"{self.year}/{(self.year + 1) % 100:02d}"

    @property
    def key(self) -> str:
        return f"{self.year}-{(self.year + 1) % 100:02d}-Q{self.number}"

    @property
    def short(self) -> str:
        return f"Q{self.number} {self.financial_year}"

    @cached_property
    def start(self) -> dt.date:
        return dt.date(self.year + (self.number == 4), _FIRST_MONTH[self.number], 1)

    @cached_property
    def end(self) -> dt.date:
        return self.next().start - dt.timedelta(days=1)

    def next(self) -> "Quarter":
        return self.shifted(1)

    def previous(self) -> "Quarter":
        return self.shifted(-1)

    def shifted(self, count: int) -> "Quarter":
        index = self.year * 4 + self.number - 1 + count
        return Quarter(index // 4, index % 4 + 1)

    def last(self, count: int) -> list["Quarter"]:
        """This quarter and those before it, `count` in all, oldest first."""
        return [self.shifted(-back) for back in range(count - 1, -1, -1)]

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.short} ({_MONTHS[self.number]} {self.start.year})"


class QuarterField(models.CharField):
    """A quarter kept as its key, so that text order is time order."""

    # What the type checker reads: a quarter goes in and comes out.
    _pyi_private_set_type: Quarter | str  # type: ignore[assignment]
    _pyi_private_get_type: Quarter  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Quarter | None:
        return None if value is None else Quarter.from_key(value)

    def to_python(self, value: Any) -> Quarter | None:
        if value is None or isinstance(value, Quarter):
            return value
        try:
            return Quarter.from_key(value)
        except ValueError as error:
            raise ValidationError("Choose a quarter from the list.") from error

    def run_validators(self, value: Any) -> None:
        """Those of a text field ask for a text."""
        super().run_validators(self.get_prep_value(value))

    def get_prep_value(self, value: Any) -> str | None:
        return value.key if isinstance(value, Quarter) else value

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""
