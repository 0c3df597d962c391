import datetime as dt
from typing import Any

from django.db import models
from django.urls import reverse

from contest_portal.access.grants import may
from contest_portal.audit.models import TrackedModel, TrackedQuerySet


class BankHolidayQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "BankHolidayQuerySet":
        return self if may(user, "reference.read") else self.none()

    def editable_by(self, user: Any) -> "BankHolidayQuerySet":
        return self if may(user, "reference.apply") else self.none()

    def in_year(self, year: int) -> "BankHolidayQuerySet":
        return self.filter(day__year=year)

    def days(self) -> frozenset[dt.date]:
        return frozenset(self.values_list("day", flat=True))

    def named(self) -> dict[dt.date, str]:
        """The name of each day, in order."""
        return dict(self.order_by("day").values_list("day", "name"))

    def years(self) -> list[int]:
        """Calendar years that have any, in order."""
        return sorted({day.year for day in self.values_list("day", flat=True)})


class BankHoliday(TrackedModel):
    """A bank holiday in England and Wales. Editable: one has been announced nine days ahead."""

    day = models.DateField("date", unique=True)
    name = models.CharField(max_length=80)

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.name}, {self.day:%-d %B %Y}"

    @classmethod
    def removed_from(cls, year: int, until: dt.datetime) -> Any:
        """Rows of history: the bank holidays that somebody took out of that year by then, with who and why."""
        rows = cls.history.filter(history_type="-", day__year=year, history_date__lt=until)
        return rows.select_related("history_user").order_by("day", "history_date")

    def other_on(self, day: dt.date) -> "BankHoliday | None":
        """The other bank holiday that is already on that day; there is never more than one."""
        return BankHoliday.objects.filter(day=day).exclude(pk=self.pk).first()

    def get_absolute_url(self) -> str:
        return reverse("bank_holidays_of", args=[self.day.year])
