import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from boards.models import Board, Meeting
from boroughs.models import BankHoliday
from contest_portal.access.gate import access
from contest_portal.core.quarters import Quarter
from contest_portal.home.forward_plan import Step, financial_year, twelve_months
from contest_portal.home.forward_plan import forward_plan as plan_of
from contest_portal.ui.csv import csv_download
from strands.figures.known import Known
from strands.views.as_at import as_at, day_of


@access("board.read")
def forward_plan(request: HttpRequest) -> HttpResponse:
    """Twelve months, or the financial year in the address."""
    known, bar = as_at(request, Meeting)
    first, last = _days(request, known.day)
    context = bar | {
        "steps": _steps(request, known),
        "first": first,
        "last": last,
        "years": _years(request, known),
        "csv_address": f"{reverse('forward_plan_csv')}?{request.GET.urlencode()}",
    }
    return render(request, "home/forward_plan.html", context)


@access("board.read")
def forward_plan_csv(request: HttpRequest) -> HttpResponse:
    known = day_of(request)
    lines = [(step.day.isoformat(), step.what, step.about, step.note) for step in _steps(request, known)]
    name = f"forward-plan{f'-as-known-on-{known.day}' if known.is_past else ''}"
    return csv_download(name, [("Date", "What", "About", "Note"), *lines])


def _steps(request: HttpRequest, known: Known) -> list[Step]:
    with known.of(Meeting, Board, BankHoliday):
        return plan_of(request.user, *_days(request, known.day), past=known.is_past)


def _days(request: HttpRequest, today: dt.date) -> tuple[dt.date, dt.date]:
    asked = request.GET.get("year", "")
    if not asked:
        return twelve_months(today)
    if asked not in {str(year) for year in _offered(today)}:
        raise Http404("No such year")
    return financial_year(int(asked))


def _offered(today: dt.date) -> list[int]:
    """The financial year that is running and the next."""
    running = Quarter.of(today).year
    return [running, running + 1]


def _years(request: HttpRequest, known: Known) -> list[dict[str, Any]]:
    address, asked = reverse("forward_plan"), request.GET.get("year", "")
    found = [{"label": "Next 12 months", "href": f"{address}{known.query}", "active": not asked}]
    for year in _offered(known.day):
        label = Quarter(year, 1).financial_year
        found.append({"label": label, "href": f"{address}?year={year}{known.more}", "active": asked == str(year)})
    return found
