from django.conf import settings
from django.db import models
from django.db.models import Q

from contest_portal.audit.models import TrackedModel
from reports.models.quarterly_return import QuarterlyReturn


class ReturnDecision(TrackedModel):
    """Approved, accepted, or sent back with a reason: by whom, when, and of which content. All of them are kept."""

    DECISIONS = [("approved", "Approved"), ("accepted", "Accepted"), ("sent_back", "Sent back")]
    append_only = True

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.PROTECT, related_name="decisions")
    submission = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=10, choices=DECISIONS)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="return_decisions")
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~Q(decision="sent_back") | ~Q(reason=""), name="sent_back_with_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} {self.quarterly_return}"
