from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.core.markings import Marking
from contest_portal.core.refusal import Refused
from reports.forms.return_decision import OnBehalfForm
from reports.forms.return_texts import SubmittingForm
from reports.models import QuarterlyReturn, ReturnStatus
from reports.models.return_content import hash_now
from reports.rendering.return_checks import warnings_of
from reports.views.quarterly_return import context_of, page_of
from reports.workflow.return_writing import submit_return, submit_return_for


@access("return.submit", "GET", "POST")
def return_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what will be submitted, submits it, and then confirms at the same address."""
    found = get_object_or_404(QuarterlyReturn.objects.submittable_by(request.user), pk=pk)
    page = page_of(request, pk, corrects=found.is_unlocked_for(request.user))
    if request.method == "GET" and found.status == ReturnStatus.SUBMITTED:
        context = context_of(page, marking=Marking.OFFICIAL)
        return render(request, "reports/quarterly_return/confirmation.html", context)
    if reason := found.why_not_submit(request.user):
        raise Refused(reason)
    form = SubmittingForm(request.POST or None, warnings=warnings_of(page.findings))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data.get("note", "")
        submit_return(found, seen=request.POST.get("seen", ""), checked=form.checked, note=note, by=request.user)
        return redirect("return_submission", pk)
    context = context_of(page, form=form, seen=hash_now(page.quarterly_return, page.all_lines))
    return render(request, "reports/quarterly_return/check.html", context)


@access("return.arrange", "GET", "POST")
def return_submission_for(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for somebody who cannot: as the borough wrote it, with both names."""
    found = get_object_or_404(QuarterlyReturn.objects.arranged_by(request.user), pk=pk)
    if reason := found.why_not_submit_for(request.user):
        raise Refused(reason)
    page = page_of(request, pk)
    form = OnBehalfForm(request.POST or None, quarterly_return=found)
    if request.method == "POST" and form.is_valid():
        submit_return_for(found, seen=request.POST.get("seen", ""), by=request.user, **form.cleaned_data)
        return redirect(found)
    context = context_of(page, form=form, seen=hash_now(page.quarterly_return, page.all_lines))
    return render(request, "reports/quarterly_return/check.html", context)
