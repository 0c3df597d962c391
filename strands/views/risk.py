from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.as_at import as_it_was
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.drafts.keeping import form_for, keeps_draft
from strands.forms.risk import RiskChangeForm, RiskForm
from strands.models import Risk
from strands.views.as_at import as_at
from strands.workflow.risks import add_risk, change_risk

DIRECTORY = "strands/risk"


@access("risk.read")
def risks(request: HttpRequest) -> HttpResponse:
    known, bar = as_at(request, Risk)
    found = Risk.objects.visible_to(request.user).worst_first()
    seen_today = set(found.values_list("pk", flat=True)) if known.is_past else set()
    with known.of(Risk):
        rows = [risk for risk in found if not known.is_past or risk.pk in seen_today]
    context = bar | {
        "rows": [(risk, risk.is_overdue(known.day)) for risk in rows],
        "may_add": may(request.user, "risk.edit") and not known.is_past,
    }
    return render(request, f"{DIRECTORY}/list.html", context)


@access("risk.read")
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    known, bar = as_at(request)
    rows = Risk.objects.visible_to(request.user).select_related("strand", "borough")
    found = as_it_was(rows, known, known.of(Risk), pk=pk)
    context = bar | {
        "risk": found,
        "overdue": found.is_overdue(known.day),
        "editable": not known.is_past and Risk.objects.editable_by(request.user).filter(pk=pk).exists(),
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
