import datetime as dt
from typing import Any, Self

from django.db import models
from django.urls import reverse

from boroughs.models.borough import DatedTrackedQuerySet
from contest_portal.access.grants import may
from contest_portal.access.roles import SIGNED_IN
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.dated import Dated


class StrandQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "StrandQuerySet":
        """The strategy is public: everybody who is signed in may read its strands."""
        return self if may(user, SIGNED_IN) else self.none()


class Strand(TrackedModel):
    """One of the four strands of CONTEST."""

    key = models.CharField(max_length=10, primary_key=True)
    name = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()

    objects = StrandQuerySet.as_manager()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class StrategyQuerySet(DatedTrackedQuerySet):
    def editable_by(self, user: Any) -> "StrategyQuerySet":
        return self if may(user, "reference.apply") else self.none()

    def visible_to(self, user: Any) -> "StrategyQuerySet":
        """The strategy is public: everybody who is signed in may read its editions."""
        return self if may(user, SIGNED_IN) else self.none()


class StrategyVersion(TrackedModel, Dated):
    """An edition of CONTEST, in force from one day to another."""

    key = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=80)

    objects = StrategyQuerySet.as_manager()

    class Meta:
        ordering = ["starts"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("strategy", args=[self.pk])

    def edition_before(self) -> "StrategyVersion | None":
        """The one that held until this one came."""
        return StrategyVersion.objects.filter(starts__lt=self.starts).order_by("-starts").first()

    @classmethod
    def newest(cls) -> "StrategyVersion | None":
        return cls.objects.order_by("-starts").first()

    @classmethod
    def in_force_on(cls, day: dt.date) -> Self | None:
        return cls.objects.on(day).first()


class StrandAim(TrackedModel):
    """What a strand is for, in the words of one edition."""

    strand = models.ForeignKey(Strand, models.PROTECT, related_name="aims")
    strategy = models.ForeignKey(StrategyVersion, models.PROTECT, related_name="aims")
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["strand", "strategy"], name="one_aim_per_strand_and_strategy")]

    def __str__(self) -> str:
        return self.text


class ObjectiveQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "ObjectiveQuerySet":
        """The strategy is public: everybody who is signed in may read its objectives."""
        return self if may(user, SIGNED_IN) else self.none()

    def editable_by(self, user: Any) -> "ObjectiveQuerySet":
        return self if may(user, "reference.apply") else self.none()

    def in_force_on(self, day: dt.date) -> "ObjectiveQuerySet":
        return self.filter(strategy__in=StrategyVersion.objects.on(day))


class Objective(TrackedModel):
    """An objective of a strand in one edition. It belongs to that edition alone: objectives do not carry over."""

    strand = models.ForeignKey(Strand, models.PROTECT, related_name="objectives")
    strategy = models.ForeignKey(StrategyVersion, models.PROTECT, related_name="objectives")
    code = models.CharField(max_length=20, unique=True)
    text = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["strategy__starts", "strand__order", "order"]

    def __str__(self) -> str:
        return self.text
