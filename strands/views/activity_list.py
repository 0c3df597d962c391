from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.core.markings import Marking, highest
from contest_portal.ui.csv import csv_download
from strands.forms.filters import ActivityFilter
from strands.rendering import table
from strands.workflow.reading import record_reading

PER_PAGE = 25


@access("activity.list")
def activities(request: HttpRequest) -> HttpResponse:
    chosen = ActivityFilter(request.GET, user=request.user)
    page = Paginator(chosen.found().with_face(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "csv_address": f"{reverse('activities_csv')}?{_without_page(request.GET)}",
        "may_log": may(request.user, "activity.log"),
        "marking": highest(activity.marking for activity in page),
    }
    return render(request, "strands/activity/list.html", context)


def _without_page(query: QueryDict) -> str:
    kept = query.copy()
    kept.pop("page", None)
    return kept.urlencode()


@access("activity.list")
def activities_csv(request: HttpRequest) -> HttpResponse:
    found = ActivityFilter(request.GET, user=request.user).found()
    rows = list(found.for_table())
    lines = table(rows, frozenset(found.read_in_full_by(request.user).values_list("pk", flat=True)))
    marking = highest(activity.marking for activity in rows)
    record_reading(rows, "downloaded", by=request.user)
    heading = [[marking]] if marking == Marking.OFFICIAL_SENSITIVE else []
    return csv_download(f"activities-{timezone.localdate():%Y-%m-%d}", [*heading, *lines])
