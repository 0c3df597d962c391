from django.conf import settings
from django.db import models
from django.db.models import Q

from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from strands.models.activity import Activity


class ActivityOpeningQuerySet(TrackedQuerySet):
    def current(self) -> "ActivityOpeningQuerySet":
        return self.filter(closed_at__isnull=True)


class ActivityOpening(TrackedModel):
    """Why an activity was opened to one person by name, by whom, and until when.

    The right itself is the named exception (ActivityException); this is what people read about it.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="openings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="activities_opened")
    reason = models.CharField(max_length=300)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=moment, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ActivityOpeningQuerySet.as_manager()

    class Meta:
        verbose_name = "named reader"
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person"], condition=Q(closed_at__isnull=True), name="one_open_opening_per_person"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="opening_closed_by_somebody_at_a_moment",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="opening_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.person)
