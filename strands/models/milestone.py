"""A step of a deliverable with its three days, and every change of its forecast with the reason for it."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contest_portal.access.grants import may
from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from strands.models.answers import Precision
from strands.models.deliverable_words import OPEN, DeliverableState
from strands.models.known_day import day_in_words
from strands.models.measure import within


class MilestoneQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "MilestoneQuerySet":
        return self if may(user, "deliverable.read") else self.none()

    def editable_by(self, user: Any) -> "MilestoneQuerySet":
        return self.visible_to(user).filter(within(user, "deliverable.edit", "deliverable__strand"))


class Milestone(TrackedModel):
    """Its baseline, the day first agreed, never changes; that of the last milestone is the deliverable's deadline."""

    deliverable = models.ForeignKey("Deliverable", models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=120)
    owner = models.CharField("owner, a post", max_length=120, blank=True)
    is_last = models.BooleanField("last milestone", default=False)
    baseline = models.DateField("first agreed for")
    baseline_precision = models.CharField("how exact", max_length=8, choices=Precision.choices, default=Precision.EXACT)
    forecast = models.DateField("now forecast for")
    forecast_precision = models.CharField("how exact", max_length=8, choices=Precision.choices, default=Precision.EXACT)
    actual = models.DateField("reached on", null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["is_last", "baseline", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deliverable"], condition=Q(is_last=True), name="one_last_milestone_per_deliverable"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def baseline_in_words(self) -> str:
        return day_in_words(self.baseline, self.baseline_precision)

    @property
    def forecast_in_words(self) -> str:
        return day_in_words(self.forecast, self.forecast_precision)

    @property
    def days_late(self) -> int:
        """Behind the day first agreed, reached or not; below nothing when it is ahead of it."""
        return ((self.actual or self.forecast) - self.baseline).days

    @property
    def lateness_in_words(self) -> str:
        """92 days later than first agreed"""
        days = abs(self.days_late)
        if not days:
            return "as first agreed"
        return f"{days} day{'' if days == 1 else 's'} {'later' if self.days_late > 0 else 'earlier'} than first agreed"

    def is_overdue(self, today: dt.date) -> bool:
        return self.actual is None and self.forecast < today

    def why_not_reach(self) -> str:
        """Why nobody can say that it was reached. The last one closes the deliverable, so all else comes before."""
        if refusal := self.why_not_move():
            return refusal
        if not self.is_last:
            return ""
        before = self.deliverable.milestones.filter(is_last=False, actual=None).first()
        if before is not None:
            return f"“{before}” comes before it, and has not been reached."
        return self.deliverable.progress_of_areas().why_not_complete

    def why_not_move(self) -> str:
        """Why its forecast stays as it is."""
        if self.actual is not None:
            return f"“{self}” was reached on {self.actual:%-d %B %Y}."
        if self.deliverable.state not in OPEN:
            return f"{self.deliverable.reference} is {DeliverableState(self.deliverable.state).label.lower()}."
        return ""


class SlipQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "SlipQuerySet":
        return self if may(user, "deliverable.read") else self.none()


class Slip(TrackedModel):
    """One change of a forecast: the day that was, the day that is, and why. Later changes stand beside it."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="slips")
    was = models.DateField()
    was_precision = models.CharField("how exact", max_length=8, choices=Precision.choices, default=Precision.EXACT)
    now = models.DateField()
    now_precision = models.CharField("how exact", max_length=8, choices=Precision.choices, default=Precision.EXACT)
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=moment, editable=False)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="slip_has_a_reason"),
            models.CheckConstraint(
                condition=Q(accepted_by=None, accepted_at=None)
                | (Q(accepted_at__isnull=False) & ~Q(accepted_by=F("made_by"))),
                name="slip_accepted_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        """Was 31 March 2027, now 30 June 2027: the supplier changed"""
        was, now = day_in_words(self.was, self.was_precision), day_in_words(self.now, self.now_precision)
        return f"Was {was}, now {now}: {self.reason}"

    @property
    def is_later(self) -> bool:
        return self.now > self.was

    def why_not_accept(self, user: Any) -> str:
        if not may(user, "deliverable.accept"):
            return "The chair accepts changes of dates."
        if self.accepted_by_id is not None:
            return "This change has been accepted already."
        return "You made this change, so somebody else accepts it." if self.made_by_id == user.pk else ""
