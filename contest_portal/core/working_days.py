"""Working days: Monday to Friday without the bank holidays that the caller passes."""

import datetime as dt
from collections.abc import Collection

_DAY = dt.timedelta(days=1)


def is_working_day(day: dt.date, holidays: Collection[dt.date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def add_working_days(day: dt.date, count: int, holidays: Collection[dt.date]) -> dt.date:
    """The day that lies `count` working days after `day` (before it, when negative)."""
    step = _DAY if count >= 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def clear_days_before(meeting: dt.date, count: int, holidays: Collection[dt.date]) -> dt.date:
    """The latest publication day that leaves `count` clear working days: neither end counts."""
    return add_working_days(meeting, -(count + 1), holidays)
