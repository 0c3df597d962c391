from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.core.quarters import Quarter
from contest_portal.ui.csv import csv_download
from reports.figures import Figure, Passport, figure, passport
from reports.views.downloads import figure_lines, passport_lines

PAGE = 50


@access("dashboard.read")
def figure_rows(request: HttpRequest, key: str) -> HttpResponse:
    found, rows = _asked_for(request, key)
    seen = rows.as_seen_by(request.user)
    page = Paginator(seen.rows, PAGE).get_page(request.GET.get("page"))
    context = {"figure": found, "passport": rows, "seen": seen, "page": page}
    return render(request, "reports/figure/rows.html", context)


@access("dashboard.read")
def figure_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The table as it is published."""
    found, _ = _asked_for(request, key)
    return csv_download(f"{key}-{found.quarter.key}".replace("_", "-"), figure_lines(found))


@access("dashboard.read")
def figure_rows_csv(request: HttpRequest, key: str) -> HttpResponse:
    found, rows = _asked_for(request, key)
    name = f"{key}-{found.quarter.key}-rows".replace("_", "-")
    return csv_download(name, passport_lines(found, rows, rows.as_seen_by(request.user)))


def _asked_for(request: HttpRequest, key: str) -> tuple[Figure, Passport]:
    """The figure and the rows behind the cell that the address names."""
    chosen: dict[str, Any] = {name: request.GET.get(name, "") for name in ("row", "column")}
    try:
        quarter = Quarter.from_key(request.GET.get("quarter", ""))
        found = figure(key, quarter)
        rows = passport(key, quarter, **chosen)
    except (KeyError, ValueError) as error:
        raise Http404 from error
    if not may(request.user, found.definition.permission):
        raise PermissionDenied
    return found, rows
