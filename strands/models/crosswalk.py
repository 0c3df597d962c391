"""How the objectives of one edition of the strategy go on in the next: many to many, in part, or not at all."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from boroughs.models.borough import DatedTrackedQuerySet
from contest_portal.access.grants import may
from contest_portal.access.roles import SIGNED_IN
from contest_portal.audit.models import TrackedModel
from contest_portal.core.dated import Dated
from strands.models.strategy import Objective


class Extent(models.TextChoices):
    WHOLE = "whole", "All of it goes on"
    PART = "part", "It goes on in part"


class ObjectiveLinkQuerySet(DatedTrackedQuerySet):
    def visible_to(self, user: Any) -> "ObjectiveLinkQuerySet":
        return self if may(user, SIGNED_IN) else self.none()


class ObjectiveLink(TrackedModel, Dated):
    """From an objective to one that took it up in a later edition, from the day on which that came into force.

    It says where work goes on. It never makes two numbers comparable: a measure says that for itself.
    """

    before = models.ForeignKey(Objective, models.PROTECT, related_name="links_on")
    after = models.ForeignKey(Objective, models.PROTECT, related_name="links_back")
    extent = models.CharField("how much", max_length=5, choices=Extent.choices)
    note = models.CharField(max_length=300, blank=True)

    objects = ObjectiveLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link between objectives"
        ordering = ["before__order", "after__order"]
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="one_link_between_two_objectives"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="objective_does_not_follow_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
