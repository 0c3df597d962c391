from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from strands.forms.people import OpeningForm
from strands.models import Activity
from strands.workflow.reading import close_activity, open_activity


@access("activity.share", "GET", "POST")
def activity_people(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    form = OpeningForm(request.POST if request.method == "POST" else None, activity=activity)
    if form.is_valid():
        open_activity(activity, person=form.person, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{form.person} can read {activity.reference} in full now.")
        return redirect("activity_people", pk=pk)
    context = {
        "activity": activity,
        "form": form,
        "openings": activity.openings.select_related("person", "opened_by", "closed_by"),
        "marking": activity.marking,
    }
    return render(request, "strands/activity/people.html", context)


@access("activity.share", "POST")
def activity_person_closure(request: HttpRequest, pk: int, opening: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    found = get_object_or_404(activity.openings.select_related("person", "activity"), pk=opening)
    close_activity(found, by=request.user)
    messages.success(request, f"{activity.reference} is closed to {found.person} again.")
    return redirect("activity_people", pk=pk)
