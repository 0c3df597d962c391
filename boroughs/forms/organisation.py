from typing import Any

import django_filters
from django import forms

from boroughs.models import Organisation
from boroughs.models.organisation import OrganisationKind
from contest_portal.ui.forms import FilterForm


class OrganisationFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(
        method="named", label="Name or initials", help_text="Of today or of the past, such as MPA"
    )
    kind = django_filters.MultipleChoiceFilter(
        choices=OrganisationKind.choices, widget=forms.CheckboxSelectMultiple, label="Kind"
    )

    class Meta:
        model = Organisation
        fields: list[str] = []
        form = FilterForm

    def named(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.called(value)
