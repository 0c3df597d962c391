"""Nothing is reached that was not labelled: every view says who may call it, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from contest_portal.access.grants import may
from contest_portal.access.roles import PERMISSIONS, SIGNED_IN

__all__ = ["SIGNED_IN", "Gate", "Label", "access", "label_of", "public", "public_page"]

log = structlog.get_logger(__name__)

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Label:
    permission: str | None
    methods: frozenset[str]


def access(permission: str, *methods: str) -> Callable[[View], View]:
    """Label a view with the permission it takes. It answers GET and HEAD unless methods are named."""
    if permission != SIGNED_IN and permission not in PERMISSIONS:
        raise ValueError(f"No role carries “{permission}”.")
    allowed = frozenset(methods or ("GET",))
    return _labelled(Label(permission, allowed | {"HEAD"} if "GET" in allowed else allowed))


def public(view: View) -> View:
    """Label a view that anybody on the network may call. The few there are stand in tests/access."""
    return _labelled(Label(None, frozenset({"GET", "HEAD", "POST"})))(view)


def public_page(view: View) -> View:
    """The same for a view that shows what was published: it is read, and nothing is sent to it."""
    return _labelled(Label(None, frozenset({"GET", "HEAD"})))(view)


def _labelled(label: Label) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        view.access_label = label  # type: ignore[attr-defined]
        return view

    return decorate


def label_of(view: Any) -> Label | None:
    return getattr(view, "access_label", None)


class Gate:
    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        label = label_of(view)
        if label is None:
            log.error("view_without_access_label", path=request.path)
            raise PermissionDenied
        if label.permission is not None and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.method not in label.methods:
            return HttpResponseNotAllowed(sorted(label.methods))
        if label.permission is not None and not may(request.user, label.permission):
            raise PermissionDenied
        return None
