from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.access.grants import may, scope_of
from contest_portal.core.quarters import Quarter
from reports.figures import FIGURES, figures

CHOICES = 12


@access("dashboard.read")
def dashboard(request: HttpRequest) -> HttpResponse:
    """London in one quarter: the last one that is over, unless another is chosen."""
    quarter = _quarter(request)
    keys = [key for key, definition in FIGURES.items() if may(request.user, definition.permission)]
    found = figures(keys, quarter)
    own = scope_of(request.user, "activity.read").boroughs
    context = {"quarter": quarter, "figures": found, "own": own}
    return render(request, "reports/dashboard/london.html", context)


def _quarter(request: HttpRequest) -> Quarter:
    try:
        return Quarter.from_key(request.GET["quarter"])
    except KeyError:
        return Quarter.of(timezone.localdate()).previous()
    except ValueError as error:
        raise Http404 from error
