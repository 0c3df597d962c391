import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q

from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.addresses import address
from contest_portal.core.dated import Dated, DatedQuerySet

# Groupings that sort all of London for good. The others come and go, and say more of a borough.
LASTING = ("LONDON_33", "MET_32", "INNER_ONS", "OUTER_ONS", "INNER_1963", "OUTER_1963")


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

    def in_grouping(self, key: str, day: dt.date) -> "BoroughQuerySet":
        members = GroupingMembership.objects.on(day).filter(grouping_id=key)
        return self.filter(pk__in=members.values("borough_id"))

    def in_command_unit(self, code: str, day: dt.date) -> "BoroughQuerySet":
        members = CommandUnitMembership.objects.on(day).filter(unit_id=code)
        return self.filter(pk__in=members.values("borough_id"))

    def as_at(self, day: dt.date, *, besides: str = "") -> "BoroughQuerySet":
        """Each with what it belonged to on that day: `units_then`, and `groupings_then` besides the LASTING ones.

        `besides` is the key of one more grouping to leave out: the one that the reader has chosen.
        """
        units = CommandUnitMembership.objects.on(day).select_related("unit")
        groupings = GroupingMembership.objects.on(day).exclude(grouping_id__in=[*LASTING, besides])
        groupings = groupings.select_related("grouping").order_by("grouping__name")
        return self.prefetch_related(
            Prefetch("command_units", units, to_attr="units_then"),
            Prefetch("groupings", groupings, to_attr="groupings_then"),
        )


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

    def get_absolute_url(self) -> str:
        return address("borough", self.pk)

    @property
    def is_the_city(self) -> bool:
        """The one of the 33 that is not a borough and has a police force of its own."""
        return not self.met_police_area

    @property
    def inner_or_outer(self) -> str:
        """By both definitions of inner London, since people argue about it."""
        statistical = "Inner" if self.inner_ons else "Outer"
        if self.is_the_city:
            return f"{statistical} (ONS), in neither list of the 1963 Act"
        if self.inner_ons == self.inner_1963:
            return statistical
        return f"{statistical} (ONS), {'inner' if self.inner_1963 else 'outer'} (1963 Act)"

    def neighbours(self) -> list["Neighbour"]:
        """Pairs that this borough is part of, each with `other`, the one next door, in order of name."""
        pairs = list(Neighbour.objects.filter(Q(first=self) | Q(second=self)).select_related("first", "second"))
        for pair in pairs:
            pair.other = pair.second if pair.first_id == self.pk else pair.first
        return sorted(pairs, key=lambda pair: pair.other.name)


class DatedTrackedQuerySet(TrackedQuerySet, DatedQuerySet):
    pass


class PopulationQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "PopulationQuerySet":
        return self if scope_of(user, "borough.read").everywhere else self.none()


class CommandUnit(TrackedModel):
    """A Met Basic Command Unit (BCU). Before 2018 each borough was one operational command unit."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=40)

    objects = PopulationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class CommandUnitMembership(TrackedModel, Dated):
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="command_units")
    unit = models.ForeignKey(CommandUnit, models.PROTECT, related_name="memberships")

    objects = DatedTrackedQuerySet.as_manager()

    class Meta:
        verbose_name = "command unit"
        ordering = ["-starts"]

    def __str__(self) -> str:
        return f"{self.borough} in {self.unit}"


class GroupingQuerySet(PopulationQuerySet):
    def standing_on(self, day: dt.date) -> "GroupingQuerySet":
        """Those that had areas on that day."""
        return self.filter(pk__in=GroupingMembership.objects.on(day).values("grouping"))


class Grouping(TrackedModel):
    """A named population of boroughs, such as MET_32. Every denominator names one."""

    key = models.CharField(max_length=24, primary_key=True)
    name = models.CharField(max_length=80)
    definition = models.TextField()

    objects = GroupingQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GroupingMembership(TrackedModel, Dated):
    grouping = models.ForeignKey(Grouping, models.PROTECT, related_name="memberships")
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="groupings")
    evidence = models.CharField(max_length=200, blank=True)

    objects = DatedTrackedQuerySet.as_manager()

    class Meta:
        verbose_name = "membership of a grouping"
        ordering = ["grouping__name", "borough__name"]

    def __str__(self) -> str:
        return f"{self.borough} in {self.grouping}"


class Neighbour(TrackedModel):
    """Two boroughs that touch, each pair once, the lower code first."""

    first = models.ForeignKey(Borough, models.PROTECT, related_name="+")
    second = models.ForeignKey(Borough, models.PROTECT, related_name="+")
    thames_only = models.BooleanField("touch only in the river")

    other: Borough

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="neighbour_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="neighbour_lower_code_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"
