from typing import Any

from django import forms

from boroughs.models import Grouping
from contest_portal.core.quarters import Quarter
from contest_portal.ui.forms import PortalForm
from reports.figures.definitions import LONDON_33
from reports.models.release import YEAR
from reports.workflow.releasing import populations_on, returns_missing
from strands.models import Measure, MeasureVersion


class ReleaseForm(PortalForm):
    population = forms.ModelChoiceField(
        Grouping.objects.none(),
        label="For whom",
        empty_label=None,
        help_text="London first: what was released before can keep a part of it from being released.",
    )
    quarters = forms.TypedChoiceField(label="For what time", coerce=int, widget=forms.RadioSelect)
    rounded_to = forms.TypedChoiceField(
        label="How exact",
        coerce=int,
        choices=[(1, "Exact numbers"), (5, "Rounded to the nearest 5")],
        initial=1,
        widget=forms.RadioSelect,
        help_text="Small numbers are withheld either way. Where others are rounded, fewer go with them.",
    )
    reason = forms.CharField(
        label="Why now, before all returns are in",
        max_length=300,
        help_text="What comes in later is not counted.",
    )

    def __init__(self, *args: Any, quarter: Quarter, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Grouping.objects.visible_to(user).filter(pk__in=populations_on(quarter.end))
        self.fields["population"].queryset = found  # type: ignore[attr-defined]
        self.fields["population"].initial = LONDON_33.key
        year = [(YEAR, f"The year {quarter.financial_year}")] if quarter.number == YEAR else []
        self.fields["quarters"].choices = [(1, str(quarter)), *year]  # type: ignore[attr-defined]
        self.fields["quarters"].initial = 1
        span = quarter.last(YEAR if year else 1)
        self.missing = next(filter(None, map(returns_missing, span)), "")
        if not self.missing:
            del self.fields["reason"]


class OverrideForm(PortalForm):
    figure = forms.ChoiceField(label="Figure")
    quarter = forms.ChoiceField(label="Quarter")
    reason = forms.CharField(
        label="Why should it go out all the same?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Such as that it is public already, and where. It is kept with the figure. Do not name individuals.",
    )

    def __init__(self, *args: Any, user: Any, quarters: list[Quarter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = MeasureVersion.objects.settled().exclude(sensitivity="S0")
        measures = Measure.objects.visible_to(user).filter(versions__in=versions).distinct()
        self.fields["figure"].choices = [(each.code, each.code) for each in measures]  # type: ignore[attr-defined]
        choices = [(quarter.key, str(quarter)) for quarter in quarters]
        self.fields["quarter"].choices = choices  # type: ignore[attr-defined]

    def clean_quarter(self) -> Quarter:
        return Quarter.from_key(self.cleaned_data["quarter"])
