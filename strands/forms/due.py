"""By when: a day, a month, or the quarter that it falls in."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from strands.forms.dates import KnownDayField, as_known, is_month
from strands.models.answers import Precision
from strands.models.known_day import last_day

HINT = "For example, 31 3 2027. If only the month is known, leave the day empty"
EARLIEST, LATEST = 2000, 2060


def due_field(label: str) -> KnownDayField:
    return KnownDayField(label=label, help_text=HINT, last=True)


def quarter_field() -> forms.BooleanField:
    return forms.BooleanField(label="Only the quarter in which it falls is known", required=False)


class AsksWhen(forms.BaseForm):
    """For a form with the two fields above: `deadline` is what they say, once the form is valid."""

    deadline: tuple[dt.date, str]

    def read_deadline(self) -> tuple[dt.date, str] | None:
        """The day as it is kept, with how exact it is; None when there is an error beside the boxes."""
        day = self.cleaned_data.get("due")
        if day is None:
            return None
        if not EARLIEST <= day.year <= LATEST:
            self.add_error("due", f"Enter a year from {EARLIEST} to {LATEST}")
            return None
        typed = self.fields["due"].widget.value_from_datadict(self.data, self.files, self.add_prefix("due"))
        precision = Precision.MONTH if is_month(typed) else Precision.EXACT
        if self.cleaned_data.get("quarter_only"):
            precision = Precision.QUARTER
        self.deadline = last_day(day, precision), precision
        return self.deadline


def shown_due(day: dt.date, precision: str) -> dict[str, Any]:
    """What stands in the boxes of a date that changes."""
    shown = as_known(day, Precision.MONTH if precision == Precision.QUARTER else precision)
    return {"due": shown, "quarter_only": precision == Precision.QUARTER}


def not_yet(day: dt.date) -> bool:
    return day > timezone.localdate()
