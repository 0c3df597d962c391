from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.core.refusal import Refused
from reports.forms.return_decision import ExcuseForm, UnlockOneForm
from reports.models import QuarterlyReturn, ReturnStatus
from reports.workflow.returns import ask_again, excuse_return, unlock_return

FORM = "reports/quarterly_return/arranging.html"


@access("return.arrange", "GET", "POST")
def return_excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Excuse it for its quarter; of one that is excused, ask again."""
    rows = QuarterlyReturn.objects.arranged_by(request.user).select_related("borough")
    found = get_object_or_404(rows, pk=pk)
    if found.status == ReturnStatus.EXCUSED and request.method == "POST":
        ask_again(found, by=request.user)
        return redirect(found)
    if found.status == ReturnStatus.EXCUSED:
        return render(request, "reports/quarterly_return/excused.html", {"quarterly_return": found})
    if reason := found.why_not_excuse(request.user):
        raise Refused(reason)
    form = ExcuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        excuse_return(found, by=request.user, **form.cleaned_data)
        return redirect(found)
    context = {"quarterly_return": found, "form": form, "title": "Excuse this return", "act": "Excuse it"}
    return render(request, FORM, context)


@access("return.arrange", "GET", "POST")
def return_unlocking(request: HttpRequest, pk: int) -> HttpResponse:
    rows = QuarterlyReturn.objects.arranged_by(request.user).select_related("borough")
    found = get_object_or_404(rows, pk=pk)
    if reason := found.why_not_unlock(request.user):
        raise Refused(reason)
    form = UnlockOneForm(request.POST or None, quarterly_return=found)
    if request.method == "POST" and form.is_valid():
        unlocking = unlock_return(found, by=request.user, **form.cleaned_data)
        messages.success(request, f"{unlocking.person} may correct this return until {unlocking.ends:%-d %B %Y}.")
        return redirect(found)
    context = {"quarterly_return": found, "form": form, "title": "Open this return for a correction", "act": "Open it"}
    return render(request, FORM, context)
