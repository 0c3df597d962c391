import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from contest_portal.access.models import Deputy
from contest_portal.accounts.models import User
from contest_portal.notifications.deputising import colleagues_of, person_with, why_not_deputy
from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import PortalForm


class DeputyForm(PortalForm):
    """Who stands in, for whom, from when until when and why."""

    person = forms.TypedChoiceField(label="Who is on leave?", widget=forms.RadioSelect)
    email = forms.EmailField(
        label="Email address of the deputy",
        help_text="Somebody on the staff of the same borough, or the Prevent lead of another one.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    starts = DayField(label="First day")
    ends = DayField(label="Last day", help_text=f"At most {Deputy.LONGEST.days} days later.")
    reason = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="For example, annual leave. Say nothing about anybody’s health.",
        error_messages={"required": "Say why, for example annual leave"},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].scanned = False  # type: ignore[attr-defined]
        self.colleagues = {str(each.pk): each for each in colleagues_of(user)}
        self.absent: User = user
        self.deputy: User | None = None
        if len(self.colleagues) == 1:
            del self.fields["person"]
        else:
            people = [(key, "I am" if each.pk == user.pk else str(each)) for key, each in self.colleagues.items()]
            self.fields["person"].choices = people  # type: ignore[attr-defined]
            self.fields["person"].initial = str(user.pk)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.absent = self.colleagues.get(data.get("person", ""), self.absent)
        if "email" in data:
            self._find(data["email"])
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends:
            self._check(starts, ends)
        return data

    def _find(self, email: str) -> None:
        self.deputy = person_with(email)
        if self.deputy is None:
            self.add_error("email", f"Nobody signs in here with {email}. Check the address.")
        elif refusal := why_not_deputy(self.absent, self.deputy):
            self.add_error("email", refusal)

    def _check(self, starts: dt.date, ends: dt.date) -> None:
        if ends < starts:
            self.add_error("ends", "The last day must not be before the first day")
        elif ends < timezone.localdate():
            self.add_error("ends", "The last day must be today or later")
        elif ends - starts > Deputy.LONGEST:
            self.add_error("ends", f"The last day must be within {Deputy.LONGEST.days} days of the first")
