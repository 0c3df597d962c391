"""What a deputy changes carries both names: theirs as the author, and the person's in the reason."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from contest_portal.access.grants import lent_grants
from contest_portal.audit.acting import acting

_READING = {"GET", "HEAD", "OPTIONS", "TRACE"}


class InTheNameOf:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lent = [] if request.method in _READING else lent_grants(request.user)
        if not lent:
            return self.get_response(request)
        people = sorted({f"{grant.user} ({grant.scope_name})" for grant in lent})
        with acting(request.user, reason=f"On these days also deputy for {', '.join(people)}"):
            return self.get_response(request)
