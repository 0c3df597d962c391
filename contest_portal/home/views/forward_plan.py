import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.core.quarters import Quarter
from contest_portal.home.forward_plan import Step, financial_year, twelve_months
from contest_portal.home.forward_plan import forward_plan as plan_of
from contest_portal.ui.csv import csv_download


@access("board.read")
def forward_plan(request: HttpRequest) -> HttpResponse:
    """Twelve months from today, or the financial year in the address."""
    first, last = _days(request)
    context = {
        "steps": _steps(request),
        "first": first,
        "last": last,
        "years": _years(request),
        "csv_address": f"{reverse('forward_plan_csv')}?{request.GET.urlencode()}",
    }
    return render(request, "home/forward_plan.html", context)


@access("board.read")
def forward_plan_csv(request: HttpRequest) -> HttpResponse:
    lines = [(step.day.isoformat(), step.what, step.about, step.note) for step in _steps(request)]
    return csv_download("forward-plan", [("Date", "What", "About", "Note"), *lines])


def _steps(request: HttpRequest) -> list[Step]:
    return plan_of(request.user, *_days(request))


def _days(request: HttpRequest) -> tuple[dt.date, dt.date]:
    today = timezone.localdate()
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


def _years(request: HttpRequest) -> list[dict[str, Any]]:
    address, asked = reverse("forward_plan"), request.GET.get("year", "")
    found = [{"label": "Next 12 months", "href": address, "active": not asked}]
    for year in _offered(timezone.localdate()):
        label = Quarter(year, 1).financial_year
        found.append({"label": label, "href": f"{address}?year={year}", "active": asked == str(year)})
    return found
