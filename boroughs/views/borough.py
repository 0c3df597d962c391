import datetime as dt
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from boroughs.forms.borough import BoroughFilter
from boroughs.models import Borough, CommandUnit, CommandUnitMembership, FundingLine, Grouping, GroupingMembership, Post
from boroughs.views.resources import then
from contest_portal.access.as_at import looked_at
from contest_portal.access.gate import access
from contest_portal.access.grants import scope_of
from contest_portal.audit.changes import changes_of
from contest_portal.audit.known_day import KnownDay
from contest_portal.core.markings import highest
from contest_portal.core.quarters import Quarter

# How many joint activities the page of a borough lists.
JOINT = 5


@access("borough.read")
def boroughs(request: HttpRequest) -> HttpResponse:
    known, bar = looked_at(request, KnownDay, Borough)
    everywhere = Borough.objects.visible_to(request.user)
    with known.of(Borough, CommandUnit, CommandUnitMembership, Grouping, GroupingMembership, Post):
        filters = BoroughFilter(request.GET, everywhere, request=request, today=known.day)
        chosen = set(filters.qs.values_list("pk", flat=True))
        grouping = filters.chosen_grouping
        tiles = list(everywhere.as_at(filters.day, besides=grouping.pk if grouping else ""))
        page = bar | {
            "filter": filters,
            "rows": [borough for borough in tiles if borough.pk in chosen],
            "chosen": chosen,
            "tiles": tiles,
            "day": filters.day,
            "grouping": grouping,
            "london": Post.objects.visible_to(request.user).in_london(filters.day),
        }
        return render(request, "boroughs/borough/list.html", page)


@access("borough.read")
def borough(request: HttpRequest, gss_code: str) -> HttpResponse:
    """Its neighbours, names and groupings are told with their dates; its posts, money and joint work as known."""
    found = get_object_or_404(Borough.objects.visible_to(request.user), pk=gss_code)
    known, bar = looked_at(request, KnownDay)
    page = bar | {
        "borough": found,
        "today": known.day,
        "units": found.command_units.select_related("unit"),
        "groupings": found.groupings.select_related("grouping").order_by("-ends", "grouping__name"),
        "names": found.organisations.visible_to(request.user).filter(kind="council").with_names(),
        "neighbours": found.neighbours(),
        "reads_activities": any(_reaches(request.user, f"activity.{part}", found) for part in ("face", "read")),
        "reads_returns": _reaches(request.user, "return.read", found),
    }
    log: Any = found.activities
    with known.of(log.model, log.through, stricter=True):
        joint = _joint(request.user, found)
    more = {"joint": joint, "marking": highest(activity.marking for activity in joint)}
    with then(known):
        more |= _resources(request, found, known.day)
    return render(request, "boroughs/borough/detail.html", page | more)


def _joint(user: Any, found: Borough) -> list[Any]:
    """The latest work that the borough shared, each with the names of the other boroughs."""
    activities: Any = found.activities
    rows = list(activities.visible_to(user).joint().with_face().newest_first()[:JOINT])
    for activity in rows:
        activity.others = [share.borough.name for share in activity.shares.all() if share.borough_id != found.pk]
    return rows


def _resources(request: HttpRequest, found: Borough, today: dt.date) -> dict[str, Any]:
    """Posts with this borough's share of each, and the money of this year and later, each with its warning."""
    posts = Post.objects.visible_to(request.user).serving(found, today)
    lines = FundingLine.objects.visible_to(request.user).for_borough(found).since(Quarter.of(today).financial_year)
    return {
        "posts": posts,
        "fte": sum((here.share for here in posts), Decimal(0)),
        "funding": [(line, line.warning_on(today)) for line in lines.select_related("funder", "borough")],
    }


def _reaches(user: Any, permission: str, found: Borough) -> bool:
    scope = scope_of(user, permission)
    return scope.everywhere or bool(scope.strands or scope.boards) or found.pk in scope.boroughs


@access("borough.read")
def borough_history(request: HttpRequest, gss_code: str) -> HttpResponse:
    found = get_object_or_404(Borough.objects.visible_to(request.user), pk=gss_code)
    parts = [(GroupingMembership, "borough_id"), (CommandUnitMembership, "borough_id")]
    return render(
        request, "boroughs/borough/history.html", {"record": found, "changes": changes_of(found, parts=parts)}
    )
