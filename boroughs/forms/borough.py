"""The filter of the list of boroughs: a grouping or command unit, as it stood on a day."""

import datetime as dt
from typing import Any

import django_filters
from django.http import HttpRequest, QueryDict

from boroughs.models import Borough, CommandUnit, Grouping
from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import FilterForm


class DayFilter(django_filters.Filter):
    field_class = DayField


def _groupings(request: HttpRequest) -> Any:
    return Grouping.objects.visible_to(request.user)


def _units(request: HttpRequest) -> Any:
    return CommandUnit.objects.visible_to(request.user)


class BoroughFilter(django_filters.FilterSet):
    grouping = django_filters.ModelChoiceFilter(queryset=_groupings, label="Grouping", empty_label="All 33 areas")
    unit = django_filters.ModelChoiceFilter(queryset=_units, label="Met command unit", empty_label="Any unit")
    on = DayFilter(label="As it stood on", help_text="For example, 8 9 2011. Today if left empty")

    class Meta:
        model = Borough
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: QueryDict, queryset: Any, *, request: HttpRequest, today: dt.date) -> None:
        self.today = today
        super().__init__(data, queryset, request=request)

    @property
    def day(self) -> dt.date:
        """The day that was asked for, or the one on which the page looks."""
        return self._chosen("on") or self.today

    @property
    def chosen_grouping(self) -> Grouping | None:
        return self._chosen("grouping")

    def filter_queryset(self, queryset: Any) -> Any:
        if self.chosen_grouping:
            queryset = queryset.in_grouping(self.chosen_grouping.pk, self.day)
        if unit := self._chosen("unit"):
            queryset = queryset.in_command_unit(unit.pk, self.day)
        return queryset

    def _chosen(self, name: str) -> Any:
        """What was chosen, as far as it could be read: a wrong date does not undo the rest of the filter."""
        self.form.is_valid()
        return getattr(self.form, "cleaned_data", {}).get(name)
