"""The filters of the list of deliverables."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Q
from django.http import QueryDict

from contest_portal.core.quarters import Quarter
from contest_portal.ui.forms import FilterForm
from strands.models import Deliverable, Strand
from strands.models.deliverable import DeliverableQuerySet
from strands.models.deliverable_words import Confidence, DeliverableState


class DeliverableFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Words in title, reference or owner", method="with_words", max_length=100)
    strand = django_filters.MultipleChoiceFilter(label="Strand", method="of_strands")
    plan = django_filters.MultipleChoiceFilter(label="Plan", method="of_plans")
    state = django_filters.MultipleChoiceFilter(label="Status", choices=DeliverableState.choices)
    late = django_filters.MultipleChoiceFilter(label="Dates", choices=[("yes", "Late")], method="that_are_late")
    confidence = django_filters.MultipleChoiceFilter(label="Delivery confidence", choices=Confidence.choices)

    class Meta:
        model = Deliverable
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: QueryDict, *, user: Any, today: dt.date) -> None:
        self.today = today
        self.visible = Deliverable.objects.visible_to(user)
        super().__init__(data, queryset=self.visible)
        strands = Strand.objects.visible_to(user).values_list("key", "name")
        years = self.visible.order_by("-year").values_list("year", flat=True).distinct()
        self.filters["strand"].extra["choices"] = list(strands)
        self.filters["plan"].extra["choices"] = [(str(year), Quarter(year, 1).financial_year) for year in years]

    def found(self) -> DeliverableQuerySet:
        """Nothing at all when a filter cannot be read: a list must not ignore what stands beside it."""
        return self.qs.in_order() if self.is_valid() else self.visible.none()

    def with_words(self, rows: DeliverableQuerySet, name: str, value: str) -> DeliverableQuerySet:
        for word in value.split():
            rows = rows.filter(Q(title__icontains=word) | Q(reference__icontains=word) | Q(owner__icontains=word))
        return rows

    def of_strands(self, rows: DeliverableQuerySet, name: str, keys: list[str]) -> DeliverableQuerySet:
        return rows.filter(strand__in=keys) if keys else rows

    def of_plans(self, rows: DeliverableQuerySet, name: str, years: list[str]) -> DeliverableQuerySet:
        return rows.filter(year__in=years) if years else rows

    def that_are_late(self, rows: DeliverableQuerySet, name: str, answers: list[str]) -> DeliverableQuerySet:
        return rows.late(self.today) if answers else rows
