"""Who owes a return, from when to when, and who need not send one for a quarter."""

from typing import Any

from django.db import models
from django.urls import reverse

from boroughs.models import Borough
from contest_portal.access.grants import may
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.dated import Dated, DatedQuerySet


class ReturnAssignmentQuerySet(TrackedQuerySet, DatedQuerySet):
    def visible_to(self, user: Any) -> "ReturnAssignmentQuerySet":
        """Everybody who reads returns may know who owes one."""
        return self if may(user, "return.read") else self.none()

    def editable_by(self, user: Any) -> "ReturnAssignmentQuerySet":
        return self if may(user, "return.arrange") else self.none()


class ReturnAssignment(TrackedModel, Dated):
    """An area sends a return for every quarter that ends while this holds."""

    LEVELS = [(1, "One: somebody else accepts it"), (2, "Two: the borough approves it, then London accepts it")]

    borough = models.ForeignKey(Borough, models.PROTECT, related_name="return_assignments")
    lead_post = models.CharField("post that writes it", max_length=80, default="Prevent lead")
    approver_post = models.CharField("post that approves it", max_length=80, default="Head of community safety")
    levels = models.PositiveSmallIntegerField("levels of approval", choices=LEVELS, default=1)
    lag_days = models.PositiveSmallIntegerField(
        "expected lag in days",
        default=0,
        help_text="After the end of the quarter, where data come later than the tenth working day. 0 for that day.",
    )

    objects = ReturnAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["borough__name", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "starts"], name="one_return_assignment_a_day", nulls_distinct=False
            ),
            models.CheckConstraint(condition=models.Q(levels__in=[1, 2]), name="return_assignment_levels"),
        ]

    def __str__(self) -> str:
        return f"{self.borough} returns"

    def get_absolute_url(self) -> str:
        return reverse("return_assignment", args=[self.pk])
