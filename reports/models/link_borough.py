from typing import Any

from django.conf import settings
from django.db import models

from boroughs.models import Borough
from contest_portal.audit.models import TrackedModel, TrackedQuerySet


class LinkBoroughQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "LinkBoroughQuerySet":
        return self.filter(person_id=user.pk)


class LinkBorough(TrackedModel):
    """A borough that a person keeps an eye on: a choice of what they see first, which opens nothing to them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="+")

    objects = LinkBoroughQuerySet.as_manager()

    class Meta:
        ordering = ["borough__name"]
        constraints = [models.UniqueConstraint(fields=["person", "borough"], name="link_borough_once")]

    def __str__(self) -> str:
        return f"{self.borough} for {self.person}"
