"""Papers as a list shows them, and how one is looked for."""

from typing import Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, ExtractYear

from contest_portal.audit.models import TrackedQuerySet
from reports.archive.numbers import asked


class PaperListQuerySet(TrackedQuerySet):
    def in_full(self) -> Self:
        """With what a page of one paper needs."""
        return self.select_related("board", "meeting__board", "template", "author", "issue__item", "issue__issued_by")

    def listed(self) -> Self:
        """Newest year first; in each, what has no meeting, latest number first, then by meeting in order of numbers.

        Without the snapshots, which are long."""
        rows = self.select_related("board", "meeting__board", "author", "issue__item")
        rows = rows.defer("issue__snapshot", "issue__open_snapshot")
        latest_first = F("issue__serial") * -1
        number = Case(
            When(meeting=None, then=latest_first), default=F("issue__item__number"), output_field=models.IntegerField()
        )
        return rows.annotate(year=ExtractYear(Coalesce("meeting__day", "dated"))).order_by(
            "-year",
            F("meeting__day").desc(nulls_first=True),
            "-meeting__time",
            "board__name",
            "meeting",
            "issue__series",
            number.asc(nulls_last=True),
            "title",
        )

    def found_by(self, words: str) -> Self:
        """By number, in any way of writing it: 23/09, 23/2009, briefing 23 of 2009, PCD 740; else by title."""
        number = asked(words)
        if number is None:
            return self.filter(title__icontains=words)
        series = Q(issue__series__icontains=number.series) | Q(issue__prefix__iexact=number.series)
        serial = Q(issue__serial=number.serial) | Q(issue__item__number=number.serial, issue__serial=None)
        found = self.filter(serial, series) if not number.suffix else self.none()
        of_year = Q(issue__year__in=number.years) | Q(issue__year=None, meeting__day__year__in=number.years)
        return found.filter(of_year) if number.years else found
