import datetime as dt
import re
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.core.markings import highest
from contest_portal.ui.csv import csv_download
from contest_portal.ui.paging import BEFORE, PAGE, CappedPaginator
from contest_portal.ui.xlsx import xlsx_download
from strands.forms.filters import ActivityFilter
from strands.models import Activity
from strands.models.activity_rows import ActivityQuerySet
from strands.spreadsheets.export import MOST_AT_ONCE, as_known, csv_lines, exported, first_keys, workbook_of
from strands.views.as_at import as_at, day_of
from strands.workflow.reading import record_reading

PER_PAGE = 25
_PLACE = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{1,18})")


@access("activity.list")
def activities(request: HttpRequest) -> HttpResponse:
    known, bar = as_at(request, Activity)
    with as_known(known):
        chosen = ActivityFilter(request.GET, user=request.user)
        page = CappedPaginator(_from_there(chosen.found(), request.GET).listed(), PER_PAGE).get_page(
            request.GET.get(PAGE)
        )
        # To the end, while the day is looked at.
        page.object_list = list(page.object_list)
        older = _older(page, request.GET)
    filtered = _filters(request.GET).urlencode()
    may_log = may(request.user, "activity.log") and not known.is_past
    context = bar | {
        "filter": chosen,
        "page": page,
        "csv_address": f"{reverse('activities_csv')}?{filtered}",
        "xlsx_address": f"{reverse('activities_xlsx')}?{filtered}",
        "older_address": older,
        "may_log": may_log,
        "to_settle": _to_settle(page, request.user) if may_log else frozenset(),
        "marking": highest(activity.marking for activity in page),
    }
    return render(request, "strands/activity/list.html", context)


@access("activity.list")
def activities_csv(request: HttpRequest) -> HttpResponse:
    return _download(request, "csv")


@access("activity.list")
def activities_xlsx(request: HttpRequest) -> HttpResponse:
    return _download(request, "xlsx")


def _to_settle(page: Page, user: Any) -> frozenset[int]:
    """Those on the page of which the person can say what became of them."""
    own = Activity.objects.editable_by(user).unsettled().filter(pk__in=[activity.pk for activity in page])
    return frozenset(own.values_list("pk", flat=True))


def _download(request: HttpRequest, kind: str) -> HttpResponse:
    """At once when it is short; else a worker writes it, and the page says how far it is."""
    known = day_of(request)
    with as_known(known):
        found = ActivityFilter(request.GET, user=request.user).found()
        keys = first_keys(found, MOST_AT_ONCE)
        export = exported(found, keys, user=request.user) if len(keys) <= MOST_AT_ONCE else None
    if export is None:
        query = _filters(request.GET)
        if known.is_past:
            query["as_at"] = known.day.isoformat()
        context = {"format": kind, "query": query.urlencode(), "most": MOST_AT_ONCE, "known": known}
        return render(request, "strands/activity/export_ask.html", context)
    record_reading(export.activities, "downloaded", by=request.user)
    name = f"activities-{'as-known-on-' if known.is_past else ''}{known.day:%Y-%m-%d}"
    if kind == "csv":
        return csv_download(name, csv_lines(export))
    return xlsx_download(name, workbook_of(export))


def _filters(query: QueryDict) -> QueryDict:
    kept = query.copy()
    for name in (PAGE, BEFORE):
        kept.pop(name, None)
    return kept


def _from_there(rows: ActivityQuerySet, query: QueryDict) -> ActivityQuerySet:
    """From the row that the address names; from the newest when it names none."""
    place = _PLACE.fullmatch(query.get(BEFORE, ""))
    if place is None:
        return rows
    try:
        return rows.older_than(dt.date.fromisoformat(place[1]), int(place[2]))
    except ValueError:
        return rows


def _older(page: Page, query: QueryDict) -> str:
    """Where the list goes on after the last page that is counted; empty on every other page."""
    rows = list(page)
    if page.has_next() or not rows or not page.paginator.has_more:  # type: ignore[attr-defined]
        return ""
    onwards = _filters(query)
    onwards[BEFORE] = f"{rows[-1].starts.isoformat()}.{rows[-1].pk}"
    return f"?{onwards.urlencode()}"
