from collections.abc import Iterable
from typing import Any

from django.db import models

from contest_portal.core.markings import Marking
from contest_portal.core.quarters import Quarter

# What a cell has of its activities: how many, how they were counted, and what they cost.
COUNTS = (
    "activities",
    "joint",
    "attendance",
    "exact",
    "at_least",
    "at_most",
    "about",
    "not_recorded",
    "cost",
    "costed",
)
CELL = ("quarter", "borough", "strand", "marking", "once")


class RollUpQuerySet(models.QuerySet):
    def published(self, quarters: Iterable[Quarter]) -> "RollUpQuerySet":
        """The cells that figures of these quarters add up: of OFFICIAL activities alone, whoever reads."""
        return self.filter(quarter__in=[quarter.start for quarter in quarters], marking=Marking.OFFICIAL)

    def summed(self, *names: str) -> list[dict[str, Any]]:
        """One line for each combination of these columns of a cell, with its counts. Empty cells are left out."""
        sums = {f"{name}_sum": models.Sum(name) for name in COUNTS}
        return list(self.order_by().values(*names).annotate(**sums).filter(activities_sum__gt=0))


class RollUp(models.Model):
    """The delivered activities of a quarter, added up by borough, strand and marking. The database alone writes it.

    A cell is the sum of its rows. Whoever changes the log adds rows and waits for nobody; `fold` makes one of them.
    Where `once` holds, an activity is in the cell of its lead borough alone, so that London is their sum; where it
    does not, in the cell of every borough that has a share in it.
    """

    quarter = models.DateField("its first day")
    borough = models.CharField(max_length=9)
    strand = models.CharField(max_length=20)
    marking = models.CharField(max_length=18)
    once = models.BooleanField()
    activities = models.IntegerField()
    joint = models.IntegerField()
    attendance = models.BigIntegerField()
    exact = models.IntegerField()
    at_least = models.IntegerField()
    at_most = models.IntegerField()
    about = models.IntegerField()
    not_recorded = models.IntegerField()
    cost = models.DecimalField(max_digits=16, decimal_places=2)
    costed = models.IntegerField("with a cost recorded")

    objects = RollUpQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["quarter", "once"], name="roll_up_quarter")]

    def __str__(self) -> str:
        return f"{self.quarter:%B %Y}, {self.borough}, {self.strand}"
