"""How many people of each band came: one box a band, and none of them has to be filled."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from contest_portal.core.quantity import Qualifier
from contest_portal.ui.fields import WholeNumberField
from contest_portal.ui.forms import PortalForm
from strands.models import Activity
from strands.models.equality import QUESTIONS, EqualityQuestion

MOST = 100_000


@dataclass(frozen=True)
class EqualityGroup:
    name: str
    fields: list[BoundField]


class EqualityForm(PortalForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.initial["version"] = activity.version
        for question in QUESTIONS:
            for band, label in question.bands:
                box = forms.NumberInput({"class": "govuk-input--width-5"})
                self.fields[band] = WholeNumberField(
                    label=label, required=False, min_value=0, max_value=MOST, widget=box
                )
        self.without_optional = {band for question in QUESTIONS for band, _ in question.bands}

    def fill(self, counts: Any) -> None:
        """With what is kept, a queryset of EqualityCount."""
        self.initial.update({row.band: row.people for row in counts})

    @property
    def groups(self) -> Iterator[EqualityGroup]:
        for question in QUESTIONS:
            yield EqualityGroup(question.name, [self[band] for band, _ in question.bands])

    def clean(self) -> dict[str, Any]:
        """No question can have more answers than people, where it is known how many people there were."""
        most = self.activity.attendance
        if most is not None and self.activity.attendance_qualifier in (Qualifier.EXACT, Qualifier.AT_MOST):
            for question in QUESTIONS:
                self._compare(question, most)
        return self.cleaned_data

    def _compare(self, question: EqualityQuestion, people: int) -> None:
        answers = sum(self.cleaned_data.get(band) or 0 for band, _ in question.bands)
        if answers > people:
            words = f"{question.name} adds up to {answers:,}, and {self.activity.attendance_quantity} came."
            self.add_error(question.bands[0][0], words)

    def counts(self) -> dict[str, int]:
        """By band, those that were filled."""
        bands = [band for question in QUESTIONS for band, _ in question.bands]
        return {band: self.cleaned_data[band] for band in bands if self.cleaned_data[band] is not None}
