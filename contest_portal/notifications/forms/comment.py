from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import PortalForm


class RemarkForm(PortalForm):
    """What somebody says, and no more."""

    text = forms.CharField(
        label="Comment",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody who reads this record in full reads it. Do not name individuals of concern.",
        error_messages={"required": "Write what you want to say"},
    )


class CommentForm(RemarkForm):
    """A comment, and whoever shall follow it up by when."""

    follow_up_by = forms.ChoiceField(label="Who should follow it up?", required=False)
    follow_up_on = DayField(label="By which day?", required=False)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        names = [
            (key, f"{person}, {person.post}" if person.post else str(person)) for key, person in self.people.items()
        ]
        self.fields["follow_up_by"].choices = [("", "Nobody: it is a comment only"), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        person, day = data.get("follow_up_by"), data.get("follow_up_on")
        if person and not day and "follow_up_on" not in self.errors:
            self.add_error("follow_up_on", "Enter the day by which it should be followed up")
        if day and not person:
            self.add_error("follow_up_by", "Choose who should follow it up")
        if day and day < timezone.localdate():
            self.add_error("follow_up_on", "The day must be today or later")
        return data

    def values(self) -> dict[str, Any]:
        """Columns of the comment."""
        data = self.cleaned_data
        return {
            "text": data["text"],
            "follow_up_on": data.get("follow_up_on"),
            "follow_up_by": self.people.get(data.get("follow_up_by", "")),
        }
