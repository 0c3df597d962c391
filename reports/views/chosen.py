from django.http import Http404, HttpRequest
from django.utils import timezone

from contest_portal.core.quarters import Quarter


def chosen_quarter(request: HttpRequest) -> Quarter:
    """The one that the address names; the last one that is over when it names none."""
    try:
        return Quarter.from_key(request.GET["quarter"])
    except KeyError:
        return Quarter.of(timezone.localdate()).previous()
    except ValueError as error:
        raise Http404 from error
