"""What is looked for in everything that was ever said: words, whose papers, and a span of years."""

from typing import Any

import django_filters
from django.http import QueryDict

from boards.models import Board
from boroughs.models import Organisation
from contest_portal.ui.fields import WholeNumberField
from contest_portal.ui.forms import FilterForm
from reports.models import ArchivedPaper, Paper, SaidParagraph
from reports.models.said_paragraph import SaidParagraphQuerySet


class YearFilter(django_filters.Filter):
    field_class = WholeNumberField


class SaidFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Words", method="with_words", max_length=100)
    body = django_filters.MultipleChoiceFilter(label="Board or body", method="of_bodies")
    since = YearFilter(label="From year", field_name="day", lookup_expr="year__gte")
    until = YearFilter(label="To year", field_name="day", lookup_expr="year__lte")

    class Meta:
        model = SaidParagraph
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: QueryDict, *, user: Any) -> None:
        super().__init__(data, queryset=SaidParagraph.objects.visible_to(user))
        papers = Paper.objects.visible_to(user).filter(issue__isnull=False)
        archived = ArchivedPaper.objects.visible_to(user)
        boards = Board.objects.visible_to(user).filter(pk__in=papers.values("board"))
        bodies = Organisation.objects.filter(pk__in=archived.values("organisation"))
        found = [*boards.values_list("key", "name"), *bodies.values_list("key", "name")]
        self.filters["body"].extra["choices"] = sorted(found, key=lambda body: body[1])

    @property
    def asked(self) -> str:
        words: str = self.form.cleaned_data.get("words", "") if self.is_valid() else ""
        return words.strip()

    def found(self) -> SaidParagraphQuerySet:
        """Nothing, unless words are looked for."""
        return self.qs if self.asked else self.queryset.none()

    def with_words(self, rows: SaidParagraphQuerySet, name: str, value: str) -> SaidParagraphQuerySet:
        return rows.saying(value)

    def of_bodies(self, rows: SaidParagraphQuerySet, name: str, value: list[str]) -> SaidParagraphQuerySet:
        return rows.of_bodies(value) if value else rows
