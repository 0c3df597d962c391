from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from contest_portal.access.grants import may
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.quarters import QuarterField


class Decision(models.TextChoices):
    WAITING = "waiting", "Waits for a decision"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"

    @property
    def colour(self) -> str:
        return {"waiting": "blue", "approved": "green"}.get(self.value, "grey")


class SuppressionOverrideQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "SuppressionOverrideQuerySet":
        return self if may(user, "released.read") else self.none()


class SuppressionOverride(TrackedModel):
    """One person asks that a figure which is held goes out after all, for a reason, and another one decides."""

    figure = models.CharField(max_length=60, help_text="Code of the measure.")
    quarter = QuarterField()
    reason = models.TextField(max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = SuppressionOverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_by=None)
                | (~Q(decision="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="override_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="override_decided_by_somebody_else"
            ),
            models.UniqueConstraint(
                fields=["figure", "quarter"], condition=Q(decision="waiting"), name="one_override_waits_for_a_figure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure}, {self.quarter.short}"

    def get_absolute_url(self) -> str:
        return reverse("override", args=[self.pk])

    @property
    def state(self) -> Decision:
        return Decision(self.decision)

    def why_not_decide(self, user: Any) -> str:
        if not may(user, "override.decide"):
            return "The secretary decides whether a held figure goes out."
        if self.decision != Decision.WAITING:
            return f"It is {self.state.label.lower()} already."
        return "You asked for this, so somebody else decides on it." if self.asked_by_id == user.pk else ""
