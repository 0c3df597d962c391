from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import get_contextvars

from contest_portal.audit.acting import acting

# Nothing behind these asks who is there, and /health must answer when the database cannot.
_WITHOUT_DATABASE = ("/health/", "/static/")


class RequestTransaction:
    """One transaction for each request, which knows its author.

    The view itself runs in a savepoint inside it (ATOMIC_REQUESTS), so that a refused change is undone and the
    page that explains the refusal can still read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_WITHOUT_DATABASE):
            return self.get_response(request)
        author = request.user if request.user.is_authenticated else None
        with acting(author, request_id=str(get_contextvars().get("request_id", ""))):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
