import datetime as dt
from typing import Any

from django.db import models
from django.urls import reverse

from boroughs.models.borough import DatedTrackedQuerySet
from contest_portal.access.grants import may
from contest_portal.audit.models import TrackedModel
from contest_portal.core.dated import Dated


class Level(models.TextChoices):
    LOW = "LOW", "LOW"
    MODERATE = "MODERATE", "MODERATE"
    SUBSTANTIAL = "SUBSTANTIAL", "SUBSTANTIAL"
    SEVERE = "SEVERE", "SEVERE"
    CRITICAL = "CRITICAL", "CRITICAL"


class ThreatLevelQuerySet(DatedTrackedQuerySet):
    def visible_to(self, user: Any) -> "ThreatLevelQuerySet":
        return self if may(user, "reference.read") else self.none()

    def editable_by(self, user: Any) -> "ThreatLevelQuerySet":
        return self if may(user, "reference.apply") else self.none()

    def schemes(self) -> list[str]:
        """Names of the schemes, those with the newest level first."""
        newest = self.values("scheme").annotate(newest=models.Max("starts")).order_by("-newest", "scheme")
        return [row["scheme"] for row in newest]


class ThreatLevel(TrackedModel, Dated):
    """The national threat level over a span of days, with the definition that was in use then."""

    scheme = models.CharField(max_length=60)
    level = models.CharField(max_length=12, choices=Level.choices)
    definition = models.CharField(max_length=120)

    objects = ThreatLevelQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "starts"]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.level}"

    def get_absolute_url(self) -> str:
        return reverse("threat_levels")

    def others_on(self, first: dt.date | None, last: dt.date | None) -> "ThreatLevelQuerySet":
        """Other levels of the same scheme that hold on any day from `first` to `last`; None is an open end."""
        others = ThreatLevel.objects.filter(scheme=self.scheme).exclude(pk=self.pk)
        if last is not None:
            others = others.exclude(starts__gt=last)
        if first is not None:
            others = others.exclude(ends__lt=first)
        return others
