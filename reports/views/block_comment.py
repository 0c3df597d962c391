from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.drafts.keeping import form_for, keeps_draft
from reports.forms.block_comment import BlockCommentForm
from reports.models import Block, BlockComment, Paper
from reports.rendering.composition import preview
from reports.rendering.said_of_draft import talks
from reports.views.paper import tabs
from reports.workflow.block_comments import (
    comment_on_block,
    reply_to_block_comment,
    settle_block_comment,
    why_not_comment,
)

TOLD = "The author is told that there is something, and not what."


@access("paper.read")
def paper_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was said about a draft, and every change that was suggested to it."""
    paper = read_in_the_making(request, pk)
    found = talks(paper, request.user)
    context = tabs(paper, request.user) | {
        "talks": found,
        "open": sum(talk.open for talk in found),
        "may_comment": not why_not_comment(paper, request.user),
    }
    return render(request, "reports/paper/comments.html", context)


@access("paper.comment", "GET", "POST")
@keeps_draft("Comment on a part of a draft")
def block_comment_new(request: HttpRequest, pk: int, block: str) -> HttpResponse:
    found = block_in_the_making(request, pk, block)
    form = form_for(request, BlockCommentForm)
    if form.is_valid():
        comment = comment_on_block(found, form.cleaned_data["text"], by=request.user)
        messages.success(request, f"Your comment is saved. {TOLD}")
        return redirect(comment)
    return _form(request, found.paper, form, act="Comment", piece=found)


@access("paper.comment", "GET", "POST")
@keeps_draft("Reply to a comment on a draft")
def block_comment_reply(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    answered = _comment(request, pk, comment)
    form = form_for(request, BlockCommentForm)
    if form.is_valid():
        reply = reply_to_block_comment(answered, form.cleaned_data["text"], by=request.user)
        messages.success(request, f"Your reply is saved. {TOLD}")
        return redirect(reply)
    return _form(request, answered.paper, form, act="Reply", answered=answered)


@access("paper.comment", "POST")
def block_comment_resolution(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    found = settle_block_comment(_comment(request, pk, comment).pk, by=request.user)
    messages.success(request, "The comment is marked as resolved.")
    return redirect(found)


@access("paper.comment", "POST")
def block_comment_reopening(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    found = settle_block_comment(_comment(request, pk, comment).pk, again=True, by=request.user)
    messages.success(request, "The comment is open again.")
    return redirect(found)


def read_in_the_making(request: HttpRequest, pk: int) -> Paper:
    found: Paper = get_object_or_404(Paper.objects.making_read_by(request.user).in_full(), pk=pk)
    return found


def block_in_the_making(request: HttpRequest, pk: int, block: str) -> Block:
    """One that the person reads, of a paper whose draft they read."""
    paper = read_in_the_making(request, pk)
    found: Block = get_object_or_404(paper.blocks.visible_to(request.user), pk=block)
    found.paper = paper
    return found


def _comment(request: HttpRequest, pk: int, comment: int) -> BlockComment:
    visible = BlockComment.objects.visible_to(request.user).select_related("paper__board", "by")
    found: BlockComment = get_object_or_404(visible, pk=comment, paper=pk)
    return found


def _form(request: HttpRequest, paper: Paper, form: Any, *, piece: Block | None = None, **more: Any) -> HttpResponse:
    shown = preview(paper, piece) if piece and not piece.is_drawn else ""
    context = {"paper": paper, "form": form, "piece": piece, "shown": shown, "marking": paper.marking_for(request.user)}
    return render(request, "reports/paper/comment.html", context | more)
