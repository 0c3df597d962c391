from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.core.refusal import Refused
from contest_portal.drafts.keeping import form_for, keeps_draft
from strands.forms.milestone import MilestoneForm, ReachedForm, SlipForm
from strands.models import Deliverable, Milestone, Slip
from strands.workflow.deliverables import accept_slip, add_milestone, move_milestone, reach_milestone

DIRECTORY = "strands/deliverable"


@access("deliverable.edit", "GET", "POST")
@keeps_draft("Add a milestone")
def milestone_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Deliverable.objects.editable_by(request.user), pk=pk)
    if reason := found.why_not_judge():
        raise Refused(reason)
    form = form_for(request, MilestoneForm)
    if request.method == "POST" and form.is_valid():
        made = Milestone(deliverable=found, title=form.cleaned_data["title"], owner=form.cleaned_data["owner"])
        add_milestone(made, due=form.deadline, by=request.user)
        messages.success(request, f"“{made}” is a milestone of {found.reference}.")
        return redirect(found)
    return render(request, f"{DIRECTORY}/milestone_new.html", {"form": form, "deliverable": found})


def _editable(request: HttpRequest, pk: int) -> Milestone:
    return get_object_or_404(Milestone.objects.editable_by(request.user).select_related("deliverable"), pk=pk)


@access("deliverable.edit", "GET", "POST")
@keeps_draft("Change a forecast")
def milestone_forecast(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    if reason := found.why_not_move():
        raise Refused(reason)
    form = form_for(request, SlipForm, milestone=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        slip = move_milestone(found, due=form.deadline, reason=given["reason"], seen=given["seen"], by=request.user)
        messages.success(request, f"The change is kept: {slip}")
        return redirect(found.deliverable)
    context = {"form": form, "milestone": found, "deliverable": found.deliverable}
    return render(request, f"{DIRECTORY}/forecast.html", context)


@access("deliverable.edit", "GET", "POST")
@keeps_draft("Say when a milestone was reached")
def milestone_reached(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    if reason := found.why_not_reach():
        raise Refused(reason)
    form = form_for(request, ReachedForm, milestone=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        reach_milestone(found, day=given["day"], reason=given["reason"], seen=given["seen"], by=request.user)
        closed = f" {found.deliverable.reference} is delivered." if found.is_last else ""
        messages.success(request, f"“{found}” is reached.{closed}")
        return redirect(found.deliverable)
    context = {"form": form, "milestone": found, "deliverable": found.deliverable}
    return render(request, f"{DIRECTORY}/reached.html", context)


@access("deliverable.accept", "POST")
def slip_acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    found = accept_slip(get_object_or_404(Slip.objects.visible_to(request.user), pk=pk), by=request.user)
    messages.success(request, "You have accepted the changed date.")
    return redirect(found.milestone.deliverable)
