from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from contest_portal.access.gate import access
from contest_portal.core.refusal import Refused
from contest_portal.drafts.keeping import form_for, keeps_draft
from reports.forms.return_decision import SendBackForm
from reports.views.quarterly_return import context_of, page_of
from reports.workflow.return_decisions import accept_return, send_back_return


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
    form = form_for(request, SendBackForm, page=page)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        send_back_return(found, reason=reason, lines=form.at_lines, answers=form.at_answers, by=request.user)
        return redirect(found)
    context = context_of(page, form=form)
    return render(request, "reports/quarterly_return/sending_back.html", context)
