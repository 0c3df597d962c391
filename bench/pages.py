"""What the workers of benchmarks ask for: pages of the portal, by somebody who is signed in."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path

from contest_portal.access.gate import access
from contest_portal.urls import urlpatterns as portal
from strands.models import Activity
from tests import make
from tests.cast import person

# What any page of the portal has, and one table.
_BARE = """{% extends "layouts/page.html" %}
{% block heading %}<h1>Bare</h1>{% endblock %}
{% block content %}<table class="govuk-table">{% for row in rows %}<tr><th>{{ row.title }}</th>
<td>{{ row.reference }}</td><td>{{ row.starts }}</td><td>{{ row.attendance }}</td></tr>{% endfor %}</table>
{% endblock %}"""


@cache
def _bare() -> Any:
    return engines["django"].from_string(_BARE)


@access("activity.list")
def bare_list(request: HttpRequest) -> HttpResponse:
    """One query and a table in the portal's layout: what no list can be quicker than."""
    rows = Activity.objects.visible_to(request.user).newest_first()[:25]
    return HttpResponse(_bare().render({"rows": rows}, request))


@access("activity.list")
def bare_detail(request: HttpRequest) -> HttpResponse:
    rows = Activity.objects.visible_to(request.user).newest_first()[:1]
    return HttpResponse(_bare().render({"rows": rows}, request))


# The addresses of the portal, and two more that are nowhere else.
urlpatterns: list[Any] = [*portal, path("bare/list", bare_list), path("bare/detail", bare_detail)]


def page(account: str, address: str) -> Callable[[], object]:
    settings.ROOT_URLCONF = __name__
    client = Client()
    client.force_login(person(account))

    def ask() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}.")

    return ask


def logging(count: str) -> Callable[[], object]:
    """So many activities saved one by one, as boroughs do, and taken back."""
    person("brent.lead")

    def log() -> None:
        with transaction.atomic():
            for _ in range(int(count)):
                make.activity(attendance=40)
            transaction.set_rollback(True)

    return log
