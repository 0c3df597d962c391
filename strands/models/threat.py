from django.db import models

from boroughs.models.borough import DatedTrackedQuerySet
from contest_portal.audit.models import TrackedModel
from contest_portal.core.dated import Dated


class ThreatLevel(TrackedModel, Dated):
    """The national threat level over a span of days, with the definition that was in use then."""

    scheme = models.CharField(max_length=60)
    level = models.CharField(
        max_length=12,
        choices=[(level, level) for level in ("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")],
    )
    definition = models.CharField(max_length=120)

    objects = DatedTrackedQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "starts"]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.level}"
