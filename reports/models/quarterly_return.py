import datetime as dt
import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from boroughs.models import Borough
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.quantity import Qualifier, Quantity
from contest_portal.core.quarters import QuarterField
from strands.models import Activity


class ReturnStatus(models.TextChoices):
    OPEN = "open", "Open"
    SUBMITTED = "submitted", "Submitted"
    SENT_BACK = "sent_back", "Sent back"
    ACCEPTED = "accepted", "Accepted"


# Allowed moves. The diagram in docs/ is made from this table.
MOVES: dict[str, tuple[str, ...]] = {
    ReturnStatus.OPEN: (ReturnStatus.SUBMITTED,),
    ReturnStatus.SUBMITTED: (ReturnStatus.ACCEPTED, ReturnStatus.SENT_BACK),
    ReturnStatus.SENT_BACK: (ReturnStatus.SUBMITTED,),
    ReturnStatus.ACCEPTED: (),
}


class QuarterlyReturnQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "QuarterlyReturnQuerySet":
        """Own boroughs'; all of them for strand leads, analysts and secretaries, who check them."""
        return self.filter(_within(scope_of(user, "return.read")))

    def submittable_by(self, user: Any) -> "QuarterlyReturnQuerySet":
        return self.filter(_within(scope_of(user, "return.submit")))

    def decided_by(self, user: Any) -> "QuarterlyReturnQuerySet":
        """Those the person may send back (and accept, where the role goes that far)."""
        return self.filter(_within(scope_of(user, "return.send_back")))

    def overdue_on(self, day: dt.date) -> "QuarterlyReturnQuerySet":
        return self.filter(due__lt=day, status__in=[ReturnStatus.OPEN, ReturnStatus.SENT_BACK])


def _within(scope: Any) -> Q:
    if scope.everywhere or scope.strands or scope.boards:
        return Q()
    return Q(borough__in=scope.boroughs)


class QuarterlyReturn(TrackedModel):
    """What one borough reports for one quarter. Its lines are frozen from the log at the moment it is submitted."""

    borough = models.ForeignKey(Borough, models.PROTECT, related_name="returns")
    quarter = QuarterField()
    due = models.DateField()
    status = models.CharField(max_length=10, choices=ReturnStatus.choices, default=ReturnStatus.OPEN)
    commentary = models.TextField(
        "what the board should know", blank=True, help_text="In a sentence or two. Do not name individuals."
    )
    nil_reason = models.CharField(
        "why there is nothing to report", max_length=300, blank=True, help_text="Needed for a nil return."
    )
    submission = models.PositiveSmallIntegerField("submissions so far", default=0)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="submitted_returns"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="accepted_returns"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was submitted.")

    objects = QuarterlyReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter", "borough__name"]
        constraints = [
            models.UniqueConstraint(fields=["borough", "quarter"], name="one_return_per_borough_and_quarter"),
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=True, submitted_at__isnull=True)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="return_submitted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
                name="return_accepted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=models.F("submitted_by")),
                name="return_not_accepted_by_its_submitter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.borough}, {self.quarter.short}"

    @property
    def is_open(self) -> bool:
        return self.status in (ReturnStatus.OPEN, ReturnStatus.SENT_BACK)

    def frozen_lines(self) -> Any:
        """The lines of the latest submission."""
        return self.lines.filter(submission=self.submission).select_related("strand").order_by("starts", "reference")

    def is_overdue_on(self, day: dt.date) -> bool:
        return self.is_open and self.due < day

    def why_not_submit(self, user: Any) -> str:
        """Why this person cannot submit it now, in a sentence; empty when they can."""
        if not QuarterlyReturn.objects.submittable_by(user).filter(pk=self.pk).exists():
            return f"Only a Prevent lead for {self.borough} submits this return."
        if ReturnStatus.SUBMITTED not in MOVES[self.status]:
            return f"This return is {self.get_status_display().lower()} and cannot be submitted again."
        return ""

    def why_not_accept(self, user: Any) -> str:
        scope = scope_of(user, "return.accept")
        if not (scope.everywhere or scope.strands or self.borough_id in scope.boroughs):
            return "You cannot accept returns of this borough."
        if ReturnStatus.ACCEPTED not in MOVES[self.status]:
            return "Only a submitted return can be accepted."
        if self.submitted_by_id == user.pk:
            return "You submitted this return, so somebody else has to accept it."
        return ""

    def why_not_send_back(self, user: Any) -> str:
        if not QuarterlyReturn.objects.decided_by(user).filter(pk=self.pk).exists():
            return "You cannot send back returns of this borough."
        if ReturnStatus.SENT_BACK not in MOVES[self.status]:
            return "Only a submitted return can be sent back."
        return ""


class ReturnLine(TrackedModel):
    """One activity as it stood when the return was submitted. Never changed; a resubmission makes new lines."""

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.PROTECT, related_name="lines")
    submission = models.PositiveSmallIntegerField()
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="return_lines")
    activity_version = models.PositiveIntegerField()
    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=30)
    kind_name = models.CharField(max_length=80)
    strand = models.ForeignKey("strands.Strand", models.PROTECT, related_name="+")
    starts = models.DateField()
    date_in_words = models.CharField(max_length=60)
    status = models.CharField(max_length=10)
    percent = models.DecimalField("share", max_digits=5, decimal_places=2)
    attendance = models.PositiveIntegerField(null=True, blank=True)
    attendance_qualifier = models.CharField(max_length=12, choices=Qualifier.choices)
    cost_actual = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    marking = models.CharField(max_length=18)
    public_sentence = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quarterly_return", "submission", "activity"], name="one_line_per_activity_and_submission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def attendance_quantity(self) -> Quantity:
        return Quantity(self.attendance, self.attendance_qualifier)

    def content(self) -> dict[str, str]:
        """What the hash covers."""
        fields = ["reference", "title", "kind", "strand_id", "starts", "status", "percent", "attendance"]
        fields += ["attendance_qualifier", "cost_actual", "marking", "public_sentence"]
        return {name: str(getattr(self, name)) for name in fields}


def hash_of(lines: list[ReturnLine], commentary: str, nil_reason: str) -> str:
    """SHA-256 over the lines in order of reference and the texts; what an acceptance is bound to."""
    content = {
        "lines": [line.content() for line in sorted(lines, key=lambda line: line.reference)],
        "commentary": commentary,
        "nil_reason": nil_reason,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class ReturnDecision(TrackedModel):
    """Accepted, or sent back with a reason: by whom, when, and of exactly which content. All of them are kept."""

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.PROTECT, related_name="decisions")
    submission = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=10, choices=[("accepted", "Accepted"), ("sent_back", "Sent back")])
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="return_decisions")
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(decision="accepted") | ~Q(reason=""), name="sent_back_with_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} {self.quarterly_return}"
