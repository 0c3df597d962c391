import datetime as dt

from django.db import models

from contest_portal.audit.models import TrackedModel, TrackedQuerySet


class BankHolidayQuerySet(TrackedQuerySet):
    def days(self) -> frozenset[dt.date]:
        return frozenset(self.values_list("day", flat=True))


class BankHoliday(TrackedModel):
    """A bank holiday in England and Wales. Editable: one has been announced nine days ahead."""

    day = models.DateField("date", unique=True)
    name = models.CharField(max_length=80)

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.name}, {self.day:%-d %B %Y}"
