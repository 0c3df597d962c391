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


@access("dashboard.read")
def consolidated(request: HttpRequest) -> HttpResponse:
    """A quarter's numbers, measures and equality tables on one page: the last one over, unless another is named."""
    quarter = chosen_quarter(request)
    context = {
        "found": consolidation(quarter, user=request.user),
        "quarter": quarter,
        "form": QuarterForm(quarter),
        "may_release": may(request.user, "equality.release"),
        "reads_ledger": may(request.user, "released.read"),
        "csv_address": f"{reverse('consolidation_csv')}?quarter={quarter.key}",
    }
    return render(request, "reports/consolidation/quarter.html", context)


@access("dashboard.read")
def consolidated_csv(request: HttpRequest) -> HttpResponse:
    quarter = chosen_quarter(request)
    found = consolidation(quarter, user=request.user)
    return csv_download(f"consolidation-{quarter.key}", consolidation_lines(found))
