from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.core.markings import Marking
from contest_portal.core.refusal import Refused
from contest_portal.drafts.keeping import form_for, keeps_draft
from reports.forms.return_decision import SendBackForm
from reports.forms.return_texts import SubmittingForm
from reports.models import QuarterlyReturn, ReturnStatus
from reports.models.return_content import hash_now
from reports.rendering.return_checks import warnings_of
from reports.views.quarterly_return import context_of, page_of
from reports.workflow.return_decisions import accept_return, send_back_return
from reports.workflow.returns import submit_return


@access("return.submit", "GET", "POST")
def return_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what will be submitted, submits it, and then confirms at the same address."""
    found = get_object_or_404(QuarterlyReturn.objects.submittable_by(request.user), pk=pk)
    page = page_of(request, pk)
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


@access("return.accept", "GET", "POST")
def return_acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepting cannot be undone, so it asks on a page of its own."""
    page = page_of(request, pk)
    found = page.quarterly_return
    if request.method == "POST":
        accept_return(found, seen=request.POST.get("seen", ""), by=request.user)
        return redirect(found)
    if reason := found.why_not_accept(request.user):
        raise Refused(reason)
    return render(request, "reports/quarterly_return/acceptance.html", context_of(page, seen=found.content_hash))


@access("return.send_back", "GET", "POST")
@keeps_draft("Send a return back")
def return_sending_back(request: HttpRequest, pk: int) -> HttpResponse:
    page = page_of(request, pk)
    found = page.quarterly_return
    if reason := found.why_not_send_back(request.user):
        raise Refused(reason)
    form = form_for(request, SendBackForm)
    if request.method == "POST" and form.is_valid():
        send_back_return(found, reason=form.cleaned_data["reason"], by=request.user)
        return redirect(found)
    context = context_of(page, form=form, marking=Marking.OFFICIAL)
    return render(request, "reports/quarterly_return/sending_back.html", context)
