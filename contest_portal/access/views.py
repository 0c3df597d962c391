from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from contest_portal.access.as_at import looked_at
from contest_portal.access.explaining import closed_to, held_by
from contest_portal.access.forms import GrantFilter
from contest_portal.access.gate import SIGNED_IN, access
from contest_portal.access.models import Grant
from contest_portal.audit.known_day import KnownDay

PAGE = 25


@access(SIGNED_IN)
def what_i_can_do(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    page = {
        "roles": held_by(request.user, today),
        "closed": closed_to(request.user),
        "administrators": Grant.objects.administrators_on(today),
    }
    return render(request, "access/what_i_can_do.html", page)


@access("grant.list")
def grants(request: HttpRequest) -> HttpResponse:
    """Which of them a person may read is asked of their grants of today, whatever day is looked at."""
    known, bar = looked_at(request, KnownDay, Grant)
    found = Grant.objects.visible_to(request.user).select_related("user", "granted_by")
    with known.of(Grant):
        filters = GrantFilter(request.GET, found, day=known.day)
        page = Paginator(filters.qs, PAGE).get_page(request.GET.get("page"))
        rows = [(grant, grant.standing_on(known.day)) for grant in page]
    return render(request, "access/grants.html", bar | {"filter": filters, "page": page, "rows": rows})
