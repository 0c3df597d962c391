"""What became of a planned activity, and the next ones of a series."""

import datetime as dt
import re
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from contest_portal.core.quantity import NOT_RECORDED, Qualifier, Quantity
from contest_portal.ui.fields import DayField, DayParts, WholeNumberField
from contest_portal.ui.forms import PortalForm
from strands.forms.rules import FIRST_DAY, last_day
from strands.forms.wording import NO_NAMES
from strands.models import Activity
from strands.models.answers import Basis, Status
from strands.workflow.moving import Move
from strands.workflow.repeating import days_after

HOW_EXACT = [choice for choice in Qualifier.choices if choice[0] != Qualifier.NOT_RECORDED]
QUESTIONS = {
    Status.DELIVERED: "It was delivered",
    Status.POSTPONED: "It was postponed",
    Status.CANCELLED: "It was cancelled",
    Status.PLANNED: "It is planned again, on another day",
}


class PeopleForm(PortalForm):
    """How many people came, where somebody counted."""

    attendance = WholeNumberField(label="Number of people", required=False, min_value=0, max_value=1_000_000)
    attendance_qualifier = forms.ChoiceField(label="How exact the number is", choices=HOW_EXACT, required=False)
    attendance_basis = forms.ChoiceField(label="How the people were counted", choices=Basis.choices, required=False)

    def people(self) -> Quantity:
        value = self.cleaned_data.get("attendance")
        return NOT_RECORDED if value is None else Quantity(value, self._qualifier())

    def _qualifier(self) -> str:
        return str(self.cleaned_data.get("attendance_qualifier") or Qualifier.EXACT)


class MoveForm(PeopleForm):
    """One of the moves that the activity can make now. Postponing and cancelling ask why."""

    status = forms.ChoiceField(label="What became of it?", widget=forms.RadioSelect)
    why_postponed = forms.CharField(label="Why was it postponed?", max_length=300, required=False, help_text=NO_NAMES)
    why_cancelled = forms.CharField(label="Why was it cancelled?", max_length=300, required=False, help_text=NO_NAMES)
    day = DayField(label="The new date", required=False, help_text="For example, 27 3 2026.")

    reveals = {"status": {Status.POSTPONED: "why_postponed", Status.CANCELLED: "why_cancelled", Status.PLANNED: "day"}}
    without_optional = {"why_postponed", "why_cancelled", "day"}

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        offered: Any = self.fields["status"]
        offered.choices = [(to.value, QUESTIONS[to]) for to in (*activity.moves, Status(activity.status))]
        offered.widget.choices = offered.choices[:-1]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        to = given.get("status", "")
        if to and to != self.activity.status:
            refusal = self.activity.why_not_move(to, timezone.localdate())
            if refusal:
                self.add_error("status", refusal)
        box = self.reveals["status"].get(to)
        if box and box in given and not given[box]:
            ask = "Enter the new date." if box == "day" else f"Say why it was {Status(to).label.lower()}."
            self.add_error(box, ask)
        return given

    def move(self) -> Move:
        given = self.cleaned_data
        to = Status(given["status"])
        if to != Status.DELIVERED:
            reasons = {Status.POSTPONED: given["why_postponed"], Status.CANCELLED: given["why_cancelled"]}
            return Move(to, reasons.get(to, ""), day=given["day"] if to == Status.PLANNED else None)
        people = self.people()
        basis = given.get("attendance_basis") or Basis.HEADCOUNT
        return Move(to, people=people, basis=basis if people.value is not None else "")


class RepeatForm(PortalForm):
    """On which days the activity is done again."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    rhythm = forms.ChoiceField(
        label="How often?",
        choices=[
            ("weekly", "Every week"),
            ("fortnightly", "Every two weeks"),
            ("monthly", "Every month"),
            ("listed", "On days that I list"),
        ],
        widget=forms.RadioSelect,
    )
    times = WholeNumberField(label="How many more?", required=False, min_value=1, max_value=52)
    listed = forms.CharField(
        label="The days, one on each line",
        required=False,
        max_length=1500,
        help_text="For example, 27 3 2026",
        widget=forms.Textarea({"rows": 6}),
    )
    reveals = {"rhythm": {"listed": "listed"}}
    without_optional = {"listed"}

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.days: list[dt.date] = []
        self.initial["form_key"] = uuid4()
        self.fields[
            "times"
        ].help_text = f"Counted from {activity.starts:%-d %B %Y}. Leave it empty if you list the days."

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        rhythm = given.get("rhythm")
        box = "listed" if rhythm == "listed" else "times"
        if rhythm and box in given and not given[box]:
            self.add_error(box, "List the days." if box == "listed" else "Say how many more, from 1 to 52.")
        elif rhythm and box in given:
            self._settle_days(given, rhythm, box)
        return given

    def _settle_days(self, given: dict[str, Any], rhythm: str, box: str) -> None:
        try:
            self.days = (
                _listed(given["listed"])
                if box == "listed"
                else days_after(self.activity.starts, rhythm, given["times"])
            )
        except ValidationError as error:
            self.add_error(box, error)
            return
        if self.days and not FIRST_DAY <= min(self.days) <= max(self.days) <= last_day():
            self.add_error(box, f"The days must be from {FIRST_DAY.year} to {last_day().year}.")


def _listed(text: str) -> list[dt.date]:
    """One day on each line, with spaces, stops or slashes between its parts."""
    days: list[dt.date] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = re.split(r"[\s/.-]+", line)
        try:
            day = DayField().to_python(DayParts(*parts)) if len(parts) == 3 else None
        except ValidationError:
            day = None
        if day is None:
            raise ValidationError(f"“{line}” is not a date. Write it like 27 3 2026.")
        if day in days:
            raise ValidationError(f"{day:%-d %B %Y} is there twice. Keep one of the two lines.")
        days.append(day)
    return sorted(days)
