from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.core.refusal import Refused
from reports.forms.clearance import AnswerForm, ApprovalForm, ClearanceForm
from reports.models import Clearance, Paper
from reports.models.paper_words import words_sha256
from reports.rendering.clearances import approval_for, lines_for
from reports.rendering.composition import composed
from reports.rendering.renditions import seen_by
from reports.rendering.twin import Twin, live_address
from reports.views.paper import paper_to_change, tabs
from reports.workflow.approving import (
    decide_on_paper,
    is_late,
    propose_paper,
    unsettled,
    why_not_approve,
    why_not_propose,
)
from reports.workflow.clearing import answer_clearance, ask_again, ask_for_clearance, call_off, why_not_ask
from reports.workflow.reading import record_reading

DIRECTORY = "reports/clearance"


@access("paper.read")
def paper_clearance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was asked, what was answered, and what is still to settle, as far as it is this person's to read."""
    found = _in_the_making(request, pk)
    record_reading(found, "read clearance", by=request.user)
    lines = lines_for(found, request.user)
    context = tabs(found, request.user) | {
        "lines": lines,
        "own": [line for line in lines if not line.clearance.why_not_answer(request.user)],
        "approval": approval_for(found, request.user),
        "unsettled": unsettled(found) if found.is_draft else [],
        "askable": not why_not_ask(found, by=request.user),
        "why_not_propose": why_not_propose(found, by=request.user),
        "decides": not why_not_approve(found, by=request.user),
        "today": timezone.localdate(),
    }
    return render(request, f"{DIRECTORY}/list.html", context)


@access("paper.draft", "GET", "POST")
def clearance_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = paper_to_change(request, pk)
    if reason := why_not_ask(found, by=request.user):
        raise Refused(reason)
    form = ClearanceForm(request.POST or None, paper=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_for_clearance(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("person", str(refusal).rstrip("."))
        else:
            messages.success(request, f"{made.get_office_display()} is asked, and can read the draft from now on.")
            return redirect("paper_clearance", pk)
    return render(request, f"{DIRECTORY}/new.html", tabs(found, request.user) | {"form": form})


@access("paper.draft", "POST")
def clearance_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = paper_to_change(request, pk)
    if reason := why_not_ask(found, by=request.user):
        raise Refused(reason)
    made = ask_again(found, by=request.user)
    words = f"{len(made)} asked again." if made else "Nobody has to be asked again."
    messages.success(request, words)
    return redirect("paper_clearance", pk)


@access("paper.draft", "POST")
def clearance_removal(request: HttpRequest, pk: int, clearance: int) -> HttpResponse:
    found = paper_to_change(request, pk)
    rows = Clearance.objects.visible_to(request.user).filter(paper=found)
    call_off(get_object_or_404(rows, pk=clearance), by=request.user)
    messages.success(request, "It is called off.")
    return redirect("paper_clearance", pk)


@access("paper.clear", "GET", "POST")
def clearance(request: HttpRequest, pk: int, clearance: int) -> HttpResponse:
    """The draft as it is now, and the one answer to it."""
    paper = get_object_or_404(Paper.objects.visible_to(request.user).in_full(), pk=pk)
    own = Clearance.objects.visible_to(request.user).filter(paper=paper, person=request.user)
    found = get_object_or_404(own, pk=clearance)
    if why_not := found.why_not_answer(request.user):
        if request.method == "POST":
            raise Refused(why_not)
        return redirect("paper_clearance", pk)
    record_reading(paper, "read", by=request.user)
    form = AnswerForm(request.POST or None, initial={"seen": words_sha256(paper)})
    if request.method == "POST" and form.is_valid():
        made = answer_clearance(found, by=request.user, **form.cleaned_data)
        messages.success(request, f"You have answered: {made.state.label.lower()}.")
        return redirect("paper_clearance", pk)
    context = _read(paper, request.user) | {"form": form, "clearance": found}
    return render(request, f"{DIRECTORY}/answer.html", context)


@access("paper.issue", "POST")
def approval_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    own = Paper.objects.visible_to(request.user) & Paper.objects.issuable_by(request.user)
    propose_paper(get_object_or_404(own.in_full(), pk=pk), by=request.user)
    messages.success(request, "It is proposed for the agenda. The chair decides.")
    return redirect("paper_clearance", pk)


@access("paper.draft.read", "GET", "POST")
def paper_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair reads and decides; others who follow its making are led to where it stands."""
    found = _in_the_making(request, pk)
    if why_not := why_not_approve(found, by=request.user):
        if request.method == "POST":
            raise Refused(why_not)
        return redirect("paper_clearance", pk)
    record_reading(found, "read", by=request.user)
    late = is_late(found)
    form = ApprovalForm(request.POST or None, late=late, initial={"seen": words_sha256(found)})
    if request.method == "POST" and form.is_valid():
        try:
            made = decide_on_paper(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("urgency" if late else None, str(refusal).rstrip("."))
        else:
            messages.success(request, f"{made.state.label}. The secretary is told.")
            return redirect("paper_clearance", pk)
    lines = lines_for(found, request.user)
    context = _read(found, request.user) | {"form": form, "late": late, "lines": lines, "short": True}
    return render(request, f"{DIRECTORY}/approval.html", context)


def _in_the_making(request: HttpRequest, pk: int) -> Paper:
    """For those who follow how a paper is made, and for whoever was asked to clear it."""
    asked = Clearance.objects.visible_to(request.user).filter(person=request.user)
    rows = Paper.objects.visible_to(request.user)
    found = get_object_or_404(rows.in_full(), pk=pk)
    follows = Paper.objects.visible_to(request.user) & Paper.objects.drafting_read_by(request.user)
    if not (follows.filter(pk=pk).exists() or asked.filter(paper=pk).exists()):
        raise Http404
    return found


def _read(paper: Paper, user: Any) -> dict[str, Any]:
    """The paper as this person reads it, with nothing to change on it."""
    content, _ = composed(seen_by(paper, user))
    return tabs(paper, user) | {"twin": Twin(content, live_address(content)), "editable": False}
