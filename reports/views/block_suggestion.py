from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.core.word_diff import WordDiff
from contest_portal.drafts.keeping import form_for, keeps_draft
from reports.forms.block_comment import AnswerForm, SuggestionForm
from reports.models import Block, BlockSuggestion, SuggestionAnswer
from reports.views.block_comment import TOLD, block_in_the_making
from reports.views.paper import paper_to_change
from reports.workflow.block_comments import accept_suggestion, decline_suggestion, suggest


@access("paper.comment", "GET", "POST")
@keeps_draft("Suggest a change to a draft")
def block_suggestion_new(request: HttpRequest, pk: int, block: str) -> HttpResponse:
    found = block_in_the_making(request, pk, block)
    form = form_for(request, SuggestionForm, block=found)
    if form.is_valid():
        said = suggest(found, form.cleaned_data["text"], reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"Your suggestion is saved. {TOLD}")
        return redirect(said)
    context = {"paper": found.paper, "form": form, "act": "Suggest a change", "piece": found}
    return render(request, "reports/paper/comment.html", context | {"marking": found.paper.marking_for(request.user)})


@access("paper.draft", "GET", "POST")
def block_suggestion(request: HttpRequest, pk: int, suggestion: int) -> HttpResponse:
    """Yes or no to it, with both texts beside each other where the paper has moved on since."""
    paper = paper_to_change(request, pk)
    visible = BlockSuggestion.objects.visible_to(request.user).select_related("by", "answered_by")
    found = get_object_or_404(visible, pk=suggestion, paper=paper)
    block = paper.blocks.visible_to(request.user).filter(pk=found.piece).first()
    seen = block.version if block else 0
    form = AnswerForm(request.POST or None, initial={"seen": seen})
    moved = request.method == "POST" and request.POST.get("seen") != str(seen)
    if form.is_valid() and not (moved and form.cleaned_data["answer"] == SuggestionAnswer.ACCEPTED):
        return _decide(request, found, form.cleaned_data)
    shown = AnswerForm(initial=request.POST.dict() | {"seen": seen}) if moved else form
    context = _texts(found, block) | {"paper": paper, "suggestion": found, "form": shown, "moved": moved}
    context["marking"] = paper.marking_for(request.user)
    return render(request, "reports/paper/suggestion.html", context)


def _decide(request: HttpRequest, found: BlockSuggestion, answer: dict[str, Any]) -> HttpResponse:
    if answer["answer"] == SuggestionAnswer.DECLINED:
        decline_suggestion(found, reason=answer["reason"], by=request.user)
        messages.success(request, "The suggestion is declined. Whoever made it is told, and reads why.")
        return redirect(found)
    block = accept_suggestion(found, seen=answer["seen"], by=request.user)
    messages.success(request, "The suggestion is accepted: the paper says it now. History has both names.")
    return redirect(block)


def _texts(found: BlockSuggestion, block: Block | None) -> dict[str, Any]:
    """What was suggested against what it was suggested for, and against what the paper says now if that is another."""
    overtaken = block is None or block.text != found.before
    return {
        "piece": block,
        "diff": WordDiff(found.before, found.text),
        "overtaken": overtaken,
        "now": WordDiff(block.text, found.text) if block is not None and overtaken else None,
    }
