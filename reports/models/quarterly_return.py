from django.conf import settings
from django.db import models
from django.db.models import Q

from boroughs.models import Borough
from contest_portal.audit.models import TrackedModel
from contest_portal.core.addresses import address
from contest_portal.core.quarters import QuarterField
from reports.models.return_rows import QuarterlyReturnQuerySet
from reports.models.return_rules import ReturnRules
from reports.models.return_states import IN, WRITTEN, ReturnStatus
from reports.models.return_texts import ReturnTexts


class QuarterlyReturn(ReturnRules, ReturnTexts, TrackedModel):
    """What one borough reports for one quarter. Its lines are frozen from the log at the moment it is submitted."""

    borough = models.ForeignKey(Borough, models.PROTECT, related_name="returns")
    quarter = QuarterField()
    due = models.DateField()
    status = models.CharField(max_length=10, choices=ReturnStatus.choices, default=ReturnStatus.OPEN)
    usual_due = models.DateField("due for others", null=True, blank=True, help_text="Where its own data come later.")
    lead_post = models.CharField("post that writes it", max_length=80, default="Prevent lead")
    approver_post = models.CharField("post that approves it", max_length=80, default="Head of community safety")
    levels = models.PositiveSmallIntegerField("levels of approval", default=1)
    moved_at = models.DateTimeField("in this state since", null=True, blank=True)
    excuse_reason = models.CharField("why it is excused", max_length=300, blank=True)
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="returns_as_deputy"
    )
    submission = models.PositiveSmallIntegerField("submissions so far", default=0)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="submitted_returns"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="returns_sent_for_them",
        verbose_name="submitted on behalf of",
    )
    received_at = models.DateTimeField("first in", null=True, blank=True, help_text="Corrections leave it as it was.")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="approved_returns"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="accepted_returns"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_submission = models.PositiveSmallIntegerField("submission in force", null=True, blank=True)
    revision = models.PositiveSmallIntegerField("accepted corrections", default=0)
    correction_reason = models.TextField("why it is corrected", blank=True)
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
            models.CheckConstraint(
                condition=~Q(status=ReturnStatus.EXCUSED) | ~Q(excuse_reason=""), name="return_excused_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.borough}, {self.quarter.short}"

    def get_absolute_url(self) -> str:
        return address("quarterly_return", self.pk)

    @property
    def reference(self) -> str:
        """Such as BEN/2026-27-Q1/2: the second submission of the borough for that quarter."""
        return f"{self.borough.code}/{self.quarter.key}/{self.standing_submission}"

    @property
    def standing_submission(self) -> int:
        """The number of what the return says: the latest submission, or the accepted one while a correction waits."""
        if self.status == ReturnStatus.ACCEPTED and self.accepted_submission:
            return self.accepted_submission
        return self.submission

    @property
    def has_accepted(self) -> bool:
        """Something of it is accepted, and stays in force whatever is being corrected."""
        return self.status == ReturnStatus.ACCEPTED or self.accepted_submission is not None

    @property
    def is_open(self) -> bool:
        """The log fills it and its texts may change."""
        return self.status in WRITTEN

    @property
    def is_nil(self) -> bool:
        return self.status in IN and bool(self.nil_reason)
