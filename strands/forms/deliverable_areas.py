"""Many boroughs of one deliverable at once: which of them have it, since when, and which post received it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from boroughs.models import Borough
from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import PortalForm
from strands.forms.due import not_yet


class AreasForm(PortalForm):
    """`left` are those that the person may mark and that have not got it yet."""

    delivered_on = DayField(label="When was it delivered?", help_text="For example, 27 3 2026. The same day for all")
    delivered_to = forms.CharField(
        label="Which posts received it?",
        max_length=120,
        help_text="Such as Chief executive and borough commander. Never names",
    )
    everywhere = forms.BooleanField(required=False)
    areas = forms.MultipleChoiceField(
        label="Or some of them", required=False, widget=forms.CheckboxSelectMultiple({"class": "portal-long-list"})
    )

    without_optional = {"areas"}

    def __init__(self, *args: Any, left: Sequence[Borough], noun: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = left
        self.fields["everywhere"].label = f"All {len(left)} {noun} that have not got it yet"
        self.fields["areas"].choices = [(area.pk, area.name) for area in left]  # type: ignore[attr-defined]

    def clean_delivered_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["delivered_on"]
        if not_yet(day):
            raise forms.ValidationError("The day must be today or before")
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("everywhere") and not data.get("areas") and "areas" not in self.errors:
            self.add_error("areas", "Tick those that have it, or all of them above")
        return data

    @property
    def chosen(self) -> list[Borough]:
        data = self.cleaned_data
        return [area for area in self.left if data["everywhere"] or area.pk in data["areas"]]
