"""Several returns at once, after a preview of what becomes of each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from contest_portal.access.gate import access
from reports.forms.return_decision import UnlockForm
from reports.models import QuarterlyReturn, ReturnStatus
from reports.models.return_rows import QuarterlyReturnQuerySet
from reports.workflow.return_bulk import accept_returns, to_accept, to_unlock, unlock_returns

ACCEPTING = {"title": "Accept several returns", "act": "Accept them", "address": "returns_acceptance"}
UNLOCKING = {"title": "Open several returns for a correction", "act": "Open them", "address": "returns_unlocking"}


@access("return.accept", "GET", "POST")
def returns_acceptance(request: HttpRequest) -> HttpResponse:
    rows = QuarterlyReturn.objects.accepted_by(request.user)
    chosen = _chosen(request, rows)
    if request.method == "POST":
        seen = {each.pk: request.POST.get(f"seen-{each.pk}", "") for each in chosen}
        done = accept_returns(chosen, seen=seen, by=request.user)
        messages.success(request, f"{_counted(len(done))} accepted or approved.")
        return redirect("returns")
    waiting = rows.filter(status__in=[ReturnStatus.SUBMITTED, ReturnStatus.APPROVED])
    prospects = to_accept(chosen or _in_order(waiting), by=request.user)
    return _page(request, ACCEPTING, bool(chosen), prospects)


@access("return.arrange", "GET", "POST")
def returns_unlocking(request: HttpRequest) -> HttpResponse:
    rows = QuarterlyReturn.objects.arranged_by(request.user)
    chosen = _chosen(request, rows)
    form = UnlockForm(request.POST or None) if chosen else None
    if form is not None and request.method == "POST" and form.is_valid():
        done = unlock_returns(chosen, by=request.user, **form.cleaned_data)
        messages.success(request, f"{_counted(len(done))} open for a correction.")
        return redirect("returns")
    accepted = rows.filter(status=ReturnStatus.ACCEPTED)
    latest = accepted.order_by("-quarter").values("quarter")[:1]
    prospects = to_unlock(chosen or _in_order(accepted.filter(quarter__in=latest)), by=request.user)
    return _page(request, UNLOCKING, bool(chosen), prospects, form=form)


def _chosen(request: HttpRequest, rows: QuarterlyReturnQuerySet) -> list[QuarterlyReturn]:
    """Those that were ticked; one that the person may not see refuses them all."""
    asked = set((request.POST if request.method == "POST" else request.GET).getlist("return"))
    found = _in_order(rows.filter(pk__in=[pk for pk in asked if pk.isdecimal()])) if asked else []
    if len(found) != len(asked):
        raise Http404
    return found


def _in_order(rows: QuarterlyReturnQuerySet) -> list[QuarterlyReturn]:
    return list(rows.select_related("borough", "submitted_by").order_by("-quarter", "borough__name"))


def _counted(count: int) -> str:
    return "1 return is" if count == 1 else f"{count} returns are"


def _page(request: HttpRequest, words: dict[str, str], previews: bool, prospects: Any, **more: Any) -> HttpResponse:
    context = words | {"prospects": prospects, "previews": previews} | more
    return render(request, "reports/returns_bulk/page.html", context)
