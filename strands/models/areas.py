"""Progress borough by borough: who has it, since when and to which post, of the named population that it is for."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from boroughs.models import Borough, Grouping
from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel
from strands.models.milestone import Milestone


class DeliverableProgress(TrackedModel):
    """One borough's part: when it had it and which post received it, or why it has not got it yet."""

    deliverable = models.ForeignKey("Deliverable", models.PROTECT, related_name="progress")
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="deliverable_progress")
    delivered_on = models.DateField("delivered on", null=True, blank=True)
    delivered_to = models.CharField("delivered to", max_length=120, blank=True)
    remark = models.CharField("why not yet", max_length=300, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(default=moment, editable=False)

    class Meta:
        verbose_name = "progress of a borough"
        ordering = ["borough__name"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "borough"], name="one_progress_per_borough"),
            models.CheckConstraint(condition=Q(delivered_on=None) | ~Q(delivered_to=""), name="delivered_to_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.borough)


@dataclass(frozen=True)
class AreaRow:
    borough: Borough
    progress: DeliverableProgress | None
    is_late: bool

    @property
    def is_done(self) -> bool:
        return self.progress is not None and self.progress.delivered_on is not None


@dataclass(frozen=True)
class AreasProgress:
    """All areas of one deliverable. Its sentence names the population, and says whether the City is in it."""

    population: Grouping | None
    last: Milestone
    rows: tuple[AreaRow, ...]

    @classmethod
    def of(
        cls, population: Grouping | None, last: Milestone, areas: list[Borough], progress: list[DeliverableProgress]
    ) -> "AreasProgress":
        by_area = {each.borough_id: each for each in progress}
        rows = (_row(area, by_area.get(area.pk), last.baseline) for area in areas)
        return cls(population, last, tuple(rows))

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)

    @property
    def on_time(self) -> int:
        return sum(row.is_done and not row.is_late for row in self.rows)

    @property
    def counts_the_city(self) -> bool:
        return any(row.borough.is_the_city for row in self.rows)

    @property
    def noun(self) -> str:
        return "areas" if self.counts_the_city else "boroughs"

    @property
    def words(self) -> str:
        """31 of 33"""
        return f"{self.done} of {len(self.rows)}"

    @property
    def sentence(self) -> str:
        """31 of 33 areas have it, 30 of them by the deadline of 30 September 2026. The City of London is counted."""
        deadline = f"by the deadline of {self.last.baseline_in_words}"
        if not self.done:
            said = f"None of {len(self.rows)} {self.noun} has it yet; it is due {deadline}."
        elif self.done == self.on_time:
            whole = "all" if self.done == len(self.rows) else "each of these"
            said = f"{self.words} {self.noun} have it, {whole} {deadline}."
        else:
            said = f"{self.words} {self.noun} have it, {self.on_time} of them {deadline}."
        return f"{said} The City of London is {'' if self.counts_the_city else 'not '}counted."

    @property
    def why_not_complete(self) -> str:
        left = len(self.rows) - self.done
        if not left:
            return ""
        nouns = self.noun if left > 1 else self.noun[:-1]
        return f"{left} {nouns} {'have' if left > 1 else 'has'} not got it yet. Mark them first."


def _row(area: Borough, progress: DeliverableProgress | None, deadline: dt.date) -> AreaRow:
    day: Any = progress.delivered_on if progress else None
    return AreaRow(area, progress, is_late=day is not None and day > deadline)
