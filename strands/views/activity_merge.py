"""An activity that was logged twice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.core.markings import highest
from strands.forms.merging import MergeForm, PartForm
from strands.models import Activity
from strands.workflow.merging import merge_activities, part_activity, why_not_merge
from strands.workflow.reading import record_reading


@access("activity.log")
def activity_twins(request: HttpRequest, pk: int) -> HttpResponse:
    """Those that it may be the same as."""
    found = get_object_or_404(Activity.objects.editable_by(request.user).with_face(), pk=pk)
    first, last = found.days_alike
    boroughs = [share.borough_id for share in found.shares.all()]
    others = Activity.objects.editable_by(request.user).exclude(pk=pk).with_face()
    alike = list(others.alike(found.title, first, last, boroughs))
    record_reading([found, *alike], "read", by=request.user)
    context = {"activity": found, "alike": alike, "marking": highest(each.marking for each in [found, *alike])}
    return render(request, "strands/activity/twins.html", context)


@access("activity.log", "GET", "POST")
def activity_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    own = Activity.objects.editable_by(request.user).in_full()
    kept, twin = get_object_or_404(own, pk=pk), get_object_or_404(own, pk=other)
    refusal = why_not_merge(kept, twin)
    form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, other=twin, user=request.user)
    if not refusal and form.is_valid():
        reason = form.cleaned_data["reason"]
        merge_activities(kept, twin, form.entry(), versions=form.seen(), reason=reason, by=request.user)
        messages.success(request, f"{twin.reference} is merged into {kept.reference}, which alone counts now.")
        return redirect(kept)
    record_reading([kept, twin], "read to merge", by=request.user)
    marking = highest([kept.marking, twin.marking])
    context = {"form": form, "kept": kept, "other": twin, "refusal": refusal, "marking": marking}
    return render(request, "strands/activity/merge.html", context)


@access("activity.log", "GET", "POST")
def activity_apart(request: HttpRequest, pk: int) -> HttpResponse:
    merged = get_object_or_404(Activity.objects.merged_by(request.user).select_related("merged_into"), pk=pk)
    form = PartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        part_activity(merged, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{merged.reference} counts by itself again.")
        return redirect(merged)
    return render(request, "strands/activity/apart.html", {"form": form, "activity": merged, "marking": merged.marking})
