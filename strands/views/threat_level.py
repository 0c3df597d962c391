from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from strands.forms.threat_level import ThreatLevelChangeForm, ThreatLevelForm
from strands.models import ThreatLevel
from strands.views.as_at import as_at
from strands.workflow.threat_levels import change_threat_level, follow_threat_level


@access("reference.read")
def threat_levels(request: HttpRequest) -> HttpResponse:
    known, bar = as_at(request, ThreatLevel)
    found = ThreatLevel.objects.visible_to(request.user)
    with known.of(ThreatLevel):
        rows, schemes = list(found.order_by("-starts")), list(found.schemes())
    page = bar | {
        "schemes": [(scheme, [row for row in rows if row.scheme == scheme]) for scheme in schemes],
        "may_change": may(request.user, "reference.apply") and not known.is_past,
    }
    return render(request, "reference/threat_level/list.html", page)


@access("reference.apply", "GET", "POST")
def threat_level_new(request: HttpRequest) -> HttpResponse:
    schemes = ThreatLevel.objects.editable_by(request.user).filter(ends=None).schemes()
    form = ThreatLevelForm(request.POST or None, schemes=schemes)
    if request.method == "POST" and form.is_valid():
        made = follow_threat_level(form.instance, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{made} {made.dates_in_words} has been added")
        return redirect("threat_levels")
    return render(request, "reference/threat_level/new.html", {"form": form})


@access("reference.apply", "GET", "POST")
def threat_level_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ThreatLevel.objects.editable_by(request.user), pk=pk)
    form = ThreatLevelChangeForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        changed = change_threat_level(form.instance, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"It is now {changed} {changed.dates_in_words}")
        return redirect("threat_levels")
    return render(request, "reference/threat_level/edit.html", {"form": form, "threat_level": found})


@access("reference.read")
def threat_level_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ThreatLevel.objects.visible_to(request.user), pk=pk)
    return render(request, "reference/threat_level/history.html", {"record": found, "changes": changes_of(found)})
