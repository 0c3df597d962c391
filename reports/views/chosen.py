import datetime as dt

from django.http import Http404, HttpRequest
from django.utils import timezone

from contest_portal.core.quarters import Quarter


def chosen_quarter(request: HttpRequest, day: dt.date | None = None) -> Quarter:
    """The one that the address names; the last one that was over on that day when it names none."""
    try:
        return Quarter.from_key(request.GET["quarter"])
    except KeyError:
        return Quarter.of(day or timezone.localdate()).previous()
    except ValueError as error:
        raise Http404 from error
