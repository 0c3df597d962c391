from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from contest_portal.drafts.keeping import keep_unsent

SIGNED_OUT = "You were signed out before the page was sent. What you typed is kept as your draft: sign in to go on."


class KeepsWhatWasTyped:
    """Stands before the gate, which sends whoever is signed out to sign in and forgets what they sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method != "POST" or request.user.is_authenticated or not getattr(view, "draft_words", ""):
            return None
        draft = keep_unsent(request)
        if draft is None:
            return None
        messages.warning(request, SIGNED_OUT)
        return redirect_to_login(draft.address)
