import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse

_SEEN, _BEGAN = "seen", "began"
# The time is written at most once a minute or so: a read must not cost a write.
GRAIN = settings.SESSION_IDLE_SECONDS // 30


class IdleLimit:
    """Signs a person out after half an hour without a request, and eight hours after they signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key:
            # Not Django's lazy object: a page asks a hundred times what this person may do, and it slows each answer.
            request.user = get_user(request)
            now = int(time.time())
            seen, began = request.session.get(_SEEN, now), request.session.get(_BEGAN, now)
            if now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif _SEEN not in request.session or now - seen > GRAIN:
                request.session[_SEEN], request.session[_BEGAN] = now, began
        return self.get_response(request)


def seconds_left(request: HttpRequest) -> int:
    """How long the session lasts when nothing more is opened. Less than it may be by the grain, as the time is
    not written with each request."""
    began = request.session.get(_BEGAN, int(time.time()))
    until_the_end = began + settings.SESSION_COOKIE_AGE - int(time.time())
    return max(0, min(settings.SESSION_IDLE_SECONDS - GRAIN, until_the_end))
