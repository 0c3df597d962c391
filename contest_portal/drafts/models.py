import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT = dt.timedelta(days=30)


class DraftQuerySet(models.QuerySet):
    def of_user(self, user: Any) -> "DraftQuerySet":
        """Nobody else ever reads a draft, whatever their role."""
        return self.filter(owner=user, saved_at__gt=timezone.now() - KEPT)

    def keep(self, draft: "Draft") -> "Draft | None":
        """Saves it over the one with its key, whichever of two saves at once comes first. Nothing when a key that a
        page came with is that of another person's draft, or of another page's."""
        self.bulk_create([draft], ignore_conflicts=True)
        same = self.filter(key=draft.key, owner=draft.owner, page=draft.page)
        return draft if same.update(data=draft.data, saved_at=draft.saved_at) else None

    def forget_expired(self) -> None:
        self.filter(saved_at__lte=timezone.now() - KEPT).delete()


class Draft(models.Model):
    """What one person typed into one opened page and has not sent yet. It goes when the page is sent.

    It keeps no history: it is not a record of anything until it is sent, and then the record has its own.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts")
    page = models.CharField(max_length=300)
    words = models.CharField(max_length=120)
    data = models.JSONField()
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["owner", "-saved_at"], name="draft_of_owner")]

    def __str__(self) -> str:
        return self.words

    @property
    def address(self) -> str:
        return f"{self.page}{'&' if '?' in self.page else '?'}draft={self.key}"
