import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import FilterForm
from strands.figures.known import Known


class AsAtForm(FilterForm):
    """The day on which somebody wants to have looked. It is in the address, so it goes with a link."""

    as_at = DayField(label="Day", required=False, help_text="For example, 19 11 2026")

    def clean_as_at(self) -> dt.date | None:
        day = self.cleaned_data["as_at"]
        if day is not None and day > timezone.localdate():
            raise ValidationError("Enter a day that has come: what will be known later, nobody knows yet")
        return day


def known_of(query: Any) -> Known | None:
    """What was known on the day that an address names, or today; nothing when that is no day that has come."""
    form = AsAtForm(query if any(name.startswith("as_at") for name in query) else {})
    if not form.is_valid():
        return None
    day = form.cleaned_data["as_at"]
    return Known.on(day) if day else Known.now()
