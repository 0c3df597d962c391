import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone

from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import FilterForm


class AsAtForm(FilterForm):
    """The day on which somebody wants to have looked. It is in the address, so it goes with a link."""

    as_at = DayField(label="Day", required=False, help_text="For example, 19 11 2026")

    def clean_as_at(self) -> dt.date | None:
        day = self.cleaned_data["as_at"]
        if day is not None and day > timezone.localdate():
            raise ValidationError("Enter a day that has come: what will be known later, nobody knows yet")
        return day
