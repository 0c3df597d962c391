from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.ui.csv import csv_download
from contest_portal.ui.quarter import QuarterForm
from reports.rendering.consolidation import consolidation
from reports.views.chosen import chosen_quarter
from reports.views.downloads import consolidation_lines
from strands.models import Activity
from strands.views.as_at import as_at, day_of


@access("dashboard.read")
def consolidated(request: HttpRequest) -> HttpResponse:
    """A quarter's numbers, measures and equality tables on one page: the last one over, unless another is named."""
    known, bar = as_at(request, Activity)
    quarter = chosen_quarter(request, known.day)
    context = bar | {
        "found": consolidation(quarter, known, user=request.user),
        "quarter": quarter,
        "form": QuarterForm(quarter),
        "may_release": may(request.user, "equality.release") and not known.is_past,
        "reads_ledger": may(request.user, "released.read"),
        "csv_address": f"{reverse('consolidation_csv')}?quarter={quarter.key}{known.more}",
    }
    return render(request, "reports/consolidation/quarter.html", context)


@access("dashboard.read")
def consolidated_csv(request: HttpRequest) -> HttpResponse:
    known = day_of(request)
    quarter = chosen_quarter(request, known.day)
    found = consolidation(quarter, known, user=request.user)
    name = f"consolidation-{quarter.key}{f'-as-known-on-{known.day}' if known.is_past else ''}"
    return csv_download(name, consolidation_lines(found))
