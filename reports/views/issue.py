import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.core.markings import highest
from reports.figures import FIGURES
from reports.figures.definitions import MEASURES, is_code
from reports.figures.passports import Passport, PassportRow
from reports.figures.result import rows_url
from reports.figures.rows import passport as passport_now
from reports.figures.told import address_of, is_told
from reports.models import Paper
from reports.rendering.causes import Since, changed_since
from reports.rendering.composition import Content, compose
from reports.rendering.findings import by_family, judged_by
from reports.rendering.frozen import frozen_passport, head_of, table_of, words_of
from reports.rendering.remarks import remarks_on
from reports.rendering.renditions import seen_by
from reports.rendering.twin import Twin, issued_address, live_address
from reports.views.paper import tabs
from reports.workflow.approving import unsettled
from reports.workflow.issuing import issue_paper, why_not_issue
from reports.workflow.reading import record_reading
from strands.figures.known import Known
from strands.models import Activity

PER_PAGE = 50


@access("paper.read")
def paper_check(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Paper.objects.visible_to(request.user).in_full(), pk=pk)
    if not found.is_draft:
        return redirect(found)
    remarks = remarks_on(seen_by(found, request.user))
    context = tabs(found, request.user) | {
        "stopping": [remark for remark in remarks if remark.stops],
        "warnings": [remark for remark in remarks if remark.kind in ("typed", "provisional")],
        "nil": [remark for remark in remarks if remark.kind == "nil"],
        "families": by_family(judged_by(found, request.user)),
        "unsettled": unsettled(found),
        "ready": "Ready",
        "why_not": why_not_issue(found, by=request.user),
    }
    return render(request, "reports/paper/check.html", context)


@access("paper.issue", "GET", "POST")
def paper_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, issues, and then confirms at the same address."""
    own = Paper.objects.visible_to(request.user) & Paper.objects.issuable_by(request.user)
    found = get_object_or_404(own.in_full(), pk=pk)
    if not found.is_draft:
        documents = found.issue.documents.order_by("format", "rendition")
        context = {"paper": found, "issue": found.issue, "documents": documents}
        return render(request, "reports/paper/confirmation.html", context | {"marking": found.marking})
    if request.method == "POST":
        issue_paper(found, by=request.user)
        return redirect("paper_issue", pk)
    content, _ = compose(found)
    context = tabs(found, request.user) | {
        "twin": Twin(content, live_address(content)),
        "open_to_all": found.is_open,
        "why_not": why_not_issue(found, by=request.user),
    }
    return render(request, "reports/paper/issue.html", context)


@access("paper.read")
def paper_figure(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """The rows behind figure `n` as they were when the paper was issued, as far as this reader may see them today."""
    found = get_object_or_404(Paper.objects.visible_to(request.user).in_full().filter(issue__isnull=False), pk=pk)
    record_reading(found, "read figure", by=request.user)
    row, column, content = *_cell_asked_for(request), found.issue.content_for(request.user)
    try:
        key = head_of(content, n)["key"]
        if is_told(key):
            return redirect(address_of(key, found.quarter))
        if is_code(key):
            return redirect(rows_url(key, found.quarter))
        context = _figure(found, head_of(content, n), row, column) | {"marking": found.marking_for(request.user)}
        if context["head"]["shape"] == "table" and not column:
            table = Twin(content, issued_address(pk)).placed(table_of(content, n))
            return render(request, "reports/paper/figure_table.html", context | {"table": table})
        passport, words = frozen_passport(content, n, row, column), words_of(content, n, row, column)
    except KeyError as error:
        raise Http404 from error
    seen = passport.as_seen_by(request.user)
    context |= {
        "heading": f"{passport.cell.row_label}, {passport.cell.column_label.lower()}" if column else context["name"],
        "words": words,
        "counted": MEASURES[passport.measure].label,
        "seen": seen,
        "hidden_words": passport.words(seen.hidden_total),
        "since": None if context["head"].get("kept_back") else _since(found, passport, request.user),
        "marking": highest([context["marking"], *_markings_now(seen.rows, request.user)]),
        "page": Paginator(seen.rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "reports/paper/figure.html", context)


def _since(found: Paper, passport: Passport, user: Any) -> Since | None:
    """Why the number is another one today; only numbers that activities add up to have such causes."""
    if not passport.lists_activities or not may(user, passport.definition.permission):
        return None
    cell = passport.cell
    try:
        now = passport_now(passport.definition.key, passport.quarter, cell.row, cell.column)
    except KeyError:
        return None
    return changed_since(passport, now, found.issue.issued_at, user)


def _cell_asked_for(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("row", ""), request.GET.get("column", "")


def _markings_now(rows: list[PassportRow], user: Any) -> Iterable[str]:
    """An activity that was counted as OFFICIAL can have become OFFICIAL-SENSITIVE since."""
    keys = [row.activity_id for row in rows]
    return Activity.objects.visible_to(user).filter(pk__in=keys).values_list("marking", flat=True).distinct()


def _then_url(key: str, found: Paper, row: str, column: str) -> str:
    """The same figure as known at the end of the day of issue; nothing while that day runs."""
    known = Known.on(timezone.localdate(found.issue.issued_at))
    return rows_url(key, found.quarter, row, column, known_on=known.day) if known.is_past else ""


def _figure(found: Paper, head: Content, row: str, column: str) -> dict[str, Any]:
    """What is said of a figure whichever part of it is asked for."""
    activities = head["measure"] not in ("boroughs", "returns")
    return {
        "paper": found,
        "issue": found.issue,
        "head": head,
        "name": FIGURES[head["key"]].name,
        "activities": activities,
        "span": 4 if activities else 2,
        "as_at": dt.datetime.fromisoformat(head["as_at"]),
        "live_url": rows_url(head["key"], found.quarter, row, column),
        "then_url": _then_url(head["key"], found, row, column),
    }
