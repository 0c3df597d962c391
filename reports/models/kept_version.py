from typing import Any, Self

from django.conf import settings
from django.db import models

from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from reports.models.paper import Paper


class KeptVersionQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(paper__in=Paper.objects.making_read_by(user))


class KeptVersion(TrackedModel):
    """A moment of a draft under a name, so that it is found again among its versions. History has the text itself."""

    append_only = True

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="kept_versions")
    name = models.CharField(max_length=80)
    at = models.DateTimeField(default=moment, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = KeptVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "kept version"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name
