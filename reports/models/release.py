"""What was released of the equality summaries: once for a quarter or a year, and never as they happen to stand."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from boroughs.models import Grouping
from contest_portal.access.grants import may
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.quarters import Quarter, QuarterField

YEAR = 4


class FrozenAnswers(TrackedModel):
    """The equality summaries of a quarter as they stood when something of it was first released. No page reads them.

    Every release of the quarter is counted from these, so that two of them never differ by what was logged between.
    """

    append_only = True
    kept_out_of_history = ("content",)

    quarter = QuarterField(unique=True)
    frozen_at = models.DateTimeField()
    content = models.JSONField(help_text="Of each activity its boroughs and its counts; neither its key nor its title.")

    class Meta:
        ordering = ["-quarter"]

    def __str__(self) -> str:
        return f"Equality summaries of {self.quarter.short}"


class EqualityReleaseQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "EqualityReleaseQuerySet":
        return self if may(user, "dashboard.read") else self.none()

    def within(self, year: int) -> "EqualityReleaseQuerySet":
        """Of one financial year, in the order in which they went out."""
        quarters = [Quarter(year, number).key for number in range(1, YEAR + 1)]
        return self.filter(quarter__in=quarters).order_by("released_at", "pk")


class EqualityRelease(TrackedModel):
    """A deliberate act of one person. What went out is in the ledger of released figures."""

    append_only = True

    quarter = QuarterField(help_text="The last one that is counted.")
    quarters = models.PositiveSmallIntegerField("how many quarters", choices=[(1, "The quarter"), (YEAR, "The year")])
    population = models.ForeignKey(Grouping, models.PROTECT, related_name="+")
    activities = models.PositiveIntegerField("activities with a summary")
    rounded_to = models.PositiveSmallIntegerField("rounded to the nearest", default=1)
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField("why before all returns are in", max_length=300, blank=True)

    objects = EqualityReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter", "-released_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["quarter", "quarters", "population"], name="one_equality_release_of_a_period_and_population"
            )
        ]

    def __str__(self) -> str:
        return f"Equality, {self.population}, {self.period}"

    def get_absolute_url(self) -> str:
        return f"{reverse('consolidation')}?quarter={self.quarter.key}#equality"

    @property
    def period(self) -> str:
        return self.quarter.short if self.quarters == 1 else f"the year {self.quarter.financial_year}"

    @property
    def span(self) -> list[Quarter]:
        return self.quarter.last(self.quarters)
