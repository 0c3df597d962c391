"""Another colour for a value than its target gives it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from contest_portal.access.gate import access
from contest_portal.core.refusal import Refused
from contest_portal.drafts.keeping import form_for, keeps_draft
from strands.figures.known import Known
from strands.figures.measuring import standing_of
from strands.forms.observation import ColourForm
from strands.views.measure import DIRECTORY, seen_version
from strands.views.observation import visible_value
from strands.workflow.colours import ask_for_colour, decide_on_colour, why_not_ask


@access("measure.propose", "GET", "POST")
@keeps_draft("Ask for another colour")
def observation_colour(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_value(request, pk)
    if reason := why_not_ask(found, request.user):
        raise Refused(reason)
    standing = standing_of(found.measure, found.quarter, Known.now())
    form = form_for(request, ColourForm, shown=standing.rag)
    if request.method == "POST" and form.is_valid():
        ask_for_colour(found, **form.cleaned_data, by=request.user)
        messages.success(request, f"Another colour for {found.measure} is asked for. The chair decides.")
        return redirect(found.measure)
    context = {"form": form, "observation": found, "standing": standing}
    return render(request, f"{DIRECTORY}/colour.html", context)


@access("measure.approve", "GET", "POST")
def observation_colour_decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_value(request, pk)
    if request.method == "POST":
        yes = request.POST.get("answer") == "yes"
        made = decide_on_colour(found, yes=yes, seen=seen_version(request), by=request.user)
        said = "is set" if yes else "stays as its target gives it"
        messages.success(request, f"The colour of {made.measure} in {made.quarter.short} {said}.")
        return redirect(made.measure)
    if reason := found.why_not_set_colour(request.user):
        raise Refused(reason)
    standing = standing_of(found.measure, found.quarter, Known.now())
    return render(request, f"{DIRECTORY}/colour_decision.html", {"observation": found, "standing": standing})
