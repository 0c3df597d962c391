from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from boroughs.models import FundingLine, Post, PostAllocation
from contest_portal.access.as_at import as_it_was
from contest_portal.access.gate import access
from contest_portal.access.grants import may, scope_of
from contest_portal.audit.changes import changes_of
from contest_portal.core.markings import Marking
from contest_portal.core.refusal import Refused
from contest_portal.drafts.keeping import form_for, keeps_draft
from contest_portal.ui.csv import csv_download
from reports.forms.quarterly_return import ReturnFilter
from reports.forms.return_texts import ReturnTextsForm
from reports.models import (
    Chaser,
    QuarterlyReturn,
    ReturnComment,
    ReturnDecision,
    ReturnLine,
    ReturnReason,
    ReturnStatus,
    ReturnSubmission,
    ReturnUnlocking,
)
from reports.models.return_states import IN
from reports.rendering.return_page import ReturnPage, sensitive_activities
from reports.workflow.return_writing import describe_return
from reports.workflow.returns import next_call
from strands.figures.known import Known
from strands.models import Activity, ActivityShare
from strands.views.as_at import as_at, day_of
from strands.workflow.reading import record_reading

PER_PAGE = 25
WAITING = (ReturnStatus.SUBMITTED, ReturnStatus.APPROVED)
COLUMNS = (
    *("Borough", "GSS code", "Quarter", "State", "Nil return", "Due", "Days late", "Submissions"),
    *("Submitted at", "Submitted by", "Accepted at", "Accepted by"),
)


@access("return.read")
def returns(request: HttpRequest) -> HttpResponse:
    """A lead's own boroughs by quarter; all of London's in one quarter for those who check them."""
    scope = scope_of(request.user, "return.read")
    checks = scope.everywhere or scope.strands or scope.boards
    return _london(request) if checks else _own(request)


def _own(request: HttpRequest) -> HttpResponse:
    known, bar = as_at(request, QuarterlyReturn)
    rows = QuarterlyReturn.objects.visible_to(request.user).select_related("borough", "submitted_by", "accepted_by")
    if known.is_past:
        rows = rows.filter(pk__in=list(rows.values_list("pk", flat=True)))
    with known.of(QuarterlyReturn):
        page = _page(rows, request, known)
    quarter, day = next_call(timezone.localdate())
    return render(request, "reports/quarterly_return/own.html", bar | {"page": page, "next": quarter, "next_day": day})


def _page(rows: Any, request: HttpRequest, known: Known) -> Page:
    """Read to the end, while the day is looked at."""
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    for found in page.object_list:
        found.seen_on = known.past_day
    return page


def _london(request: HttpRequest) -> HttpResponse:
    known, bar = as_at(request, QuarterlyReturn)
    with known.of(QuarterlyReturn):
        chosen = ReturnFilter(request.GET, user=request.user, today=known.day)
        page = _page(chosen.found(), request, known)
        counts = _counts(chosen)
    query = request.GET.copy()
    query.pop("page", None)
    csv_address = f"{reverse('returns_csv')}?{query.urlencode()}"
    quarter, day = next_call(timezone.localdate())
    may_act = not known.is_past
    context = bar | {"filter": chosen, "page": page, "csv_address": csv_address, "quarter": chosen.shown}
    context |= {"next": quarter, "next_day": day} | counts
    context["accepts"] = may_act and may(request.user, "return.accept")
    context["arranges"] = may_act and may(request.user, "return.arrange")
    return render(request, "reports/quarterly_return/london.html", context)


def _counts(chosen: ReturnFilter) -> dict[str, Any]:
    """Of the whole quarter, whatever else is filtered."""
    rows = chosen.visible.filter(quarter=chosen.shown)
    counts = rows.aggregate(
        expected=Count("pk"),
        received=Count("pk", filter=Q(status__in=IN)),
        accepted=Count("pk", filter=Q(status=ReturnStatus.ACCEPTED)),
        nil=Count("pk", filter=Q(status__in=IN) & ~Q(nil_reason="")),
    )
    of = f"of {counts['expected']}"
    words = {"in_words": f"{counts['received']} {of}", "accepted_words": f"{counts['accepted']} {of}"}
    return counts | words | {"late": rows.overdue_on(chosen.today).count()}


@access("return.read")
def returns_csv(request: HttpRequest) -> HttpResponse:
    known = day_of(request)
    with known.of(QuarterlyReturn):
        chosen = ReturnFilter(request.GET, user=request.user, today=known.day)
        rows = list(chosen.found())
    for found in rows:
        found.seen_on = known.past_day
    name = f"returns-{chosen.shown.key}" if chosen.shown else "returns"
    return csv_download(f"{name}{f'-as-known-on-{known.day}' if known.is_past else ''}", _lines(rows))


