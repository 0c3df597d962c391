from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.core.markings import highest
from reports.forms.promise import KeepingForm, PromiseForm
from reports.models import Paper, Promise
from reports.views.paper import paper_to_change
from reports.workflow.promising import keep, promise, take_back

DIRECTORY = "reports/promise"
PER_PAGE = 50


@access("paper.read")
def promises(request: HttpRequest) -> HttpResponse:
    """What papers have promised their boards: what is open first, the earliest due at the head."""
    found = Promise.objects.visible_to(request.user).made().in_order()
    kept = found.exclude(pk__in=found.unkept())
    page = Paginator(kept.order_by("-kept_at"), PER_PAGE).get_page(request.GET.get("page"))
    unkept = [(each, each.is_overdue_on(timezone.localdate())) for each in found.unkept()]
    seen = set(Paper.objects.visible_to(request.user).values_list("pk", flat=True))
    context = {"unkept": unkept, "page": page, "seen": seen, "marking": highest(each.block.marking for each in found)}
    return render(request, f"{DIRECTORY}/list.html", context)


@access("paper.draft", "GET", "POST")
def block_promise(request: HttpRequest, pk: int, block: str) -> HttpResponse:
    """Says of a paragraph that it is a promise and by when; or that it is none after all."""
    paper = paper_to_change(request, pk)
    found = get_object_or_404(paper.blocks.visible_to(request.user).filter(kind="paragraph"), pk=block)
    there = Promise.objects.visible_to(request.user).filter(block=found).first()
    if there and request.POST.get("take_back"):
        take_back(there, by=request.user)
        messages.success(request, "The paragraph is no promise any more.")
        return redirect(found)
    form = PromiseForm(request.POST or None, instance=there or Promise(block=found), user=request.user)
    if request.method == "POST" and form.is_valid():
        promise(form.save(commit=False), by=request.user)
        messages.success(request, "The paragraph is a promise. It counts once the paper is issued.")
        return redirect(found)
    return render(request, f"{DIRECTORY}/edit.html", _about(request, paper, form) | {"there": there})


@access("paper.draft", "GET", "POST")
def promise_keeping(request: HttpRequest, pk: int, promise: int) -> HttpResponse:
    """Which paragraph of this draft keeps what an earlier paper promised the same board."""
    paper = paper_to_change(request, pk)
    rows = Promise.objects.visible_to(request.user).made().unkept().to_board(paper.board).in_order()
    found = get_object_or_404(rows, pk=promise)
    form = KeepingForm(request.POST or None, paper=paper, user=request.user)
    if request.method == "POST" and form.is_valid():
        keep(found, form.cleaned_data["block"], by=request.user)
        messages.success(request, "It is kept once this paper is issued.")
        return redirect("paper_check", pk)
    return render(request, f"{DIRECTORY}/keeping.html", _about(request, paper, form) | {"promise": found})


def _about(request: HttpRequest, paper: Paper, form: Any) -> dict[str, Any]:
    return {"paper": paper, "form": form, "marking": paper.marking_for(request.user)}
