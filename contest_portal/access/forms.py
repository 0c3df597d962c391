import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict

from contest_portal.access.models import Grant, Standing
from contest_portal.access.roles import ROLES
from contest_portal.ui.forms import FilterForm


class GrantFilter(django_filters.FilterSet):
    person = django_filters.CharFilter(field_name="user__name", lookup_expr="icontains", label="Name")
    standing = django_filters.ChoiceFilter(
        choices=Standing.choices, method="standing_then", label="State", widget=forms.RadioSelect, empty_label=None
    )
    role = django_filters.MultipleChoiceFilter(
        choices=[(role.key, role.name) for role in ROLES.values()], widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Grant
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: QueryDict, queryset: Any, *, day: dt.date) -> None:
        self.day = day
        super().__init__(data, queryset)

    def standing_then(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.standing(value, self.day)
