from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from boroughs.figures.money import money
from boroughs.figures.staffing import staffing
from boroughs.forms.resources import ResourcesForm
from boroughs.models import FundingLine, Post
from contest_portal.access.gate import access
from contest_portal.access.grants import may

DIRECTORY = "boroughs/resources"


@access("borough.read")
def resources(request: HttpRequest) -> HttpResponse:
    """Posts and money of London on one day, with what comes to an end soon."""
    form = ResourcesForm(request.GET)
    posts, lines = Post.objects.visible_to(request.user), FundingLine.objects.visible_to(request.user)
    context = {
        "form": form,
        "day": form.day,
        "staff": staffing(posts, form.day, form.kinds),
        "money": money(lines, posts, form.day),
        "is_today": form.day == timezone.localdate(),
        "may_edit": may(request.user, "resource.edit"),
    }
    return render(request, f"{DIRECTORY}/dashboard.html", context)
