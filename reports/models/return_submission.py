from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from contest_portal.audit.models import TrackedModel
from reports.models.quarterly_return import QuarterlyReturn
from reports.models.return_texts import ReturnTexts


class ReturnSubmission(ReturnTexts, TrackedModel):
    """The texts and facts of a return as they were sent. Its lines carry the same number. Never changed."""

    append_only = True

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict, help_text="What the portal knew of posts, money and plans.")
    warnings = ArrayField(models.TextField(), default=list, blank=True, help_text="What the sender looked at.")
    warnings_note = models.CharField(max_length=500, blank=True)
    correction_reason = models.TextField("reason for the correction", blank=True)
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["quarterly_return", "number"], name="one_submission_of_each_number")
        ]

    def __str__(self) -> str:
        return f"Submission {self.number} of {self.quarterly_return}"
