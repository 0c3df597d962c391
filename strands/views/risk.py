from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.drafts.keeping import form_for, keeps_draft
from strands.forms.risk import RiskChangeForm, RiskForm
from strands.models import Risk
from strands.workflow.risks import add_risk, change_risk

DIRECTORY = "strands/risk"


@access("risk.read")
def risks(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = list(Risk.objects.visible_to(request.user).worst_first())
    context = {
        "rows": [(risk, risk.is_overdue(today)) for risk in rows],
        "may_add": may(request.user, "risk.edit"),
    }
    return render(request, f"{DIRECTORY}/list.html", context)


@access("risk.read")
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Risk.objects.visible_to(request.user).select_related("strand", "borough"), pk=pk)
    context = {
        "risk": found,
        "overdue": found.is_overdue(timezone.localdate()),
        "editable": Risk.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, f"{DIRECTORY}/detail.html", context)


@access("risk.edit", "GET", "POST")
@keeps_draft("Enter a risk")
def risk_new(request: HttpRequest) -> HttpResponse:
    form = form_for(request, RiskForm, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = add_risk(form.instance, by=request.user)
        messages.success(request, f"{made.reference} is entered.")
        return redirect(made)
    return render(request, f"{DIRECTORY}/new.html", {"form": form})


@access("risk.edit", "GET", "POST")
@keeps_draft("Change a risk")
def risk_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Risk.objects.editable_by(request.user), pk=pk)
    form = form_for(request, RiskChangeForm, instance=found)
    if request.method == "POST" and form.is_valid():
        change_risk(form.instance, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{found.reference} is changed. {form.merged_words}".strip())
        return redirect(found)
    status = 409 if form.overtaken else 200
    return render(request, f"{DIRECTORY}/edit.html", {"form": form, "risk": found}, status=status)


@access("risk.read")
def risk_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Risk.objects.visible_to(request.user), pk=pk)
    return render(request, f"{DIRECTORY}/history.html", {"record": found, "changes": changes_of(found)})
