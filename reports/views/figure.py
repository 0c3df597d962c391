from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify

from contest_portal.access.gate import access
from contest_portal.core.markings import Marking, highest
from contest_portal.ui.csv import csv_download
from reports.figures import FIGURES, Figure, Passport, SeenPassport, figure, passport
from reports.figures.rights import may_read
from reports.views.chosen import chosen_part, chosen_quarter
from reports.views.commented import commented
from reports.views.dashboard_links import dashboard_url
from reports.views.downloads import figure_lines, passport_lines
from strands.figures.known import Known
from strands.models import Activity
from strands.views.as_at import as_at, day_of
from strands.workflow.reading import record_reading

PAGE = 50


@access("dashboard.read")
def figure_rows(request: HttpRequest, key: str) -> HttpResponse:
    """What a number is, and the rows behind it as far as the reader may see them."""
    known, bar = as_at(request, Activity)
    found, rows = _asked_for(request, key, known)
    seen = rows.as_seen_by(request.user)
    found = _marked(found, seen, request.user)
    found = commented({key: found}, found.quarter, known, found.part, request.user)[key]
    context = bar | {
        "figure": found,
        "passport": rows,
        "seen": seen,
        "page": Paginator(seen.rows, PAGE).get_page(request.GET.get("page")),
        "facts": _facts(found),
        "marking": found.marking,
        "dashboard_url": dashboard_url(found.quarter, known, found.part),
    }
    return render(request, "reports/figure/rows.html", context)


@access("dashboard.read")
def figure_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The figure as it is published, which is the same for every reader."""
    found, _ = _asked_for(request, key, day_of(request))
    return csv_download(_file_name(found), figure_lines(found))


@access("dashboard.read")
def figure_rows_csv(request: HttpRequest, key: str) -> HttpResponse:
    found, rows = _asked_for(request, key, day_of(request))
    seen = rows.as_seen_by(request.user)
    found = _marked(found, seen, request.user)
    if found.marking == Marking.OFFICIAL_SENSITIVE:
        record_reading(_listed(seen, request.user), "downloaded", by=request.user)
    lines = passport_lines(found, rows, seen)
    return csv_download(f"{_file_name(found)}-rows", lines)


def _asked_for(request: HttpRequest, key: str, known: Known) -> tuple[Figure, Passport]:
    """The figure, and the rows behind the cell that the address names."""
    quarter = chosen_quarter(request, known.day)
    part = chosen_part(request, quarter)
    if part.is_empty:
        raise Http404
    cell = request.GET.get("row", ""), request.GET.get("column", "")
    try:
        if not may_read(request.user, FIGURES[key], part):
            raise PermissionDenied
        found = figure(key, quarter, known, part)
        rows = passport(key, quarter, *cell, known=known, part=part)
    except KeyError as error:
        raise Http404 from error
    return found, rows


def _marked(figure: Figure, seen: SeenPassport, user: Any) -> Figure:
    """Of a day that is over, rows that were OFFICIAL can have become OFFICIAL-SENSITIVE since."""
    if figure.known_on is None:
        return figure
    return replace(figure, marking=highest([figure.marking, *(row.marking for row in _listed(seen, user))]))


def _listed(seen: SeenPassport, user: Any) -> list[Activity]:
    return list(Activity.objects.visible_to(user).filter(pk__in=[row.activity_id for row in seen.rows]))


def _facts(figure: Figure) -> list[dict[str, Any]]:
    definition = figure.definition
    facts = {
        "What is counted": definition.counted,
        "Kind of number": definition.kind.label,
        "Population": f"{figure.population_name} ({figure.population})",
        "Period": str(figure.quarter) if definition.rows != "quarter" else figure.title.split(", ", 1)[1],
        "Source": definition.source,
        "Do not compare": definition.beware,
        "Note": figure.note,
    }
    return [{"key": {"text": name}, "value": {"text": value}} for name, value in facts.items() if value]


def _file_name(figure: Figure) -> str:
    day = f"-as-known-on-{figure.known_on.isoformat()}" if figure.known_on else ""
    part = slugify(figure.part.name) + "-" if figure.part.query else ""
    return f"{figure.key}-{part}{figure.quarter.key}{day}".replace("_", "-")
