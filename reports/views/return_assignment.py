from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from reports.forms.return_assignment import AssignmentForm, DelegateForm
from reports.models import ReturnAssignment, ReturnDelegate
from reports.workflow.return_assignments import appoint_delegate, save_assignment
from strands.views.as_at import as_at

DIRECTORY = "reports/return_assignment"


@access("return.arrange")
def return_assignments(request: HttpRequest) -> HttpResponse:
    """Who owes a return, and whose delegate approves it."""
    known, bar = as_at(request, ReturnAssignment)
    live = ReturnDelegate.objects.visible_to(request.user).on(known.day).select_related("person")
    rows = ReturnAssignment.objects.visible_to(request.user).on(known.day).select_related("borough")
    with known.of(ReturnAssignment, ReturnDelegate):
        found = list(rows.prefetch_related(Prefetch("borough__return_delegates", live, to_attr="delegates_now")))
    return render(request, f"{DIRECTORY}/list.html", bar | {"assignments": found})


@access("return.arrange", "GET", "POST")
def return_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    rows = ReturnAssignment.objects.editable_by(request.user).select_related("borough")
    found = get_object_or_404(rows, pk=pk)
    form = AssignmentForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        save_assignment(form.instance, by=request.user)
        messages.success(request, f"The returns of {found.borough} are arranged so from the next one on.")
        return redirect("return_assignments")
    delegates = ReturnDelegate.objects.visible_to(request.user).filter(borough=found.borough_id)
    context = {"form": form, "assignment": found, "delegates": delegates.select_related("person", "appointed_by")}
    return render(request, f"{DIRECTORY}/edit.html", context)


@access("return.arrange", "GET", "POST")
def return_delegate_new(request: HttpRequest, pk: int) -> HttpResponse:
    rows = ReturnAssignment.objects.editable_by(request.user).select_related("borough")
    found = get_object_or_404(rows, pk=pk)
    form = DelegateForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        appoint_delegate(found.borough, by=request.user, **form.cleaned_data)
        messages.success(request, f"{form.cleaned_data['person']} approves returns of {found.borough} in that time.")
        return redirect(found)
    return render(request, f"{DIRECTORY}/delegate.html", {"form": form, "assignment": found})
