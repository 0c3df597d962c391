"""The ledger of figures that have left the portal. Whatever goes out later is checked against it."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q

from contest_portal.access.grants import may
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.quantity import Qualifier
from contest_portal.core.quarters import QuarterField
from reports.models.issue import Issue
from reports.models.paper import Paper
from reports.models.release import EqualityRelease
from strands.models.equality import QUESTIONS, band_choices

_QUESTIONS = {f"equality_{question.key}": question.name for question in QUESTIONS}
SENSITIVITY = [("S0", "S0"), ("S1", "S1"), ("S2", "S2")]


class ReleasedFigureQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "ReleasedFigureQuerySet":
        """For those who look after what is released: of papers that they may read, and of every equality table."""
        if not may(user, "released.read"):
            return self.none()
        whole = Q(exempt=False) | Q(issue__paper__in=Paper.objects.read_whole_by(user))
        return self.filter(Q(issue=None) | Q(whole, issue__in=Issue.objects.visible_to(user)))

    def of_people(self) -> "ReleasedFigureQuerySet":
        """Those whose small numbers point to people."""
        return self.exclude(sensitivity="S0")


class ReleasedFigure(TrackedModel):
    """One number that left, or the place of one that was withheld, which has no value."""

    append_only = True

    issue = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="released_figures")
    equality_release = models.ForeignKey(EqualityRelease, models.PROTECT, null=True, related_name="released_figures")
    figure = models.CharField(max_length=60)
    quarter = QuarterField()
    population = models.CharField(max_length=24)
    cell = models.CharField(
        max_length=120, blank=True, help_text="Row and column of a table; empty for a single value."
    )
    value = models.IntegerField(null=True)
    qualifier = models.CharField(max_length=12, choices=Qualifier.choices)
    exempt = models.BooleanField(default=False, help_text="It stands in exempt parts of its paper alone.")
    sensitivity = models.CharField(max_length=2, choices=SENSITIVITY, default="S0")

    objects = ReleasedFigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(issue=None, equality_release__isnull=False) | Q(issue__isnull=False, equality_release=None),
                name="figure_released_in_one_place",
            )
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.cell} in {self.place}"

    @property
    def name(self) -> str:
        """PV-11, or Age: 65 or over."""
        if self.equality_release_id is None:
            return f"{self.figure} {self.cell}".strip()
        return dict(band_choices()).get(self.cell) or f"{_QUESTIONS[self.figure]}: all answers"

    @property
    def place(self) -> Issue | EqualityRelease | None:
        """Where it stood."""
        return self.issue or self.equality_release

    @property
    def released_at(self) -> dt.datetime | None:
        if self.issue is not None:
            return self.issue.issued_at
        return self.equality_release.released_at if self.equality_release is not None else None
