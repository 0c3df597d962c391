from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from boroughs.models import Borough, Grouping
from contest_portal.access.gate import access
from contest_portal.access.grants import may, scope_of
from contest_portal.core.quarters import Quarter
from reports.figures import Figure, figures
from reports.figures.measure_trends import measure_trends
from reports.figures.multiples import over_time, smalls
from reports.figures.parts import WHOLE, Part, part_of_areas
from reports.figures.rights import readable
from reports.figures.variation import spreads, told_apart
from reports.forms.dashboard import DashboardForm
from reports.rendering.consolidation import measures_in, telling
from reports.views.chosen import chosen_part, chosen_quarter, strand_named
from reports.views.commented import commented
from reports.views.dashboard_links import borough_url, dashboard_url, link_part, own_areas, own_strands, tabs
from strands.figures.by_borough import measures_of
from strands.figures.known import Known
from strands.models import Activity, Measure
from strands.views.as_at import as_at

DIRECTORY = "reports/dashboard"
NUMBERS = ["activities", "attendance", "activities_joint", "cost"]
OF_AREA = [*NUMBERS, "activities_by_strand", "attendance_by_strand", "activities_trend"]
OF_STRAND = [*NUMBERS, "boroughs_active", "activities_by_borough", "activities_trend"]


@access("dashboard.read")
def own_dashboard(request: HttpRequest) -> HttpResponse:
    """What is the reader's own comes first: their borough, their strand, the returns they run, their link boroughs."""
    user = request.user
    if areas := own_areas(user):
        return redirect("borough_dashboard", areas[0].pk)
    if strands := own_strands(user):
        return redirect("strand_dashboard", min(strands))
    if may(user, "return.arrange"):
        return redirect("returns_board")
    link = link_part(user)
    return redirect(f"{reverse('dashboards')}?over={link.over}" if link else "dashboards")


@access("dashboard.read")
def dashboard(request: HttpRequest) -> HttpResponse:
    """London in one quarter, or a population of it: the last one that is over, unless the address names another."""
    known, bar = as_at(request, Activity)
    quarter = chosen_quarter(request, known.day)
    part = chosen_part(request, quarter)
    if part.strand:
        return redirect(dashboard_url(quarter, known, part))
    context = bar | _frame(request, quarter, known, part, active=part.over or "London")
    if not part.is_empty:
        context |= london_of(request.user, quarter, known, part)
    return render(request, f"{DIRECTORY}/london.html", context)


def london_of(user: Any, quarter: Quarter, known: Known, part: Part) -> dict[str, Any]:
    own = scope_of(user, "activity.read").boroughs
    measures = measures_in(quarter, known, user=user)
    counted = commented(figures(readable(user, part), quarter, known, part), quarter, known, part, user)
    found = {key: figure.marked(own, "your borough") for key, figure in counted.items()}
    by_borough = found["activities_by_borough"]
    return {
        "key_numbers": [figure for figure in found.values() if figure.quantity is not None],
        "measures": measures,
        "measure_rows": telling(measures),
        "own": _own(by_borough),
        "waiting": _waiting(found.get("returns_by_borough")),
        "spreads": spreads(by_borough),
        "spread_words": told_apart(spreads(by_borough), by_borough),
        **{f"by_{key}": figure for key, figure in found.items()},
        "by_activities_by_borough": _leading_on(by_borough, quarter, known),
    }


@access("dashboard.read")
def borough_dashboard(request: HttpRequest, gss_code: str) -> HttpResponse:
    """One area in one quarter, beside the others."""
    area = get_object_or_404(Borough.objects.visible_to(request.user), pk=gss_code)
    known, bar = as_at(request, Activity)
    quarter, part = chosen_quarter(request, known.day), part_of_areas([area])
    context = bar | _frame(request, quarter, known, part, active=area.pk)
    context |= borough_of(request.user, quarter, known, part, area)
    return render(request, f"{DIRECTORY}/borough.html", context)


