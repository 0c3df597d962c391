"""A date as exact as it is known: the day may be left out, and then it is a month."""

import calendar
import datetime as dt
from typing import Any

from django.utils import timezone

from contest_portal.core.quarters import Quarter
from contest_portal.ui.fields import DayField, DayParts
from strands.models.answers import Precision

QUARTERS_BACK, QUARTERS_AHEAD = 12, 5


class KnownDayField(DayField):
    """Reads month and year alone as the first day of the month, or as its last one."""

    def __init__(self, *, last: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.last = last

    def to_python(self, value: Any) -> dt.date | None:
        parts = DayParts.of(value)
        if parts.day or not (parts.month and parts.year):
            return super().to_python(value)
        first = super().to_python(DayParts("1", parts.month, parts.year))
        if first is None or not self.last:
            return first
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def is_month(typed: Any) -> bool:
    """Whether the boxes hold a month without a day."""
    parts = DayParts.of(typed)
    return bool(parts.month and parts.year and not parts.day)


def as_known(day: dt.date | None, precision: str) -> DayParts | dt.date | None:
    """For the boxes: a day that nobody knows is not filled in."""
    if day is None or precision == Precision.EXACT:
        return day
    return DayParts("", str(day.month), str(day.year)) if precision == Precision.MONTH else DayParts()


def quarters_around(kept: dt.date | None) -> list[tuple[str, str]]:
    """Quarters to choose from, newest first; the one that the activity has is always among them."""
    now = Quarter.of(timezone.localdate())
    found = {now.shifted(by) for by in range(-QUARTERS_BACK, QUARTERS_AHEAD)}
    if kept:
        found.add(Quarter.of(kept))
    return [("", "Choose one"), *((quarter.key, str(quarter)) for quarter in sorted(found, reverse=True))]
