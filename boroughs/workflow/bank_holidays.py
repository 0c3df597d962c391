from typing import Any

from boroughs.models import BankHoliday
from contest_portal.audit.acting import acting


def save_bank_holiday(holiday: BankHoliday, *, reason: str, by: Any) -> BankHoliday:
    """Add or change it. Publication dates of papers are counted from the new calendar at once."""
    with acting(by, reason=reason):
        holiday.save()
    return holiday


def remove_bank_holiday(holiday: BankHoliday, *, reason: str, by: Any) -> None:
    """Take it out of the calendar. Its history stays, with the reason."""
    with acting(by, reason=reason):
        holiday.delete()
