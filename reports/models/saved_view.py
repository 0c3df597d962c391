"""A dashboard that somebody looks at again and again, under a name of their own."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contest_portal.audit.models import TrackedModel, TrackedQuerySet

LONGEST = 500


class Subscription(models.TextChoices):
    NEVER = "", "Do not tell me"
    WEEKLY = "weekly", "Once a week, on Monday"
    QUARTERLY = "quarterly", "When a quarter has ended"


class SavedViewQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "SavedViewQuerySet":
        """Nobody reads another person's."""
        return self.filter(person_id=user.pk)

    def subscribed(self, subscription: Subscription) -> "SavedViewQuerySet":
        return self.filter(subscription=subscription, person__is_active=True).select_related("person")


class SavedView(TrackedModel):
    """A name and an address within the portal. It opens what its person may read on the day, and nothing more."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=LONGEST)
    subscription = models.CharField(
        "Tell you that it is there", max_length=9, choices=Subscription.choices, blank=True, default=Subscription.NEVER
    )
    subscribed_on = models.DateField(null=True, blank=True, default=timezone.localdate)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="saved_view_has_its_own_name"),
            models.CheckConstraint(condition=Q(address__startswith="/"), name="saved_view_stays_in_the_portal"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_due_since(self, day: dt.date) -> bool:
        """Whether it was subscribed to by that day. Nobody is told of what ended before they asked."""
        return self.subscribed_on is not None and self.subscribed_on <= day
