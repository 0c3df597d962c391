from typing import Any

from django import forms

from boroughs.models import BankHoliday
from contest_portal.ui.editing import EditForm
from contest_portal.ui.forms import PortalForm, PortalModelForm


def reason_field() -> forms.CharField:
    return forms.CharField(
        label="Reason for the change",
        help_text="For example, announced by the government on 10 September. It is kept in the history",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DayTaken:
    """Two bank holidays never fall on one day; the error says which one is there already."""

    instance: BankHoliday
    cleaned_data: dict[str, Any]

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if other := self.instance.other_on(day):
            raise forms.ValidationError(f"{other.name} is already on that day. Choose another day or change that one")
        return day


class BankHolidayForm(DayTaken, PortalModelForm):
    reason = reason_field()

    class Meta:
        model = BankHoliday
        fields = ["day", "name"]
        help_texts = {"day": "For example, 27 3 2026", "name": "For example, Spring bank holiday"}


class BankHolidayChangeForm(DayTaken, EditForm):
    reason = reason_field()

    class Meta(BankHolidayForm.Meta):
        pass


class RemovalForm(PortalForm):
    reason = reason_field()
