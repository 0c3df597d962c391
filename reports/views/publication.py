from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.core.refusal import Refused
from reports.forms.publication import ErratumForm, PublicationForm, WithdrawalForm
from reports.models import Erratum, Issue, Paper, Publication
from reports.rendering.frozen import compared
from reports.rendering.published import article, opened
from reports.views.paper import tabs
from reports.workflow.publishing import (
    add_erratum,
    due,
    public_document,
    publish_paper,
    publish_word,
    why_late,
    why_not_publish,
    why_not_publish_word,
    withdraw_paper,
)

DIRECTORY = "reports/publication"
BESIDE = ("publication__withdrawal", "publication__word")


@access("paper.issue", "GET", "POST")
def paper_publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what would be published, asks once more, publishes, and then confirms at the same address."""
    issue = _issue(request, pk)
    late = why_late(issue, timezone.localdate())
    form = PublicationForm(request.POST if request.method == "POST" else None, late=late)
    if request.method == "POST" and form.is_valid():
        try:
            made = publish_paper(issue, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            if not late:
                raise
            form.add_error("late_reason", str(refusal).rstrip("."))
        else:
            messages.success(request, f"{made.issue.numbered} is published. Everybody can read it.")
            return redirect("paper_publication", pk)
    context = tabs(issue.paper, request.user) | {
        "issue": issue,
        "form": form,
        "due": due(issue),
        "late": late,
        "document": public_document(issue),
        "why_not": why_not_publish(issue, by=request.user),
        "article": article(opened(issue)) if issue.open_snapshot else "",
    }
    if publication := getattr(issue, "publication", None):
        word = public_document(issue, "docx")
        offered = not why_not_publish_word(publication, by=request.user) and (word is None or word.is_ready)
        context |= {"publication": publication, "word": word, "publishes_word": offered}
    return render(request, f"{DIRECTORY}/publish.html", context)


@access("paper.issue", "POST")
def paper_publication_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a paper whose Word file was not published with it."""
    document = publish_word(get_object_or_404(_published(request), issue__paper=pk), by=request.user)
    return redirect("paper_publication", pk) if document.is_ready else redirect(document)


@access("paper.issue", "GET", "POST")
def paper_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    publication = get_object_or_404(_published(request), issue__paper=pk)
    if why_not := publication.why_not_withdraw(request.user):
        raise Refused(why_not)
    form = WithdrawalForm(request.POST or None, publication=publication, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = withdraw_paper(publication, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("reason", str(refusal).rstrip("."))
        else:
            messages.success(request, f"{publication.issue.numbered} is {made.word.lower()}.")
            return redirect("paper_publication", pk)
    context = tabs(publication.issue.paper, request.user) | {"publication": publication, "form": form}
    return render(request, f"{DIRECTORY}/withdraw.html", context)


@access("paper.issue", "GET", "POST")
def erratum_new(request: HttpRequest, pk: int) -> HttpResponse:
    issue = _issue(request, pk)
    content = issue.open_content if issue.open_snapshot else issue.content
    keys = {head["n"]: head["key"] for head in content["figures"]}
    comparisons = [(keys[line.n], line) for line in compared(content, request.user)]
    form = ErratumForm(request.POST or None, instance=Erratum(issue=issue), comparisons=comparisons)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_erratum(form.save(commit=False), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal).rstrip("."))
        else:
            messages.success(request, f"Erratum {made.number} is published beside the paper.")
            return redirect(issue.paper)
    return render(
        request, f"{DIRECTORY}/erratum.html", tabs(issue.paper, request.user) | {"issue": issue, "form": form}
    )


def _issue(request: HttpRequest, pk: int) -> Issue:
    """Of a paper that this person issues; there is nothing to publish of a draft."""
    own = Paper.objects.visible_to(request.user) & Paper.objects.issuable_by(request.user)
    found = Issue.objects.visible_to(request.user).filter(paper__in=own)
    return get_object_or_404(found.select_related("item", "paper__board", "paper__meeting__board", *BESIDE), paper=pk)


def _published(request: HttpRequest) -> Any:
    own = Paper.objects.visible_to(request.user) & Paper.objects.issuable_by(request.user)
    return (
        Publication.objects.visible_to(request.user)
        .filter(issue__paper__in=own)
        .select_related("issue__item", "issue__paper__board", "withdrawal")
    )
