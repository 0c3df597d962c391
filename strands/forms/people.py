from typing import Any

from django import forms

from contest_portal.ui.forms import PortalForm
from strands.forms.wording import NO_NAMES
from strands.models import Activity
from strands.workflow.reading import person_with, why_not_open


class OpeningForm(PortalForm):
    """One person by email address, and why. The person must be one whom the activity can be opened to."""

    email = forms.EmailField(
        label="Email address of the person",
        help_text="The address with which they sign in here.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="Why do they need it?", max_length=300, help_text=f"Kept with the activity’s history. {NO_NAMES}"
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.person: Any = None

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.person = person_with(email)
        if self.person is None:
            raise forms.ValidationError(f"Nobody signs in here with {email}. Check the address.")
        refusal = why_not_open(self.activity, self.person)
        if refusal:
            raise forms.ValidationError(refusal)
        return email
