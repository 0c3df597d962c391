from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boards.models import Board, Meeting
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.core.markings import highest
from contest_portal.core.refusal import Refused
from contest_portal.drafts.keeping import form_for, keeps_draft
from reports.forms.paper import PaperDetailsForm, PaperFilter, PaperForm, StartForm
from reports.forms.prose import prose_figures
from reports.models import (
    Approval,
    Block,
    Clearance,
    Document,
    Erratum,
    ExemptCell,
    Issue,
    Paper,
    Promise,
    Publication,
    Rendition,
)
from reports.rendering.composition import composed
from reports.rendering.ended import banner_of, banners
from reports.rendering.findings import open_remarks
from reports.rendering.frozen import compared
from reports.rendering.margin import margins_of
from reports.rendering.remarks import remarks_on
from reports.rendering.renditions import open_paper, seen_by
from reports.rendering.said_of_draft import talk_words
from reports.rendering.twin import Twin, issued_address, live_address
from reports.workflow.block_comments import why_not_comment
from reports.workflow.issuing import why_not_issue
from reports.workflow.papers import create_paper, save_paper, start_paper
from reports.workflow.reading import hidden_fields, never_exempt, record_reading
from strands.views.as_at import as_at

PER_PAGE = 25


@access("paper.read")
def papers(request: HttpRequest) -> HttpResponse:
    known, bar = as_at(request, Paper)
    found = Paper.objects.visible_to(request.user)
    if known.is_past:
        found = found.filter(pk__in=list(found.known_again_by(request.user, known.until).values_list("pk", flat=True)))
    with known.of(Paper, Issue, Meeting, Board, stricter=True):
        rows = found.marked_for(request.user).listed()
        chosen = PaperFilter(request.GET, queryset=rows, request=request)
        page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
        page.object_list = list(page.object_list)
        ended = banners((paper.board for paper in page), known.day)
        for paper in page:
            paper.ended = ended.get(paper.board_id, "")
        context = bar | {
            "filter": chosen,
            "page": page,
            "marking": highest(paper.shown_marking for paper in page),
            "may_draft": may(request.user, "paper.draft") and not known.is_past,
        }
        return render(request, "reports/paper/list.html", context)


@access("paper.draft", "GET", "POST")
def paper_new(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name) for name in ("meeting", "board", "dated")}
    form = PaperForm(request.POST or None, user=request.user, initial=asked)
    if form.is_valid():
        paper = create_paper(**form.cleaned_data, by=request.user)
        messages.success(request, "The draft is made, with a first text from the figures of the quarter.")
        return redirect(paper)
    return render(request, "reports/paper/new.html", {"form": form})


@access("paper.draft", "GET", "POST")
def paper_start(request: HttpRequest) -> HttpResponse:
    """The report on a quarter, written in full from what is recorded, at one press."""
    form = StartForm(request.POST or None, user=request.user, initial={"meeting": request.GET.get("meeting")})
    if form.is_valid():
        paper = start_paper(**form.cleaned_data, by=request.user)
        messages.success(request, "The draft is written from what is recorded. Read it, and say what the numbers mean.")
        return redirect(paper)
    return render(request, "reports/paper/start.html", {"form": form})


