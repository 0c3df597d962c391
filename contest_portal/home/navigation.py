"""What stands around every page: the service's name, this person's navigation, and the page's marking."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from contest_portal.access.grants import may
from contest_portal.accounts.middleware import GRAIN, seconds_left
from contest_portal.core.markings import Marking

# How long before the end of a session the page says so, in seconds.
WARNING = 300

_ITEMS = [
    ("Activities", "activities", ("activity.read", "activity.face")),
    ("Returns", "returns", ("return.read",)),
    ("Measures", "measures", ("measure.read",)),
    ("Deliverables", "deliverables", ("deliverable.read",)),
    ("Assurance", "assurance", ("assurance.read",)),
    ("Posts and money", "resources", ("borough.read",)),
    ("Dashboards", "own_dashboard", ("dashboard.read",)),
    ("Papers", "papers", ("paper.read",)),
    ("Boards", "boards", ("board.read",)),
    ("Boroughs", "boroughs", ("borough.read",)),
    ("Grants", "grants", ("grant.list",)),
    ("Reference data", "reference", ("reference.read",)),
]

# Addresses outside a section whose pages belong to it.
_ALSO = {
    "boards": ("/meetings/", "/packs/", "/print-queue/", "/word-templates/"),
    "papers": ("/documents/",),
    "own_dashboard": ("/released/",),
}


def _session(request: HttpRequest) -> dict[str, Any]:
    if not _signed_in(request):
        return {}
    return {
        "session_left": seconds_left(request),
        "session_warning": WARNING,
        "session_grain": GRAIN,
        "session_stay": _address("session_stay"),
        "sign_in": _address("account_login"),
        "sign_out": _address("account_logout"),
    }


def page(request: HttpRequest) -> dict[str, Any]:
    return _session(request) | {
        "service_name": settings.SERVICE_NAME,
        "marking": Marking.OFFICIAL,
        "navigation": items_for(request) if getattr(request, "user", None) is not None else [],
    }


def _signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


@cache
def _address(name: str) -> str:
    return reverse(name)


def items_for(request: HttpRequest) -> list[dict[str, Any]]:
    items = []
    for label, name, permissions in _ITEMS:
        href = _address(name)
        if any(may(request.user, permission) for permission in permissions):
            section = href[: href.rindex("/") + 1]
            active = request.path.startswith((section, *_ALSO.get(name, ())))
            items.append({"label": label, "href": href, "active": active})
    return items
