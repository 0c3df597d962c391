from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.core.refusal import Refused
from contest_portal.drafts.keeping import form_for, keeps_draft
from strands.figures.from_log import proposed
from strands.figures.standing import in_words, is_withheld, moves_few
from strands.forms.observation import CommentaryForm, ObservationForm
from strands.models import Measure, Observation
from strands.views.measure import DIRECTORY, quarter_of
from strands.workflow.observing import (
    approve_observation,
    check_observation,
    explain,
    record_check,
    supply,
    why_not_comment_on,
)


@access("measure.enter", "GET", "POST")
def observation_new(request: HttpRequest, code: str) -> HttpResponse:
    """A value of a quarter, typed or as the log proposes it."""
    found = get_object_or_404(Measure.objects.entered_by(request.user), code=code)
    version = found.versions.settled().first()
    if version is None:
        raise Http404
    quarter = quarter_of(request)
    proposal = proposed(version.source, quarter)
    initial = {"quarter": quarter.key}
    form = ObservationForm(request.POST or None, version=version, proposal=proposal, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = supply(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("reason" if "corrected" in str(refusal) else "quarter", str(refusal).rstrip("."))
        else:
            messages.success(request, f"The value of {found} for {made.quarter.short} is saved.")
            return redirect(found)
    context = {"form": form, "measure": found, "version": version, "proposal": proposal, "quarter": quarter}
    return render(request, f"{DIRECTORY}/observation.html", context)


def visible_value(request: HttpRequest, pk: int) -> Observation:
    rows = Observation.objects.visible_to(request.user).select_related("measure", "measure_version__measure")
    return get_object_or_404(rows, pk=pk)


@access("measure.check", "GET", "POST")
def observation_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The number as it was entered, to be compared with its source. A small one is shown here and nowhere else."""
    found = visible_value(request, pk)
    if request.method == "POST":
        found = check_observation(found, by=request.user)
        words = f"The value of {found.measure} is checked, and provisional until the chair approves it."
        messages.success(request, words)
        return redirect(found.measure)
    if reason := found.why_not_check(request.user):
        raise Refused(reason)
    record_check(found, by=request.user)
    revisions = Observation.objects.visible_to(request.user).filter(measure=found.measure, quarter=found.quarter)
    context = {
        "observation": found,
        "words": in_words(found),
        "withheld": is_withheld(found),
        "moves_few": moves_few(found, revisions.select_related("measure_version")),
    }
    return render(request, f"{DIRECTORY}/check.html", context)


@access("measure.approve", "POST")
def observation_approval(request: HttpRequest, pk: int) -> HttpResponse:
    found = approve_observation(visible_value(request, pk), by=request.user)
    messages.success(request, f"The value of {found.measure} for {found.quarter.short} is final.")
    return redirect(found.measure)


@access("measure.enter", "GET", "POST")
@keeps_draft("Commentary on a measure")
def observation_commentary(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_value(request, pk)
    if reason := why_not_comment_on(found, request.user):
        raise Refused(reason)
    form = form_for(request, CommentaryForm, initial={"commentary": found.commentary})
    if request.method == "POST" and form.is_valid():
        explain(found, form.cleaned_data["commentary"], by=request.user)
        messages.success(request, "The commentary is saved.")
        return redirect(found.measure)
    return render(request, f"{DIRECTORY}/commentary.html", {"form": form, "observation": found})
