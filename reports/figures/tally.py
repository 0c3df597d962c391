"""Sums over the log, made by the database: of today from the roll-up, of a day that is over from the log as it was.

This is the only place in which published activities are added up; a passport adds its rows up by another way,
and a test compares the two cell by cell.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import TruncQuarter

from contest_portal.core.quantity import Qualifier, Quantity, combine, total
from contest_portal.core.quarters import Quarter
from strands.models import Activity, ActivityShare
from strands.models.activity import ActivityQuerySet
from strands.models.roll_up import COUNTS

Tally = dict[str, Quantity]
# Sums as the database gives them, by name.
Line = dict[str, Any]
_SUMMED = [f"{name}_sum" for name in COUNTS]

NOTHING: Tally = {measure: Quantity(0) for measure in ("activities", "joint", "attendance", "cost")}


def published(quarters: Iterable[Quarter]) -> ActivityQuerySet:
    """What figures of these quarters, which follow one another, count. It does not depend on the reader."""
    span = sorted(quarters)
    return Activity.objects.published().filter(starts__gte=span[0].start, starts__lte=span[-1].end)


def joint() -> Q:
    """Activities that more than one borough shares."""
    shared = ActivityShare.objects.values("activity").annotate(parts=Count("pk")).filter(parts__gt=1)
    return Q(pk__in=shared.values("activity"))


def counted(activities: ActivityQuerySet, *names: str, once: bool) -> list[Line]:
    """Lines as the roll-up has them, from the log itself: of a day that is over there is no roll-up."""
    # Asked of each activity, and not of all shares that there are.
    shares = ActivityShare.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    parts = Subquery(shares.annotate(parts=Count("pk")).values("parts"))
    splits: dict[str, Any] = {
        "borough": F("lead_borough") if once else F("shares__borough"),
        "strand": F("strand"),
        # Calendar quarters are the quarters of the financial year, too.
        "quarter": TruncQuarter("starts"),
    }
    grouped = activities.order_by().annotate(parts=parts).values(**{f"by_{name}": splits[name] for name in names})
    lines = [
        {"once": once} | {name.removeprefix("by_"): value for name, value in line.items()}
        for line in grouped.annotate(**_sums())
    ]
    return [line for line in lines if None not in line.values()]


def tallies(cells: Iterable[Line], *splits: str) -> dict[tuple[str, ...], Tally]:
    """A tally for each combination of the splits that occurs; under () when there are none.

    From the lines that count London once, unless it is split by borough: then a joint activity is in the tally of
    each of its boroughs.
    """
    once = "borough" not in splits
    found: dict[tuple[str, ...], Line] = {} if splits else {(): dict.fromkeys(_SUMMED, 0)}
    for cell in cells:
        if cell["once"] is once:
            sums = found.setdefault(tuple(_key(cell[split]) for split in splits), dict.fromkeys(_SUMMED, 0))
            for name in _SUMMED:
                sums[name] += cell[name]
    return {key: _tally(sums) for key, sums in found.items()}


def _sums() -> dict[str, Any]:
    sums: dict[str, Any] = {
        "activities_sum": Count("pk"),
        "joint_sum": Count("pk", filter=Q(parts__gt=1)),
        "attendance_sum": Sum("attendance", default=0),
        "cost_sum": Sum("cost_actual", default=Decimal(0)),
        "costed_sum": Count("cost_actual"),
    }
    for qualifier in Qualifier.values:
        sums[f"{qualifier}_sum"] = Count("pk", filter=Q(attendance_qualifier=qualifier))
    return sums


def _tally(row: Line) -> Tally:
    recorded = row["costed_sum"]
    return {
        "activities": Quantity(row["activities_sum"]),
        "joint": Quantity(row["joint_sum"]),
        "attendance": combine(
            int(row["attendance_sum"]), {qualifier: row[f"{qualifier}_sum"] for qualifier in Qualifier.values}
        ),
        "cost": combine(
            pence(row["cost_sum"]),
            {Qualifier.EXACT: recorded, Qualifier.NOT_RECORDED: row["activities_sum"] - recorded},
        ),
    }


def pence(amount: Decimal) -> int:
    return int(amount * 100)


def added(parts: Iterable[Tally]) -> Tally:
    """The tally of disjoint parts together."""
    found = list(parts)
    return {measure: total(part[measure] for part in found) for measure in NOTHING}


def _key(value: Any) -> str:
    return value if isinstance(value, str) else Quarter.of(value).key