@access("paper.read")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft with live figures, or the issued paper from its snapshot and nothing else.

    Each as far as this person reads it; who reads the whole may look at what the public will."""
    found = get_object_or_404(Paper.objects.visible_to(request.user).in_full(), pk=pk)
    record_reading(found, "read", by=request.user)
    public = request.GET.get("version") == Rendition.PUBLIC and found.is_open and found.has_exempt
    context_of = draft_context if found.is_draft else issued_context
    context = context_of(found, request.user, public=public) | {"public": public}
    if public:
        context |= {"editable": False, "marking": found.open_marking}
    return render(request, f"reports/paper/{found.status}.html", context)


def draft_context(found: Paper, user: Any, *, public: bool) -> dict[str, Any]:
    source = open_paper(found) if public else seen_by(found, user)
    content, named = composed(source)
    remarks = [*remarks_on(source), *open_remarks(found, user, source, named)]
    shapes = [] if public else found.template.sections
    promised = {str(each.block_id): each for each in Promise.objects.visible_to(user).filter(block__paper=found)}
    margins = {} if public else margins_of(found, source, named, user)
    talk = {} if public else talk_words(found, user)
    return tabs(found, user) | {
        "twin": Twin(content, live_address(content), remarks, shapes, margins, talk, promised),
        "may_comment": not why_not_comment(found, user),
        "stopping": sum(remark.stops for remark in remarks),
        "why_not": why_not_issue(found, by=user),
        "exempting": found.takes_exempt_from(user),
    }


def tabs(found: Paper, user: Any) -> dict[str, Any]:
    """What every page of one paper shows around its content: where this person can go from here."""
    return {
        "paper": found,
        "editable": not found.why_not_edit(user),
        "issuable": found.is_draft and found.issuable_by(user),
        "history_readable": (follows := Paper.objects.drafting_read_by(user).filter(pk=found.pk).exists()),
        "clearance_readable": follows or Clearance.objects.visible_to(user).filter(paper=found).exists(),
        "two_versions": found.has_exempt and found.is_open and found.is_whole_for(user),
        "marking": found.marking_for(user),
    }


def issued_context(found: Paper, user: Any, *, public: bool) -> dict[str, Any]:
    content = found.issue.open_content if public else found.issue.content_for(user)
    comparisons = compared(content, user)
    documents = Document.objects.visible_to(user).filter(issue=found.issue).order_by("format", "rendition")
    return tabs(found, user) | {
        "issue": found.issue,
        "ended": banner_of(found.board, timezone.localdate()),
        "twin": Twin(content, issued_address(found.pk)),
        "documents": documents,
        "has_word": any(each.is_word and each.rendition == content.get("rendition") for each in documents),
        "errata": Erratum.objects.visible_to(user).filter(issue=found.issue),
        "publication": Publication.objects.visible_to(user).filter(issue=found.issue).first(),
        "publishable": found.is_open and found.issuable_by(user),
        "comparisons": comparisons,
        "changed": sum(comparison.differs for comparison in comparisons),
        "changed_tag": "Revised",
    }


@access("paper.draft", "GET", "POST")
@keeps_draft("Title and summary of a paper")
def paper_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = paper_to_change(request, pk)
    form = form_for(request, PaperDetailsForm, instance=found, user=request.user)
    if form.is_valid():
        save_paper(form.save(commit=False), by=request.user)
        messages.success(request, "The details of the paper are saved.")
        return redirect(found)
    context = tabs(found, request.user) | {"form": form, "figure_keys": prose_figures(found.quarter)}
    return render(request, "reports/paper/edit.html", context)


@access("paper.read")
def paper_history(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Paper.objects.visible_to(request.user) & Paper.objects.drafting_read_by(request.user)
    found = get_object_or_404(visible.in_full(), pk=pk)
    # Position is where it stands; what it rested on is shown in the margin, and is not a change that anybody made. What
    # was answered to it is read where it was given: lines_for says by whom.
    quiet = ["position", "rested_on", "summary_rested_on", "words", "figures", "sha256"]
    about: dict[str, Any] = {"without": quiet}
    if not found.takes_exempt_from(request.user):
        about = {"without": [*quiet, *hidden_fields(found), "reason"], "only": {Block: never_exempt(found)}}
    parts: list[Any] = [(Block, "paper_id"), (Clearance, "paper_id"), (Approval, "paper_id")]
    parts += [(ExemptCell, "paper_id")] if found.takes_exempt_from(request.user) else []
    changes = changes_of(found, parts=parts, **about)
    context = {"record": found, "changes": changes, "marking": found.marking_for(request.user)}
    return render(request, "audit/history.html", context)


def paper_to_change(request: HttpRequest, pk: int) -> Paper:
    """A paper that the person may see: not there, if not; refused in a sentence, if it cannot be changed."""
    found = get_object_or_404(Paper.objects.visible_to(request.user).in_full(), pk=pk)
    if reason := found.why_not_edit(request.user):
        raise Refused(reason)
    return found
