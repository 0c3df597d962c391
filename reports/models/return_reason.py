from django.conf import settings
from django.db import models
from django.db.models import Q

from contest_portal.audit.models import TrackedModel
from reports.models.quarterly_return import QuarterlyReturn
from reports.models.return_decision import ReturnDecision
from reports.models.return_texts import TEXTS
from strands.models import Activity


class ReturnReason(TrackedModel):
    """Why a return was sent back, at the very line or answer that is meant. It stays there, with its answer."""

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.PROTECT, related_name="reasons")
    decision = models.ForeignKey(ReturnDecision, models.PROTECT, related_name="reasons")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="return_reasons")
    answer = models.CharField(max_length=20, blank=True, choices=list(TEXTS.items()))
    text = models.TextField("what was asked")
    reply = models.TextField("what the borough answered", blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False, answer="") | (Q(activity__isnull=True) & ~Q(answer="")),
                name="return_reason_at_a_line_or_an_answer",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="return_reason_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"

    @property
    def where(self) -> str:
        return self.activity.title if self.activity else TEXTS[self.answer]
