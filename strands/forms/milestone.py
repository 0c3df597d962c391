"""Milestones: a new one, a forecast that changes, and the day on which one was reached."""

from typing import Any

from django import forms

from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import PortalForm
from strands.forms.deliverable import POSTS
from strands.forms.due import AsksWhen, due_field, not_yet, quarter_field, shown_due
from strands.models import Milestone

OVERTAKEN = "Somebody changed this after you opened it: it is now forecast for {}. Look again, then send it"


class MilestoneForm(AsksWhen, PortalForm):
    title = forms.CharField(label="What is to be reached?", max_length=120)
    owner = forms.CharField(
        label="Owner", max_length=120, required=False, help_text=f"{POSTS}. Empty if it is the deliverable’s own owner"
    )
    due = due_field("When is it to be reached?")
    quarter_only = quarter_field()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.read_deadline()
        return data


class _SeenForm(PortalForm):
    """Carries the version of the milestone that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again"})

    def __init__(self, *args: Any, milestone: Milestone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.milestone = milestone
        self.initial["seen"] = milestone.version

    def refuse_if_overtaken(self, beside: str) -> None:
        if self.cleaned_data.get("seen") not in (None, self.milestone.version):
            self.add_error(beside, OVERTAKEN.format(self.milestone.forecast_in_words))
            # From here on this person has seen what is saved now.
            seen: Any = self.data.copy()  # type: ignore[attr-defined]
            seen[self.add_prefix("seen")] = str(self.milestone.version)
            self.data = seen


class SlipForm(AsksWhen, _SeenForm):
    """A new forecast, with the reason that stays beside it."""

    due = due_field("When is it forecast for now?")
    quarter_only = quarter_field()
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It ends the line “Was …, now …:”, such as: the supplier changed. Posts, never names",
    )

    def __init__(self, *args: Any, milestone: Milestone, **kwargs: Any) -> None:
        super().__init__(*args, milestone=milestone, **kwargs)
        self.initial.update(shown_due(milestone.forecast, milestone.forecast_precision))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.read_deadline() == (self.milestone.forecast, self.milestone.forecast_precision):
            self.add_error("due", "This is the date that it has. Enter another one, or cancel")
        self.refuse_if_overtaken("due")
        return data


class ReachedForm(_SeenForm):
    """The day itself; after the forecast, with the reason."""

    day = DayField(label="When was it reached?", help_text="For example, 27 3 2026")
    reason = forms.CharField(
        label="Why was it later than forecast?",
        required=False,
        max_length=300,
        help_text="Only if it was. It is kept beside the dates",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day = data.get("day")
        if day and not_yet(day):
            self.add_error("day", "The day must be today or before")
        elif day and day > self.milestone.forecast and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", f"It was forecast for {self.milestone.forecast_in_words}. Say why it came later")
        self.refuse_if_overtaken("day")
        return data
