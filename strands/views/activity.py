from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.audit.changes import changes_of
from strands import rendering
from strands.forms.activity import ChangeForm, LogForm
from strands.kinds import KINDS
from strands.models import (
    Activity,
    ActivityFunding,
    ActivityObjective,
    ActivityOpening,
    ActivityPartner,
    ActivityShare,
    ActivityStrand,
)
from strands.workflow.logging import change_activity, log_activity
from strands.workflow.reading import record_reading

PARTS = [
    (model, "activity_id")
    for model in (ActivityShare, ActivityFunding, ActivityObjective, ActivityPartner, ActivityStrand, ActivityOpening)
]

# Who, when and why stand above each change; the rest is the portal's own affair.
SAID_ALREADY = ("logged_by", "logged_at", "changed_at", "form_key", "opened_by", "opened_at", "closed_by", "reason")


@access("activity.log", "GET", "POST")
def activity_new(request: HttpRequest) -> HttpResponse:
    form = LogForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        logged = log_activity(form.entry(), form_key=form.cleaned_data["form_key"], by=request.user)
        messages.success(request, f"“{logged.title}” is logged as {logged.reference}. It counts in {logged.quarter}.")
        return redirect(logged)
    return render(request, "strands/activity/new.html", {"form": form, "kinds": KINDS.values()})


@access("activity.list")
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Activity.objects.visible_to(request.user).in_full(), pk=pk)
    in_full = found.read_in_full_by(request.user)
    record_reading([found], "read", by=request.user)
    context = {
        "activity": found,
        "in_full": in_full,
        "editable": found.editable_by(request.user),
        "face": rendering.face(found),
        "detail": rendering.detail(found) if in_full else [],
        "readers": rendering.readers(found),
        "withheld": rendering.withheld(found),
        "marking": found.marking,
    }
    return render(request, "strands/activity/detail.html", context)


@access("activity.log", "GET", "POST")
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    form = ChangeForm(request.POST if request.method == "POST" else None, instance=found, user=request.user)
    if form.is_valid():
        given = form.cleaned_data
        change_activity(found, form.entry(), version=given["version"], reason=given["reason"], by=request.user)
        words = f"{found.reference} is changed. Its history shows what and why. {form.merged_words}"
        messages.success(request, words.strip())
        return redirect(found)
    record_reading([found], "read to change", by=request.user)
    status = 409 if form.overtaken else 200
    context = {"form": form, "activity": found, "kinds": KINDS.values(), "marking": found.marking}
    return render(request, "strands/activity/edit.html", context, status=status)


@access("activity.list")
def activity_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Activity.objects.read_in_full_by(request.user), pk=pk)
    record_reading([found], "read history", by=request.user)
    changes = changes_of(found, parts=PARTS, without=SAID_ALREADY)
    context = {"record": found, "changes": changes, "marking": found.marking}
    return render(request, "strands/activity/history.html", context)
