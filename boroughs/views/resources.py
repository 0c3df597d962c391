from contextlib import AbstractContextManager

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from boroughs.figures.money import money
from boroughs.figures.staffing import staffing
from boroughs.forms.resources import ResourcesForm
from boroughs.models import FundingLine, Post, PostAllocation
from contest_portal.access.as_at import looked_at
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.known_day import KnownDay

DIRECTORY = "boroughs/resources"


def then(known: KnownDay) -> AbstractContextManager[None]:
    """Posts, who shares them, and the money, as they were known."""
    return known.of(Post, PostAllocation, FundingLine)


@access("borough.read")
def resources(request: HttpRequest) -> HttpResponse:
    """Posts and money of London on one day, with what comes to an end soon."""
    known, bar = looked_at(request, KnownDay, Post, FundingLine)
    form = ResourcesForm(request.GET, today=known.day)
    posts, lines = Post.objects.visible_to(request.user), FundingLine.objects.visible_to(request.user)
    with then(known):
        counted = {"staff": staffing(posts, form.day, form.kinds), "money": money(lines, posts, form.day)}
    context = (
        bar
        | counted
        | {
            "form": form,
            "day": form.day,
            "is_today": form.day == timezone.localdate(),
            "may_edit": may(request.user, "resource.edit") and not known.is_past,
        }
    )
    return render(request, f"{DIRECTORY}/dashboard.html", context)
