from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from boroughs.models import Borough
from contest_portal.access.grants import may
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.dated import Dated, DatedQuerySet


class ReturnDelegateQuerySet(TrackedQuerySet, DatedQuerySet):
    def visible_to(self, user: Any) -> "ReturnDelegateQuerySet":
        return self if may(user, "return.read") else self.none()

    def editable_by(self, user: Any) -> "ReturnDelegateQuerySet":
        return self if may(user, "return.arrange") else self.none()


class ReturnDelegate(TrackedModel, Dated):
    """Somebody from outside approves a borough's returns for a while, where it has no second person of its own."""

    append_only = True

    borough = models.ForeignKey(Borough, models.PROTECT, related_name="return_delegates")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="return_delegations")
    reason = models.CharField(max_length=300)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReturnDelegateQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=False, ends__isnull=False, ends__gte=models.F("starts")),
                name="return_delegate_from_until",
            ),
            models.CheckConstraint(condition=~Q(person=models.F("appointed_by")), name="return_delegate_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person} for the returns of {self.borough}"
