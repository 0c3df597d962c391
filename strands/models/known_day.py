"""The day by which something is due, as exact as it is known. Of a month or a quarter it is the last day."""

import calendar
import datetime as dt

from contest_portal.core.quarters import Quarter
from strands.models.answers import Precision


def last_day(day: dt.date, precision: str) -> dt.date:
    if precision == Precision.QUARTER:
        return Quarter.of(day).end
    if precision == Precision.MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def day_in_words(day: dt.date, precision: str) -> str:
    """31 March 2027, March 2027, or Q4 2026/27 (January to March 2027)"""
    if precision == Precision.QUARTER:
        return str(Quarter.of(day))
    return f"{day:%B %Y}" if precision == Precision.MONTH else f"{day:%-d %B %Y}"
