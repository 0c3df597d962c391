from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from reports.forms.acronym import AcronymForm
from reports.models import Acronym
from reports.workflow.acronyms import save_acronym

DIRECTORY = "reports/acronym"


@access("reference.read")
def acronyms(request: HttpRequest) -> HttpResponse:
    context = {
        "rows": Acronym.objects.visible_to(request.user),
        "today": timezone.localdate(),
        "may_change": may(request.user, "acronym.edit"),
    }
    return render(request, f"{DIRECTORY}/list.html", context)


@access("acronym.edit", "GET", "POST")
def acronym_new(request: HttpRequest) -> HttpResponse:
    return _save(request, Acronym(), "Add an acronym")


@access("acronym.edit", "GET", "POST")
def acronym_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _save(request, get_object_or_404(Acronym.objects.editable_by(request.user), pk=pk), "Change an acronym")


@access("reference.read")
def acronym_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Acronym.objects.visible_to(request.user), pk=pk)
    return render(request, f"{DIRECTORY}/history.html", {"record": found, "changes": changes_of(found)})


def _save(request: HttpRequest, acronym: Acronym, act: str) -> HttpResponse:
    form = AcronymForm(request.POST or None, instance=acronym)
    if request.method == "POST" and form.is_valid():
        saved = save_acronym(form.save(commit=False), reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"“{saved}” is in the list.")
        return redirect("acronyms")
    return render(request, f"{DIRECTORY}/edit.html", {"form": form, "act": act})
