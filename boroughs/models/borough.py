from typing import Any

from django.db import models
from django.db.models import Q

from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.dated import Dated, DatedQuerySet


class BoroughQuerySet(TrackedQuerySet):
    """Which boroughs. All 33 unless a population is named; the Met polices 32, the City has its own force."""

    def visible_to(self, user: Any) -> "BoroughQuerySet":
        """Everybody with a role may read the borough pages of all London: names, groupings, published totals."""
        return self if scope_of(user, "borough.read").everywhere else self.none()

    def logged_by(self, user: Any) -> "BoroughQuerySet":
        """Those in which the person may log activity."""
        scope = scope_of(user, "activity.log")
        return self if scope.everywhere else self.filter(gss_code__in=scope.boroughs)

    def policed_by_the_met(self) -> "BoroughQuerySet":
        return self.filter(met_police_area=True)


class Borough(TrackedModel):
    """One of the 33 local authority areas: 32 boroughs and the City of London, which is not a borough."""

    gss_code = models.CharField("GSS code", max_length=9, primary_key=True)
    name = models.CharField(max_length=40, unique=True)
    short_name = models.CharField(max_length=16)
    code = models.CharField(max_length=3, unique=True, help_text="Used in references, such as BEN/2026-27/0042.")
    legal_name = models.CharField(max_length=80)
    police_force = models.CharField(max_length=40)
    met_police_area = models.BooleanField()
    inner_ons = models.BooleanField("inner London (ONS)")
    inner_1963 = models.BooleanField("inner London (1963 Act)")
    tile_row = models.PositiveSmallIntegerField()
    tile_column = models.PositiveSmallIntegerField()

    objects = BoroughQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["tile_row", "tile_column"], name="borough_tile_is_its_own")]

    def __str__(self) -> str:
        return self.name


class DatedTrackedQuerySet(TrackedQuerySet, DatedQuerySet):
    pass


class CommandUnit(TrackedModel):
    """A Met Basic Command Unit (BCU). Before 2018 each borough was one operational command unit."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class CommandUnitMembership(TrackedModel, Dated):
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="command_units")
    unit = models.ForeignKey(CommandUnit, models.PROTECT, related_name="memberships")

    objects = DatedTrackedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.borough} in {self.unit}"


class Grouping(TrackedModel):
    """A named population of boroughs, such as MET_32. Every denominator names one."""

    key = models.CharField(max_length=24, primary_key=True)
    name = models.CharField(max_length=80)
    definition = models.TextField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GroupingMembership(TrackedModel, Dated):
    grouping = models.ForeignKey(Grouping, models.PROTECT, related_name="memberships")
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="groupings")
    evidence = models.CharField(max_length=200, blank=True)

    objects = DatedTrackedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.borough} in {self.grouping}"


class Neighbour(TrackedModel):
    """Two boroughs that touch, each pair once, the lower code first."""

    first = models.ForeignKey(Borough, models.PROTECT, related_name="+")
    second = models.ForeignKey(Borough, models.PROTECT, related_name="+")
    thames_only = models.BooleanField("touch only in the river")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="neighbour_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="neighbour_lower_code_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"
