from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from boroughs.models import Borough
from contest_portal.access.gate import access
from contest_portal.core.quarters import Quarter
from contest_portal.drafts.keeping import form_for, keeps_draft
from contest_portal.ui.quarter import QuarterForm
from strands.figures.by_borough import applies, lines_of, sentence
from strands.figures.known import Known
from strands.figures.standing import version_for
from strands.forms.borough_target import BoroughTargetsForm
from strands.models import Measure, MeasureVersion
from strands.views.as_at import as_at
from strands.views.measure import DIRECTORY, quarter_of
from strands.workflow.borough_targets import seen_of, set_borough_targets


@access("measure.read")
def borough_targets(request: HttpRequest, code: str) -> HttpResponse:
    """What the log says of each borough in a quarter, beside the borough's target."""
    found = get_object_or_404(Measure.objects.visible_to(request.user).select_related("strand"), code=code)
    known, bar = as_at(request)
    quarter = quarter_of(request, known.day)
    version = _version(request, found, quarter, known)
    lines = lines_of(version, quarter, Borough.objects.visible_to(request.user), known)
    context = bar | {
        "measure": found,
        "version": version,
        "quarter": quarter,
        "form": QuarterForm(quarter),
        "lines": lines,
        "sentence": sentence(lines),
        "editable": not known.is_past and Measure.objects.proposed_by(request.user).filter(pk=found.pk).exists(),
    }
    return render(request, f"{DIRECTORY}/boroughs.html", context)


def _version(request: HttpRequest, found: Measure, quarter: Quarter, known: Known) -> MeasureVersion:
    """The one that held in the quarter, where it is published by borough."""
    rows: Iterable[MeasureVersion]
    if known.is_past:
        rows = known.versions([found])
    else:
        rows = MeasureVersion.objects.visible_to(request.user).filter(measure=found).select_related("measure")
    version = version_for(rows, quarter)
    if version is None or not applies(version):
        raise Http404
    return version


@access("measure.propose", "GET", "POST")
@keeps_draft("Set targets of boroughs")
def borough_targets_edit(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Measure.objects.proposed_by(request.user), code=code)
    quarter = quarter_of(request)
    version = _version(request, found, quarter, Known.now())
    now: dict[str, Any] = dict(version.borough_targets.filter(quarter=quarter).values_list("borough", "value"))
    boroughs = list(Borough.objects.visible_to(request.user))
    form = form_for(request, BoroughTargetsForm, boroughs=boroughs, now=now, seen=seen_of(version, quarter))
    back = f"{reverse('borough_targets', args=[code])}?quarter={quarter.key}"
    if request.method == "POST" and form.is_valid():
        set_borough_targets(version, quarter, form.targets, seen=form.cleaned_data["seen"], by=request.user)
        messages.success(request, f"The targets of boroughs for {quarter.short} are saved.")
        return redirect(back)
    context = {"form": form, "measure": found, "version": version, "quarter": quarter, "back": back}
    return render(request, f"{DIRECTORY}/boroughs_edit.html", context)
