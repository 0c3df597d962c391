from django.db import models
from django.db.models import F, Q


class Merged(models.Model):
    """An activity that was logged twice: this one is kept for its history, and counts in the other one alone."""

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged", verbose_name="merged into"
    )

    class Meta:
        abstract = True


MERGED = [
    models.CheckConstraint(
        condition=Q(status="merged", merged_into__isnull=False) | ~Q(status="merged") & Q(merged_into__isnull=True),
        name="activity_merged_into_another_one",
    ),
    models.CheckConstraint(
        condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="activity_is_not_merged_into_itself"
    ),
]
