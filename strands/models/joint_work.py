"""What people of the boroughs write beside an activity: a partner borough's own note, and comments."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from boroughs.models import Borough
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.notifications.comments import Comment
from strands.models.activity import Activity


class PartnerNoteQuerySet(TrackedQuerySet):
    def editable_by(self, user: Any) -> "PartnerNoteQuerySet":
        scope = scope_of(user, "activity.log")
        return self if scope.everywhere else self.filter(borough__in=scope.boroughs)


class PartnerNote(TrackedModel):
    """What a partner borough adds to a joint activity that another one leads. One for each borough; it edits its own.

    It is no part of the public face: who reads the activity in full reads it.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="partner_notes")
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="partner_notes")
    text = models.TextField("own note", max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="partner_notes")

    objects = PartnerNoteQuerySet.as_manager()

    class Meta:
        ordering = ["borough__name"]
        constraints = [models.UniqueConstraint(fields=["activity", "borough"], name="one_note_per_partner_borough")]

    def __str__(self) -> str:
        return f"Note of {self.borough}"


class ActivityComment(Comment):
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="comments")

    @property
    def resolution_address(self) -> str:
        return reverse("activity_comment_resolution", args=[self.activity_id, self.pk])
