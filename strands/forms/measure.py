import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from contest_portal.access.grants import scope_of
from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import PortalForm, PortalModelForm
from strands.models import Measure, MeasureVersion, Strand
from strands.models.measure_words import RULES, Direction, Level, MeasureKind, SensitivityClass

_ABOUT = (
    *("name", "definition", "unit", "kind", "direction", "frequency", "roll_up", "lag_days"),
    *("sensitivity", "collection_level", "publication_level", "source", "source_name", "amber_percent", "starts"),
)


class VersionForm(PortalModelForm):
    """A version of a measure as it is proposed, with the target of each quarter that is left of its year."""

    target = forms.DecimalField(
        label="Target for each quarter", required=False, max_digits=10, decimal_places=2, min_value=0
    )
    upper = forms.DecimalField(label="Top of the band", required=False, max_digits=10, decimal_places=2, min_value=0)

    class Meta:
        model = MeasureVersion
        fields = _ABOUT
        labels = {"kind": "Kind of number", "direction": "Which way is better", "lag_days": "Expected lag in days"}
        widgets = {"definition": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "definition": "What is counted and what is not, so that two people count the same",
            "roll_up": "Empty for the rule of its kind: a flow is added up, of a stock the latest stands",
            "lag_days": "After the end of the quarter. Until then it is not overdue",
            "amber_percent": "Short of the target by no more than this is amber, by more is red",
            "sensitivity": "What points to individuals is kept for London alone",
            "starts": "For example, 1 4 2026",
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        direction, target, upper = (data.get(name) for name in ("direction", "target", "upper"))
        if direction == Direction.NONE and target is not None:
            self.add_error("target", "A measure of which neither way is better has no target")
        if direction == Direction.BAND and (target is None or upper is None or upper < target):
            self.add_error("upper", "A band needs a target and a top that is not below it")
        rule, kind = data.get("roll_up"), data.get("kind")
        if rule and kind and rule not in RULES[MeasureKind(kind)]:
            self.add_error("roll_up", "That rule does not fit its kind: a stock or a step is not added up")
        levels = {data.get("collection_level"), data.get("publication_level")}
        if data.get("sensitivity") == SensitivityClass.S2 and levels != {Level.LONDON}:
            self.add_error("collection_level", "What points to individuals is collected and published for London alone")
        return data

    @property
    def aim(self) -> dict[str, Decimal | None]:
        band = self.cleaned_data.get("direction") == Direction.BAND
        return {"target": self.cleaned_data["target"], "upper": self.cleaned_data["upper"] if band else None}


class MeasureForm(VersionForm):
    """A measure that is new."""

    code = forms.CharField(
        max_length=10,
        help_text="Letters of the strand and a number, such as PV-03",
        validators=[RegexValidator(r"^[A-Z]{2}-\d{2,3}$", "Enter two capitals, a hyphen and a number, like PV-03")],
    )
    strand = forms.ModelChoiceField(Strand.objects.none(), empty_label=None)
    field_order = ("code", "strand")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = scope_of(user, "measure.propose")
        strands = Strand.objects.visible_to(user)
        own = strands if scope.everywhere else strands.filter(key__in=scope.strands)
        self.fields["strand"].queryset = own  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if Measure.is_taken(code):
            raise forms.ValidationError("This code is taken. Choose another one")
        return code


class NextVersionForm(VersionForm):
    """A further version: from its first day on it takes the place of the one before."""

    class Meta(VersionForm.Meta):
        fields = (*_ABOUT, "comparable", "comparability_note", "reason")  # type: ignore[assignment]
        labels = VersionForm.Meta.labels | {
            "reason": "Why does it change?",
            "comparability_note": "Why can, or cannot, its numbers be compared with those before?",
        }

    def __init__(self, *args: Any, before: MeasureVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        self.fields["reason"].required = True

    def clean_starts(self) -> dt.date:
        starts = self.cleaned_data["starts"]
        if starts <= self.before.starts:
            raise forms.ValidationError(f"Version {self.before.number} holds from {self.before.starts:%-d %B %Y}")
        return starts

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("comparability_note") and "comparability_note" not in self.errors:
            can = "can still" if data.get("comparable") else "cannot"
            self.add_error("comparability_note", f"Say why the numbers {can} be compared with those before")
        return data


class ReviewForm(PortalForm):
    last_day = DayField(label="Last day on which it is to hold", help_text="For example, 31 3 2027")
    reason = forms.CharField(max_length=300, label="Why is it to be retired?", widget=forms.Textarea(attrs={"rows": 3}))
    successor = forms.ModelChoiceField(
        Measure.objects.none(), label="Measure that follows it", required=False, empty_label="None"
    )

    def __init__(self, *args: Any, user: Any, version: MeasureVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        others = Measure.objects.visible_to(user).exclude(pk=version.measure_id)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]

    def clean_last_day(self) -> dt.date:
        day = self.cleaned_data["last_day"]
        if day < self.version.starts:
            raise forms.ValidationError(f"It holds from {self.version.starts:%-d %B %Y}. Choose a later day")
        return day
