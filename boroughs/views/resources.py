from contextlib import AbstractContextManager
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from boroughs.figures.money import money
from boroughs.figures.staffing import staffing
from boroughs.forms.resources import ResourcesForm
from boroughs.models import FundingLine, Post, PostAllocation
from boroughs.rendering import resources_workbook
from contest_portal.access.as_at import looked_at
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.known_day import KnownDay
from contest_portal.ui.xlsx import xlsx_download

DIRECTORY = "boroughs/resources"


def then(known: KnownDay) -> AbstractContextManager[None]:
    """Posts, who shares them, and the money, as they were known."""
    return known.of(Post, PostAllocation, FundingLine)


@access("borough.read")
def resources(request: HttpRequest) -> HttpResponse:
    """Posts and money of London on one day, with what comes to an end soon."""
    known, bar = looked_at(request, KnownDay, Post, FundingLine)
    form = ResourcesForm(request.GET, today=known.day)
    context = (
        bar
        | _counted(request.user, form, known)
        | {
            "form": form,
            "day": form.day,
            "is_today": form.day == timezone.localdate(),
            "xlsx_address": f"{reverse('resources_xlsx')}?{request.GET.urlencode()}",
            "reads_dashboards": may(request.user, "dashboard.read"),
            "may_edit": may(request.user, "resource.edit") and not known.is_past,
        }
    )
    return render(request, f"{DIRECTORY}/dashboard.html", context)


@access("borough.read")
def resources_xlsx(request: HttpRequest) -> HttpResponse:
    """What the page shows, with what each word means."""
    known, bar = looked_at(request, KnownDay, Post, FundingLine)
    form = ResourcesForm(request.GET, today=known.day)
    if bar["as_at_form"].errors or form.errors:
        raise Http404
    counted = _counted(request.user, form, known)
    content = resources_workbook(counted["staff"], counted["money"], form.kind_words)
    then_words = f"-as-known-on-{known.day.isoformat()}" if known.is_past else ""
    return xlsx_download(f"posts-and-money-{form.day.isoformat()}{then_words}", content)


def _counted(user: Any, form: ResourcesForm, known: KnownDay) -> dict[str, Any]:
    posts, lines = Post.objects.visible_to(user), FundingLine.objects.visible_to(user)
    with then(known):
        return {"staff": staffing(posts, form.day, form.kinds), "money": money(lines, posts, form.day)}
