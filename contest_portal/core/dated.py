"""Facts that hold from one day to another. An open end is None."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q


class DatedQuerySet(models.QuerySet):
    def on(self, day: dt.date) -> Self:
        """The rows that held on that day. Both ends count."""
        return self.filter(Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day))


class Dated(models.Model):
    starts = models.DateField("from", null=True, blank=True)
    ends = models.DateField("until", null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: dt.date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def days_within(self, first: dt.date, last: dt.date) -> int:
        """On how many days from `first` to `last` it held, both counted."""
        start, end = max(self.starts or first, first), min(self.ends or last, last)
        return max((end - start).days + 1, 0)

    @property
    def dates_in_words(self) -> str:
        """Such as "from 1 March 2009 to 15 January 2012", or as much of it as is known; empty when it always held."""
        first = f"from {self.starts:%-d %B %Y}" if self.starts else ""
        last = f"{'to' if first else 'until'} {self.ends:%-d %B %Y}" if self.ends else ""
        return f"{first} {last}".strip()
