from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from contest_portal.access.gate import access
from reports.forms.finding import AcceptanceForm
from reports.rendering.findings import judged_by
from reports.views.paper import paper_to_change
from reports.workflow.accepting import accept_finding


@access("paper.draft", "GET", "POST")
def finding_acceptance(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """One that this person can see and that nobody has accepted."""
    paper = paper_to_change(request, pk)
    found = next((each for each in judged_by(paper, request.user) if each.finding.digest == digest), None)
    if found is None or not found.is_open:
        raise Http404
    form = AcceptanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accept_finding(paper, found.finding, by=request.user, **form.cleaned_data)
        messages.success(request, "It is accepted as it is, under your name.")
        return redirect("paper_check", pk)
    context = {"paper": paper, "finding": found.finding, "form": form, "marking": paper.marking_for(request.user)}
    return render(request, "reports/paper/acceptance.html", context)
