"""The filters of the list. What they offer and what they find starts at what the person may see."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import Q
from django.http import QueryDict

from boroughs.models import Borough
from contest_portal.core.markings import Marking
from contest_portal.core.quarters import Quarter
from contest_portal.ui.forms import FilterForm
from strands.kinds import KINDS
from strands.models import Activity, Strand
from strands.models.activity import ActivityQuerySet, Status


def _kinds() -> list[tuple[str, str]]:
    return [(kind.key, kind.name) for kind in KINDS.values()]


class ActivityFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Words in title or reference", method="with_words", max_length=100)
    strand = django_filters.MultipleChoiceFilter(label="Strand", method="of_strands")
    quarter = django_filters.MultipleChoiceFilter(label="Quarter", method="in_quarters")
    borough = django_filters.MultipleChoiceFilter(label="Borough", method="in_boroughs")
    kind = django_filters.MultipleChoiceFilter(label="Kind", choices=_kinds)
    status = django_filters.MultipleChoiceFilter(label="Status", choices=Status.choices)
    joint = django_filters.MultipleChoiceFilter(
        label="Joint or single", choices=[("yes", "Joint"), ("no", "One borough only")], method="with_joint"
    )
    marking = django_filters.MultipleChoiceFilter(label="Marking", choices=Marking.choices)

    class Meta:
        model = Activity
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: QueryDict, *, user: Any) -> None:
        self.visible = Activity.objects.visible_to(user)
        super().__init__(data, queryset=self.visible)
        strands = Strand.objects.visible_to(user).values_list("key", "name")
        boroughs = Borough.objects.visible_to(user).values_list("gss_code", "name")
        self._offer("strand", list(strands))
        self._offer("borough", list(boroughs))
        # Each end by itself: both together would read all that lies between them.
        ends = (self.visible.oldest_first(), self.visible.newest_first())
        first, last = (rows.values_list("starts", flat=True).first() for rows in ends)
        quarters = _quarters(first, last) if first and last else []
        self._offer("quarter", [(quarter.key, str(quarter)) for quarter in quarters])
        if not self.visible.sensitive_to(user).exists():
            del self.filters["marking"]

    def _offer(self, name: str, answers: list[tuple[str, str]]) -> None:
        """As something to call, which a form is made with as it is; a list of answers it copies one by one."""
        self.filters[name].extra["choices"] = lambda: answers

    def found(self) -> ActivityQuerySet:
        """Nothing at all when a filter cannot be read: a list must not ignore what stands beside it."""
        return self._rows().newest_first() if self.is_valid() else self.visible.none()

    def _rows(self) -> ActivityQuerySet:
        """What was merged into another one is listed when it is asked for."""
        return self.qs if Status.MERGED in self.form.cleaned_data["status"] else self.qs.not_merged()

    def with_words(self, rows: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        for word in value.split():
            rows = rows.filter(Q(title__icontains=word) | Q(reference__icontains=word))
        return rows

    def of_strands(self, rows: ActivityQuerySet, name: str, keys: list[str]) -> ActivityQuerySet:
        return rows.filter(strand__in=keys) if keys else rows

    def in_boroughs(self, rows: ActivityQuerySet, name: str, codes: list[str]) -> ActivityQuerySet:
        return rows.in_boroughs(codes) if codes else rows

    def in_quarters(self, rows: ActivityQuerySet, name: str, keys: list[str]) -> ActivityQuerySet:
        spans = Q()
        for quarter in map(Quarter.from_key, keys):
            spans |= Q(starts__range=(quarter.start, quarter.end))
        return rows.filter(spans)

    def with_joint(self, rows: ActivityQuerySet, name: str, answers: list[str]) -> ActivityQuerySet:
        if answers == ["yes"]:
            return rows.joint()
        return rows.not_joint() if answers == ["no"] else rows


def _quarters(first: dt.date, last: dt.date) -> Iterator[Quarter]:
    """Newest first, as in the list."""
    quarter = Quarter.of(last)
    while quarter >= Quarter.of(first):
        yield quarter
        quarter = quarter.previous()
