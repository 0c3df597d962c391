from typing import Any

from django import forms
from django.utils import timezone

from contest_portal.core.quantity import Qualifier
from contest_portal.core.quarters import Quarter
from contest_portal.ui.fields import DayField, WholeNumberField
from contest_portal.ui.forms import PortalForm
from strands.figures.from_log import Proposal
from strands.models import MeasureVersion
from strands.models.measure_words import MeasureKind, Rag

QUARTERS = 8
MOST = 10_000_000


def commentary_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label="Commentary",
        required=required,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Why the colour changes, what comes next, which post does it and by when. Posts, never names",
    )


class ObservationForm(PortalForm):
    """A value for one quarter. What the log proposes stands in the boxes already."""

    quarter = forms.TypedChoiceField(coerce=Quarter.from_key)
    value = WholeNumberField(min_value=0, max_value=MOST)
    qualifier = forms.ChoiceField(label="How exact is it?", choices=Qualifier.choices[:-1], initial=Qualifier.EXACT)
    months = forms.TypedChoiceField(
        label="Which part of the quarter does it cover?",
        choices=[("", "All of it"), ("1", "Its first month"), ("2", "Its first two months")],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="A part of a quarter is shown as not yet complete, with its months",
    )
    as_at = DayField(
        label="As at which day?",
        required=False,
        help_text="For example, 31 5 2026. Empty if it is the quarter’s last day",
    )
    numerator = WholeNumberField(label="How many, of those counted", min_value=0, max_value=MOST)
    denominator = WholeNumberField(label="How many were counted in all", min_value=1, max_value=MOST)
    received = WholeNumberField(label="Sources that have sent their data", min_value=0, max_value=1000, initial=1)
    expected = WholeNumberField(label="Sources expected", min_value=1, max_value=1000, initial=1)
    commentary = commentary_field(required=False)
    reason = forms.CharField(
        label="Why is it corrected?",
        required=False,
        max_length=300,
        help_text="Only where the quarter has a value already",
    )

    def __init__(self, *args: Any, version: MeasureVersion, proposal: Proposal | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = ("numerator", "denominator")
        unused = {"value", "qualifier"} if version.kind == MeasureKind.PERCENTAGE else set(parts)
        unused |= set() if version.kind == MeasureKind.FLOW else {"months"}
        unused |= set() if version.kind == MeasureKind.STOCK else {"as_at"}
        for name in unused:
            del self.fields[name]
        quarters = Quarter.of(timezone.localdate()).previous().last(QUARTERS)
        shown = [(quarter.key, str(quarter)) for quarter in reversed(quarters)]
        self.fields["quarter"].choices = shown  # type: ignore[attr-defined]
        if proposal is not None:
            self.initial.update(_proposed(proposal))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if (data.get("numerator") or 0) > (data.get("denominator") or MOST):
            self.add_error("numerator", "The part must not be larger than the whole")
        if (data.get("received") or 0) > (data.get("expected") or MOST):
            self.add_error("received", "No more sources can have sent their data than are expected")
        day, quarter = data.get("as_at"), data.get("quarter")
        if day and quarter and day not in quarter:
            self.add_error("as_at", f"The day must be in {quarter}")
        return data


class ColourForm(PortalForm):
    colour = forms.ChoiceField(label="Which colour?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The chair and everybody who reads the measure see it. Nothing OFFICIAL-SENSITIVE",
    )

    def __init__(self, *args: Any, shown: Rag | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [choice for choice in Rag.choices if choice[0] != shown]
        self.fields["colour"].choices = others  # type: ignore[attr-defined]


class CommentaryForm(PortalForm):
    commentary = commentary_field(required=True)


def _proposed(proposal: Proposal) -> dict[str, Any]:
    found: dict[str, Any] = {"numerator": proposal.numerator, "denominator": proposal.denominator or None}
    if proposal.quantity is not None and proposal.quantity.value is not None:
        found |= {"value": proposal.quantity.value, "qualifier": proposal.quantity.qualifier}
    return found
