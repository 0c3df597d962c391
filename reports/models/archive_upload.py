"""A file that somebody sent for the archive and has not kept yet."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models


class ArchiveUploadQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ArchiveUploadQuerySet":
        """Nobody's but the sender's."""
        return self.filter(owner_id=user.pk)

    def forget(self, *, sent_before: dt.datetime) -> None:
        self.filter(sent_at__lt=sent_before).delete()


class ArchiveUpload(models.Model):
    """Its lines alone; it is gone once the paper is kept, thrown away or forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField("file", max_length=120)
    lines = models.JSONField()
    notes = models.JSONField(default=list)
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = ArchiveUploadQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