def _lines(rows: list[QuarterlyReturn]) -> Iterator[Sequence[Any]]:
    yield COLUMNS
    for found in rows:
        yield [
            *(str(found.borough), found.borough_id, found.quarter.short, found.state.label),
            *("yes" if found.is_nil else "no", found.due.isoformat(), found.days_late, found.submission),
            *(_iso(found.submitted_at), found.submitted_by, _iso(found.accepted_at), found.accepted_by),
        ]


def _iso(moment: Any) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else None


# What the page of a return is made of.
THEN = (
    *(QuarterlyReturn, ReturnLine, ReturnSubmission, ReturnDecision, ReturnReason, ReturnUnlocking, ReturnComment),
    *(Chaser, Activity, ActivityShare, Post, PostAllocation, FundingLine),
)
PEOPLE = ("borough", "submitted_by", "submitted_for", "approved_by", "accepted_by", "deputy")


def page_of(request: HttpRequest, pk: int, *, corrects: bool = False) -> ReturnPage:
    """The return as this person sees it, with a record of what OFFICIAL-SENSITIVE things were read."""
    found = get_object_or_404(QuarterlyReturn.objects.visible_to(request.user).select_related(*PEOPLE), pk=pk)
    return _read(request, ReturnPage(found, reader=request.user, day=timezone.localdate(), corrects=corrects))


def _read(request: HttpRequest, page: ReturnPage) -> ReturnPage:
    record_reading(sensitive_activities(page.lines), "read", by=request.user)
    return page


def context_of(page: ReturnPage, **more: Any) -> dict[str, Any]:
    return {"page": page, "quarterly_return": page.quarterly_return, "marking": page.marking, **more}


def comments_of(page: ReturnPage) -> Any:
    """On the return, and on the lines that this person reads."""
    readable = page.quarterly_return.comments.on_lines([line.activity_id for line in page.lines])
    return readable.select_related("by", "activity", "follow_up_by", "resolved_by")


@access("return.read")
def quarterly_return(request: HttpRequest, pk: int) -> HttpResponse:
    known, bar = as_at(request)
    if known.is_past:
        return _then(request, pk, known, bar)
    page = page_of(request, pk)
    found, user = page.quarterly_return, request.user
    context = bar | context_of(
        page,
        may_edit=not found.why_not_edit(user),
        corrects=found.is_unlocked_for(user),
        arranges=may(user, "return.arrange"),
        decides=bool(scope_of(user, "return.send_back")) and found.status in WAITING,
        may_accept=bool(scope_of(user, "return.accept")),
        comments=comments_of(page),
        may_comment=may(user, "comment.write"),
        why_not_accept=found.why_not_accept(user),
        why_not_send_back=found.why_not_send_back(user),
    )
    return render(request, "reports/quarterly_return/detail.html", context)


def _then(request: HttpRequest, pk: int, known: Known, bar: dict[str, Any]) -> HttpResponse:
    """As it was known on a day: what there is to do about it is for its page of today."""
    rows = QuarterlyReturn.objects.visible_to(request.user).select_related(*PEOPLE)
    found = as_it_was(rows, known, known.of(QuarterlyReturn), pk=pk)
    found.seen_on = known.day
    with known.of(*THEN, stricter=True):
        page = _read(request, ReturnPage(found, reader=request.user, day=known.day))
        context = bar | context_of(page, comments=comments_of(page))
        return render(request, "reports/quarterly_return/detail.html", context)


@access("return.submit", "GET", "POST")
@keeps_draft("Text of a return")
def quarterly_return_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(QuarterlyReturn.objects.submittable_by(request.user).select_related("borough"), pk=pk)
    if reason := found.why_not_edit(request.user):
        raise Refused(reason)
    page = ReturnPage(found, reader=request.user, day=timezone.localdate(), corrects=not found.is_open)
    form = form_for(request, ReturnTextsForm, page=page, part=request.GET.get("part", ""))
    if request.method == "POST" and form.is_valid():
        describe_return(form.instance, by=request.user, replies=form.answered)
        messages.success(request, "The text of the return is saved.")
        return redirect(found)
    # A question names the line that it is about, which may be OFFICIAL-SENSITIVE.
    context = context_of(page, form=form, marking=page.marking if form.replies else Marking.OFFICIAL)
    return render(request, "reports/quarterly_return/edit.html", context)


@access("return.read")
def quarterly_return_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Its lines are activities, whose history is their own; a decision is a change of the return's status."""
    found = get_object_or_404(QuarterlyReturn.objects.visible_to(request.user).select_related("borough"), pk=pk)
    changes = changes_of(found, without=["content_hash"])
    context = {"record": found, "quarterly_return": found, "changes": changes}
    return render(request, "reports/quarterly_return/history.html", context)
