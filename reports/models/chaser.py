import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from contest_portal.access.grants import may
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from reports.models.quarterly_return import QuarterlyReturn


class ChaseLevel(models.IntegerChoices):
    BY_HAND = 0, "Chased by the secretary"
    LEAD = 1, "First chaser: to the lead"
    HEAD = 2, "Second chaser: to the lead and the head of service"
    CHAIR = 3, "On the list for the chair’s letter"


# Working days after the day on which the return was owed.
CALENDAR: dict[ChaseLevel, int] = {ChaseLevel.LEAD: 1, ChaseLevel.HEAD: 3, ChaseLevel.CHAIR: 5}

# What was told before it came to a chaser.
CALLED, SOON_DUE = "return-called", "return-due"


def event_of(kind: str, found: QuarterlyReturn) -> str:
    """By which each person is told of it once."""
    return f"{kind}-{found.pk}"


class ChaserQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "ChaserQuerySet":
        """Those of returns that the person reads; all of them for those who follow London's returns."""
        if may(user, "return.status"):
            return self
        return self.filter(quarterly_return__in=QuarterlyReturn.objects.visible_to(user))

    def on(self, day: dt.date) -> "ChaserQuerySet":
        return self.filter(day=day)


class Chaser(TrackedModel):
    """One reminder of an overdue return: at which step, on which day, to which people in which posts."""

    append_only = True

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.PROTECT, related_name="chasers")
    submission = models.PositiveSmallIntegerField("submissions at the time")
    level = models.PositiveSmallIntegerField(choices=ChaseLevel.choices)
    day = models.DateField()
    recipients = ArrayField(models.CharField(max_length=300))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="chasers")

    objects = ChaserQuerySet.as_manager()

    class Meta:
        ordering = ["day", "level", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["quarterly_return", "submission", "level"],
                condition=~models.Q(level=0),
                name="each_chaser_once",
            ),
            models.UniqueConstraint(
                fields=["quarterly_return", "day"], condition=models.Q(level=0), name="one_chaser_by_hand_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, {self.day:%-d %B %Y}"
