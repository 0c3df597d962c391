import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

_KEY = "seen"
# The time is written at most once a minute: a read must not cost a write.
_GRAIN = 60


class IdleLimit:
    """Signs a person out after half an hour without a request (the session itself ends after eight hours)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key:
            now = int(time.time())
            seen = request.session.get(_KEY, now)
            if now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif _KEY not in request.session or now - seen > _GRAIN:
                request.session[_KEY] = now
        return self.get_response(request)
