from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.drafts.keeping import form_for, keeps_draft
from reports.figures import FIGURES
from reports.forms.block import LONGEST_TEXT, BlockForm
from reports.forms.picking import PickerForm, offers, picked
from reports.models import Block, BlockKind, Paper
from reports.models.paper import kinds_for
from reports.rendering.composition import preview
from reports.rendering.last_paper import last_said
from reports.views.paper import paper_to_change
from reports.workflow.papers import add_block, remove_block, save_block

ARTICLE = {
    BlockKind.HEADING: "a heading",
    BlockKind.PARAGRAPH: "a paragraph",
    BlockKind.RECOMMENDATION: "a recommendation",
    BlockKind.TABLE: "a table",
    BlockKind.CHART: "a chart",
}


@access("paper.draft", "GET", "POST")
@keeps_draft("Add to a paper")
def block_new(request: HttpRequest, pk: int) -> HttpResponse:
    paper = paper_to_change(request, pk)
    return _edit(request, paper, _wanted(request, paper))


@access("paper.draft", "GET", "POST")
@keeps_draft("Change a part of a paper")
def block_edit(request: HttpRequest, pk: int, block: str) -> HttpResponse:
    paper = paper_to_change(request, pk)
    return _edit(request, paper, get_object_or_404(paper.blocks.visible_to(request.user), pk=block))


@access("paper.draft", "POST")
def block_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it would be set, while it is being typed."""
    paper = paper_to_change(request, pk)
    words = request.POST.get("text", "")[:LONGEST_TEXT]
    return render(request, "reports/paper/preview.html", {"shown": preview(paper, Block(paper=paper), words)})


@access("paper.draft")
def figure_picker(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures and paragraphs that can stand in the text: a page of its own, or the list alone for the page of a
    block."""
    paper = paper_to_change(request, pk)
    asked = request.GET.get("find", ""), request.GET.get("group", "")
    found = offers(paper, request.user, without=request.GET.get("block", ""))
    context = {
        "paper": paper,
        "picked": picked(found, *asked),
        "form": PickerForm(request.GET),
        "marking": paper.marking_for(request.user),
    }
    alone = request.htmx  # type: ignore[attr-defined]
    return render(request, f"reports/paper/{'picked' if alone else 'picker'}.html", context)


@access("paper.draft", "GET", "POST")
def block_removal(request: HttpRequest, pk: int, block: str) -> HttpResponse:
    paper = paper_to_change(request, pk)
    found = get_object_or_404(paper.blocks.visible_to(request.user), pk=block)
    if request.method == "POST":
        version = request.POST.get("version", "")
        remove_block(found, version=int(version) if version.isdecimal() else -1, by=request.user)
        messages.success(
            request, f"The {found.get_kind_display().lower()} is taken out. Its text is kept in the history."
        )
        return redirect(paper)
    kind, figure = found.get_kind_display().lower(), FIGURES.get(found.figure)
    context = {
        "paper": paper,
        "piece": found,
        "kind": kind,
        "figure_name": figure.name if figure else found.figure,
        "shown": preview(paper, found),
        "marking": paper.marking_for(request.user),
    }
    return render(request, "reports/paper/block_removal.html", context)


def _wanted(request: HttpRequest, paper: Paper) -> Block:
    """An unsaved block of the kind and in the place that the address names."""
    wanted = {name: request.GET.get(name, "") for name in ("section", "heading", "kind")}
    section = paper.template.section(wanted["section"])
    if section is None or not paper.template.has_place(wanted["section"], wanted["heading"]):
        raise Http404
    if wanted["kind"] not in kinds_for(section):
        raise Http404
    return Block(paper=paper, **wanted)


def _edit(request: HttpRequest, paper: Paper, block: Block) -> HttpResponse:
    """Saves, or with the other buttons changes nothing: a figure is looked for or put into the text, or the text is
    shown set."""
    form = form_for(request, BlockForm, instance=block, paper=paper, user=request.user)
    pressed = {"find_figure", "insert_figure", "preview"} & request.POST.keys()
    if request.method == "POST" and not pressed and form.is_valid():
        save = add_block if block._state.adding else save_block
        return redirect(save(form.save(commit=False), by=request.user))
    shown = form.with_what_was_typed() if pressed else form
    context = {
        "paper": paper,
        "piece": block,
        "act": f"{'Add' if block._state.adding else 'Change'} {ARTICLE[BlockKind(block.kind)]}",
        "shown": preview(paper, block, request.POST.get("text", "")) if "preview" in pressed else "",
        "form": shown,
        "picked": shown.picked() if "find" in shown.fields else None,
        "last": last_said(block, request.user),
        "marking": paper.marking_for(request.user),
    }
    return render(request, "reports/paper/block.html", context)
