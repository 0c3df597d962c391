import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.ui.editing import EditForm
from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import PortalForm
from reports.models import ReturnAssignment
from reports.models.return_people import people_with

# As every grant: it ends by itself, and is renewed by somebody who thinks about it.
LONGEST = dt.timedelta(days=90)


class AssignmentForm(EditForm):
    """Who writes and approves the returns of an area. It holds for returns that are opened from now on."""

    class Meta:
        model = ReturnAssignment
        fields = ("lead_post", "approver_post", "levels", "lag_days", "ends")
        labels = {
            "lead_post": "Post that writes it",
            "approver_post": "Post that approves it",
            "levels": "Levels of approval",
            "lag_days": "Expected lag in days",
            "ends": "Last day on which it owes returns",
        }
        widgets = {"levels": forms.RadioSelect}
        help_texts = {"ends": "Leave empty while there is none."}


class DelegateForm(PortalForm):
    person = forms.ModelChoiceField(
        User.objects.none(),
        label="Delegate",
        help_text="Somebody who accepts returns elsewhere, such as a neighbouring borough’s head of service.",
    )
    starts = DayField(label="First day")
    ends = DayField(label="Last day", help_text=f"At most {LONGEST.days} days later.")
    reason = forms.CharField(label="Why?", max_length=300, help_text="Such as no second person in the team.")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_with("return.accept").exclude(pk=by.pk)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends:
            if ends < starts or ends < timezone.localdate():
                self.add_error("ends", "The last day must not be before the first day, nor in the past")
            elif ends - starts > LONGEST:
                self.add_error("ends", f"The last day must be within {LONGEST.days} days of the first")
        return data
