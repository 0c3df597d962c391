from typing import Any

from django import forms
from django.utils import timezone

from contest_portal.ui.forms import PortalForm
from reports.models import Answer, Decision, Office, Paper
from reports.models.clearance import ANSWERS, consultees_on, wrote

DAYS = 5
_ROLES = {Office.ACSO.role: "Speaks for ACSO’s office", Office.TREASURER.role: "On the board"}


class ClearanceForm(PortalForm):
    """Whom to ask, for which office, by when."""

    office = forms.ChoiceField(label="Office", choices=Office.choices, widget=forms.RadioSelect)
    person = forms.ChoiceField(label="Who answers for it", choices=())
    days = forms.IntegerField(
        label="Working days to answer", min_value=1, max_value=20, initial=DAYS, help_text="Counted from today."
    )
    mandatory = forms.BooleanField(label="It has to clear the paper before that goes out", required=False, initial=True)

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = consultees_on(paper.board.key, timezone.localdate())
        self.people = {
            str(person.pk): (person, role)
            for role, people in found.items()
            for person in people
            if not wrote(person, paper)
        }
        groups = [(words, self._labels(of)) for of, words in _ROLES.items()]
        chosen = [("", "Choose somebody"), *(group for group in groups if group[1])]
        self.fields["person"].choices = chosen  # type: ignore[attr-defined]

    def _labels(self, of: str) -> list[tuple[str, str]]:
        return [(key, f"{person.name}, {person.post}") for key, (person, role) in self.people.items() if role == of]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("person") and data.get("office"):
            data["office"] = Office(data["office"])
            data["person"], role = self.people[data["person"]]
            if role != data["office"].role:
                self.add_error("person", "Choose somebody who speaks for this office")
        return data


class DecidingForm(PortalForm):
    """An answer to exactly the words that were read."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def ask(self, name: str, sentence: str) -> None:
        """What this answer is not given without."""
        if not self.cleaned_data.get(name, "").strip():
            self.add_error(name, sentence)


class AnswerForm(DecidingForm):
    """A consultee's one answer."""

    answer = forms.TypedChoiceField(
        label="Do you clear this version?",
        coerce=Answer,
        choices=[(each.value, words) for each, words in zip(ANSWERS, (
            "Clear", "Clear with an amendment", "Refuse"), strict=True)],
        widget=forms.RadioSelect,
    )  # fmt: skip
    words = forms.CharField(
        label="What has to change, or why you refuse",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="The author, the secretary and the chair read it. It is never printed. Do not enter names of "
        "individuals.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("answer") not in (None, Answer.CLEAR):
            self.ask("words", "Say what has to change, or why you refuse")
        return data


class ApprovalForm(DecidingForm):
    """The chair's decision. A late paper asks why it is urgent."""

    decision = forms.TypedChoiceField(
        label="Is it taken?",
        coerce=Decision,
        choices=[(Decision.APPROVED.value, "Approve it for the agenda"), (Decision.REFUSED.value, "Refuse it")],
        widget=forms.RadioSelect,
    )
    urgency = forms.CharField(
        label="Why it is urgent",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The notice for this meeting has run out. Everybody reads the reason. Do not enter names of "
        "individuals.",
    )
    reason = forms.CharField(
        label="If you refuse it: why",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The secretary and the author read it.",
    )

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.late = late
        if not late:
            del self.fields["urgency"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        decision = data.get("decision")
        if decision == Decision.APPROVED and self.late:
            self.ask("urgency", "Say why it is urgent")
        if decision == Decision.REFUSED:
            self.ask("reason", "Say why you refuse it")
        return data
