"""Addresses of dashboards that keep quarter, day and areas, and what of them a reader may open."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from boroughs.models import Borough
from contest_portal.access.grants import scope_of
from contest_portal.core.quarters import Quarter
from reports.figures.parts import WHOLE, Part, part_of_areas
from reports.models import LinkBorough
from strands.figures.known import Known
from strands.models import Strand


def dashboard_url(quarter: Quarter, known: Known, part: Part = WHOLE) -> str:
    if part.strand:
        return _address("strand_dashboard", quarter, known, part.over, part.strand)
    if part.boroughs is not None and len(part.boroughs) == 1 and part.over in part.boroughs:
        return borough_url(part.over, quarter, known)
    return _address("dashboards", quarter, known, part.over)


def borough_url(code: str, quarter: Quarter, known: Known) -> str:
    return _address("borough_dashboard", quarter, known, "", code)


def _address(name: str, quarter: Quarter, known: Known, over: str, *args: str) -> str:
    day = known.day.isoformat() if known.is_past else ""
    query = {"quarter": quarter.key, "over": over, "as_at": day}
    return f"{reverse(name, args=args)}?{urlencode({name: value for name, value in query.items() if value})}"


def own_areas(user: Any) -> list[Borough]:
    """The boroughs that the person works for."""
    codes = scope_of(user, "activity.read").boroughs
    return list(Borough.objects.visible_to(user).filter(pk__in=codes).order_by("name")) if codes else []


def own_strands(user: Any) -> frozenset[str]:
    return scope_of(user, "activity.read").strands


def link_part(user: Any) -> Part | None:
    """The person's link boroughs together; None when they have chosen none."""
    rows = LinkBorough.objects.visible_to(user).select_related("borough")
    areas = [row.borough for row in rows]
    return part_of_areas(areas) if areas else None


def tabs(user: Any, quarter: Quarter, known: Known, *, active: str, link: Part | None) -> list[dict[str, Any]]:
    """The dashboards one may go to from here, in the same quarter and on the same day."""
    items = [("London", dashboard_url(quarter, known), "London")]
    if link:
        items.append(("Your link boroughs", dashboard_url(quarter, known, link), link.over))
    items += [(area.name, borough_url(area.pk, quarter, known), area.pk) for area in own_areas(user)]
    for strand in Strand.objects.order_by("order"):
        items.append((strand.name, dashboard_url(quarter, known, WHOLE.within(strand)), strand.pk))
    return [{"label": label, "href": href, "active": key == active} for label, href, key in items]
