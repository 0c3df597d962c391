from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

from contest_portal.access.gate import public
from contest_portal.core.refusal import NotKnownThen
from contest_portal.drafts.keeping import keep_unsent


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = str(exception) if isinstance(exception, NotKnownThen) else ""
    return render(request, "errors/404.html", {"sentence": sentence}, status=404)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened before somebody signed in on this browser: it changes nothing, but is not lost either."""
    draft = keep_unsent(request) if request.method == "POST" else None
    return render(request, "errors/csrf.html", {"draft": draft}, status=403)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/409.html", {"reason": str(exception)}, status=409)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Made without a request context: whatever broke may break it again."""
    return HttpResponseServerError(loader.get_template("errors/500.html").render())
