"""Risks to delivery: what may happen and why, what it would do, who owns it and what is done against it."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When

from boroughs.models import Borough
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.addresses import address
from strands.models.strategy import Strand

HIGH, MEDIUM = 15, 8


class RiskState(models.TextChoices):
    OPEN = "open", "Open"
    HAPPENED = "happened", "It has happened"
    CLOSED = "closed", "Closed"

    @property
    def colour(self) -> str:
        return {"open": "blue", "happened": "magenta"}.get(self.value, "grey")


class Degree(models.IntegerChoices):
    """Of likelihood and of impact alike."""

    VERY_LOW = 1, "1: very low"
    LOW = 2, "2: low"
    MIDDLE = 3, "3: middle"
    HIGH = 4, "4: high"
    VERY_HIGH = 5, "5: very high"


class Rating(models.TextChoices):
    """Likelihood times impact, in words; the words stand beside the colour."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"

    @property
    def colour(self) -> str:
        return {"high": "red", "medium": "orange", "low": "green"}[self.value]


class RiskQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "RiskQuerySet":
        """Those of all London for all who read risks; those of a borough for its people and for London's."""
        scope = scope_of(user, "risk.read")
        if scope.everywhere or scope.boards:
            return self
        if not scope:
            return self.none()
        return self.filter(Q(borough=None) | Q(borough__in=scope.boroughs) | Q(strand__in=scope.strands))

    def editable_by(self, user: Any) -> "RiskQuerySet":
        scope = scope_of(user, "risk.edit")
        if scope.everywhere or scope.boards:
            return self.visible_to(user)
        return self.visible_to(user).filter(Q(borough__in=scope.boroughs) | Q(strand__in=scope.strands))

    def worst_first(self) -> "RiskQuerySet":
        is_over = Case(When(state=RiskState.CLOSED, then=Value(1)), default=Value(0))
        return self.select_related("strand", "borough").order_by(is_over, -F("likelihood") * F("impact"), "reference")


class Risk(TrackedModel):
    reference = models.CharField(max_length=10, unique=True, editable=False)
    title = models.CharField("what may happen", max_length=160)
    cause = models.CharField("why it may happen", max_length=300)
    effect = models.CharField("what it would do", max_length=300)
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="risks")
    borough = models.ForeignKey(Borough, models.PROTECT, null=True, blank=True, related_name="risks")
    likelihood = models.PositiveSmallIntegerField(choices=Degree.choices)
    impact = models.PositiveSmallIntegerField(choices=Degree.choices)
    owner = models.CharField("owner, a post", max_length=120)
    mitigation = models.TextField("what is done against it", max_length=1000)
    review_on = models.DateField("looked at again on")
    state = models.CharField(max_length=8, choices=RiskState.choices, default=RiskState.OPEN)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)), name="risk_in_five_degrees"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return address("risk", self.pk)

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    @property
    def rating(self) -> Rating:
        if self.score >= HIGH:
            return Rating.HIGH
        return Rating.MEDIUM if self.score >= MEDIUM else Rating.LOW

    @property
    def shown_state(self) -> RiskState:
        return RiskState(self.state)

    @property
    def where(self) -> str:
        return str(self.borough) if self.borough else "All of London"

    def is_overdue(self, today: dt.date) -> bool:
        """Whether nobody has looked at it again by the day agreed."""
        return self.state != RiskState.CLOSED and self.review_on < today
