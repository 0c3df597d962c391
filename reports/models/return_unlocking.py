from django.conf import settings
from django.db import models
from django.db.models import Q

from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.dated import Dated, DatedQuerySet
from reports.models.quarterly_return import QuarterlyReturn


class ReturnUnlockingQuerySet(TrackedQuerySet, DatedQuerySet):
    pass


class ReturnUnlocking(TrackedModel, Dated):
    """One person may correct an accepted return until a day. It lapses by itself: nothing has to lock it again."""

    append_only = True

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.PROTECT, related_name="unlockings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="return_unlockings")
    reason = models.CharField(max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReturnUnlockingQuerySet.as_manager()

    class Meta:
        ordering = ["-ends"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=False, ends__isnull=False, ends__gte=models.F("starts")),
                name="return_unlocked_from_until",
            ),
            models.CheckConstraint(condition=~Q(person=models.F("granted_by")), name="return_unlocked_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.quarterly_return} open to {self.person}"
