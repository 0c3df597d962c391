import datetime as dt
from typing import Any

import django_filters
from django.http import QueryDict

from boroughs.models import Borough
from contest_portal.core.quarters import Quarter
from contest_portal.ui.forms import FilterForm
from reports.models import QuarterlyReturn, ReturnState
from reports.models.return_rows import QuarterlyReturnQuerySet
from reports.models.return_states import NIL


class QuarterChoice(django_filters.fields.ChoiceField):
    def bound_data(self, data: Any, initial: Any) -> Any:
        """Shows the quarter that the page is about while none is in the address."""
        return data or initial


class QuarterFilter(django_filters.ChoiceFilter):
    field_class = QuarterChoice


class ReturnFilter(django_filters.FilterSet):
    """One quarter's returns; the last quarter that is over unless another is chosen."""

    quarter = QuarterFilter(label="Quarter", empty_label=None)
    state = django_filters.MultipleChoiceFilter(label="State", choices=[*ReturnState.choices, NIL], method="in_states")
    borough = django_filters.MultipleChoiceFilter(label="Borough", method="of_boroughs")

    class Meta:
        model = QuarterlyReturn
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: QueryDict, *, user: Any, today: dt.date) -> None:
        self.today = today
        self.visible = QuarterlyReturn.objects.visible_to(user)
        super().__init__(data, queryset=self.visible)
        self.quarters: list[Quarter] = list(
            self.visible.order_by("-quarter").values_list("quarter", flat=True).distinct()
        )
        boroughs = Borough.objects.visible_to(user).values_list("gss_code", "name")
        self.filters["quarter"].extra["choices"] = [(quarter.key, str(quarter)) for quarter in self.quarters]
        self.filters["quarter"].extra["initial"] = self._latest.key if self._latest else None
        self.filters["borough"].extra["choices"] = list(boroughs)

    @property
    def shown(self) -> Quarter | None:
        """The quarter that the page is about; None while no return was ever called for."""
        chosen = self.form.cleaned_data.get("quarter") if self.is_valid() else None
        return Quarter.from_key(chosen) if chosen else self._latest

    @property
    def _latest(self) -> Quarter | None:
        over = (quarter for quarter in self.quarters if quarter.end < self.today)
        return next(over, next(iter(self.quarters), None))

    def found(self) -> QuarterlyReturnQuerySet:
        rows = self.qs if self.is_valid() else self.visible.none()
        return rows.filter(quarter=self.shown).select_related("borough", "submitted_by", "accepted_by")

    def in_states(self, rows: QuarterlyReturnQuerySet, name: str, states: list[str]) -> QuarterlyReturnQuerySet:
        return rows.in_states(states, self.today) if states else rows

    def of_boroughs(self, rows: QuarterlyReturnQuerySet, name: str, codes: list[str]) -> QuarterlyReturnQuerySet:
        return rows.filter(borough__in=codes) if codes else rows