def borough_of(user: Any, quarter: Quarter, known: Known, part: Part, area: Borough) -> dict[str, Any]:
    found = commented(figures(OF_AREA, quarter, known, part), quarter, known, part, user)
    london = figures(["activities_by_borough"], quarter, known)["activities_by_borough"]
    apart = spreads(london, area.pk)
    return {
        "area": area,
        "area_measures": measures_of(area, quarter, known, user=user),
        "key_numbers": [found[key] for key in NUMBERS],
        "found": found,
        "spreads": apart,
        "spread_words": told_apart(apart, london),
        "spread_figure": london,
        "neighbours": [(pair.other, borough_url(pair.other.pk, quarter, known)) for pair in area.neighbours()],
    }


@access("dashboard.read")
def strand_dashboard(request: HttpRequest, key: str) -> HttpResponse:
    """One strand in one quarter: its measures, and what was delivered where."""
    strand = strand_named(key)
    known, bar = as_at(request, Activity)
    quarter = chosen_quarter(request, known.day)
    areas = chosen_part(request, quarter)
    part = areas.within(strand)
    context = bar | _frame(request, quarter, known, areas, active=strand.pk) | {"strand": strand, "part": part}
    if not part.is_empty:
        context |= strand_of(request.user, quarter, known, part)
    return render(request, f"{DIRECTORY}/strand.html", context)


def strand_of(user: Any, quarter: Quarter, known: Known, part: Part) -> dict[str, Any]:
    found = commented(figures(OF_STRAND, quarter, known, part), quarter, known, part, user)
    by_borough, multiples = found["activities_by_borough"], over_time(quarter, known, part)
    measures = measures_in(quarter, known, user=user)
    rows = [row for row in telling(measures) if row.version.measure.strand_id == part.strand]
    of_strand = Measure.objects.visible_to(user).filter(strand=part.strand).select_related("strand")
    trends = {trend.key: trend for trend in measure_trends(list(of_strand), quarter, known)}
    return {
        "found": found | {"activities_by_borough": _leading_on(by_borough, quarter, known)},
        "key_numbers": [found[key] for key in [*NUMBERS, "boroughs_active"]],
        "spreads": spreads(by_borough),
        "spread_words": told_apart(spreads(by_borough), by_borough),
        "spread_figure": by_borough,
        "multiples": multiples,
        "smalls": [(small, borough_url(small.row.key, quarter, known)) for small in smalls(multiples)],
        "measure_rows": rows,
        "trends": list(commented(trends, quarter, known, WHOLE, user).values()),
    }


def _frame(request: HttpRequest, quarter: Quarter, known: Known, part: Part, *, active: str) -> dict[str, Any]:
    """What stands around every dashboard: where one is, where one may go, and what is counted over whom."""
    link = link_part(request.user)
    return {
        "quarter": quarter,
        "part": part,
        "whole": part is WHOLE,
        "link": link,
        "form": DashboardForm(quarter, part, Grouping.objects.standing_on(quarter.end), link),
        "tabs": tabs(request.user, quarter, known, active=active, link=link),
    }


def _leading_on(figure: Figure, quarter: Quarter, known: Known) -> Figure:
    """With each area leading to its own dashboard; its numbers lead to the rows behind them."""
    rows = tuple(replace(row, url=borough_url(row.key, quarter, known)) for row in figure.rows)
    return replace(figure, rows=rows)


def _own(figure: Figure) -> list[dict[str, Any]]:
    """The numbers of the reader's own boroughs, each with its address."""
    return [
        {"name": row.label, "numbers": list(zip(figure.columns[1:], row.cells, row.links, strict=True))}
        for row in figure.rows
        if row.mark
    ]


def _waiting(figure: Figure | None) -> dict[str, list[str]]:
    """Whose return is not accepted yet, by how far it has got. Empty for those who may not know."""
    waiting: dict[str, list[str]] = {}
    for row in figure.rows if figure else ():
        if not row.values[0]:
            waiting.setdefault(row.cells[0], []).append(row.label)
    return waiting
