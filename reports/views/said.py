from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contest_portal.access.gate import access
from contest_portal.core.markings import Marking
from contest_portal.ui.csv import csv_download
from reports.forms.said import SaidFilter
from reports.models import SaidParagraph
from reports.rendering.said import lines, marked, marking_of, trends
from reports.workflow.reading import record_reading

PER_PAGE = 25
# What a spreadsheet and whoever reads it can bear.
MOST_LINES = 5000


@access("paper.read")
def said(request: HttpRequest) -> HttpResponse:
    """Everything that was ever said about something, in the order in which it was said."""
    chosen = SaidFilter(request.GET, user=request.user)
    found = chosen.found()
    rows = found.highlighted(chosen.asked).with_papers().in_order() if chosen.asked else found
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.shown = marked(row.found)
    _record(request, page, "read")
    marking = marking_of(found) if chosen.asked else Marking.OFFICIAL
    context = {
        "filter": chosen,
        "asked": chosen.asked,
        "page": page,
        "trends": trends(found, marking) if chosen.asked else [],
        "marking": marking,
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/said/page.html", context)


@access("paper.read")
def said_csv(request: HttpRequest) -> HttpResponse:
    chosen = SaidFilter(request.GET, user=request.user)
    found = list(chosen.found().with_papers().in_order()[:MOST_LINES])
    _record(request, found, "downloaded")
    return csv_download("everything-said", lines(found))


def _record(request: HttpRequest, rows: Iterable[SaidParagraph], action: str) -> None:
    """Keep that somebody read what is OFFICIAL-SENSITIVE, once for each paper."""
    for paper in {row.paper for row in rows if row.marking == Marking.OFFICIAL_SENSITIVE}:
        record_reading(paper, action, by=request.user)
