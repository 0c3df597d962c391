from django.http import HttpRequest, HttpResponse, JsonResponse

from contest_portal.access.gate import SIGNED_IN, access
from contest_portal.accounts.middleware import seconds_left


@access(SIGNED_IN)
def session_stay(request: HttpRequest) -> HttpResponse:
    """Asking is enough: the session counts from the last request."""
    return JsonResponse({"seconds": seconds_left(request)})
