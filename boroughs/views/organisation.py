from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from boroughs.forms.organisation import OrganisationFilter
from boroughs.models import Organisation, OrganisationName, Succession
from contest_portal.access.as_at import looked_at
from contest_portal.access.gate import access
from contest_portal.audit.changes import changes_of
from contest_portal.audit.known_day import KnownDay

PAGE = 25


@access("reference.read")
def organisations(request: HttpRequest) -> HttpResponse:
    known, bar = looked_at(request, KnownDay, Organisation)
    with known.of(Organisation, OrganisationName, Succession):
        filters = OrganisationFilter(request.GET, Organisation.objects.visible_to(request.user).with_names())
        page = Paginator(filters.qs, PAGE).get_page(request.GET.get("page"))
        return render(request, "reference/organisation/list.html", bar | {"filter": filters, "page": page})


@access("reference.read")
def organisation_history(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Organisation.objects.visible_to(request.user), key=key)
    parts = [(OrganisationName, "organisation_id"), (Succession, "before_id"), (Succession, "after_id")]
    changes = changes_of(found, parts=parts)
    return render(request, "reference/organisation/history.html", {"record": found, "changes": changes})
