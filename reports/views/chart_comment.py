from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.notifications.comments import threads
from reports.figures import FIGURES, Figure, figure
from reports.figures.definitions import is_code
from reports.figures.parts import Part
from reports.figures.result import rows_url
from reports.figures.rights import may_read
from reports.forms.chart_comment import ChartCommentForm
from reports.models import ChartComment
from reports.views.chosen import chosen_part, chosen_quarter, part_named, strand_named
from reports.views.dashboard_links import dashboard_url
from reports.workflow.chart_comments import comment_on_chart, reply_to_comment, resolve_comment
from strands.figures.known import Known
from strands.models import Activity, Measure
from strands.views.as_at import as_at

PAGE = "reports/figure/comments.html"


@access("dashboard.read")
def chart_comments(request: HttpRequest, key: str) -> HttpResponse:
    """What has been said of a chart."""
    known, bar = as_at(request, Activity)
    found = _asked_for(request, key, known)
    writes = may(request.user, "chart.comment") and not known.is_past
    return render(request, PAGE, bar | _context(request, found, known, ChartCommentForm() if writes else None))


@access("chart.comment", "GET", "POST")
def chart_comment_new(request: HttpRequest, key: str) -> HttpResponse:
    """Comments are on what the chart shows now."""
    known = Known.now()
    found = _asked_for(request, key, known)
    form = ChartCommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        comment = comment_on_chart(found, form.cleaned_data["text"], by=request.user)
        messages.success(request, "Your comment is saved. Whoever commented on this chart before is told.")
        return redirect(_discussion(comment))
    return render(request, PAGE, _context(request, found, known, form))


@access("dashboard.read")
def chart_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a message leads: to the discussion that the comment is part of."""
    return redirect(_discussion(_visible(request, pk)))


@access("chart.comment", "GET", "POST")
def chart_comment_reply(request: HttpRequest, pk: int) -> HttpResponse:
    answered, known = _visible(request, pk), Known.now()
    found = _shown_by(request, answered, known)
    form = ChartCommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        comment = reply_to_comment(answered, found, form.cleaned_data["text"], by=request.user)
        messages.success(request, "Your reply is saved. Whoever commented on this chart before is told.")
        return redirect(_discussion(comment))
    return render(request, PAGE, _context(request, found, known, form) | {"answered": answered})


@access("chart.comment", "POST")
def chart_comment_resolution(request: HttpRequest, pk: int) -> HttpResponse:
    comment = resolve_comment(_visible(request, pk).pk, by=request.user)
    messages.success(request, "The comment is marked as resolved.")
    return redirect(_discussion(comment))


def _visible(request: HttpRequest, pk: int) -> ChartComment:
    found = ChartComment.objects.visible_to(request.user).select_related("by", "strand", "resolved_by")
    return get_object_or_404(found, pk=pk)


def _asked_for(request: HttpRequest, key: str, known: Known) -> Figure:
    quarter = chosen_quarter(request, known.day)
    part = chosen_part(request, quarter)
    if part.is_empty or not (_of_measure(request, key, part) if is_code(key) else key in FIGURES):
        raise Http404
    if key in FIGURES and not may_read(request.user, FIGURES[key], part):
        raise PermissionDenied
    try:
        return figure(key, quarter, known, part)
    except KeyError as error:
        raise Http404 from error


def _of_measure(request: HttpRequest, code: str, part: Part) -> bool:
    """Measures are published for London as a whole."""
    return not part.query and Measure.objects.visible_to(request.user).filter(code=code).exists()


def _shown_by(request: HttpRequest, comment: ChartComment, known: Known) -> Figure:
    """The chart of the comment, as it is now. A measure can have lost its definition of that quarter."""
    part = part_named(request, comment.over, comment.quarter)
    part = part.within(strand_named(comment.strand_id)) if comment.strand_id else part
    try:
        return figure(comment.figure, comment.quarter, known, part)
    except KeyError as error:
        raise Http404 from error


def _discussion(comment: ChartComment) -> str:
    """With the comment itself in sight."""
    part = Part("", over=comment.over, strand=comment.strand_id or "")
    return f"{rows_url(comment.figure, comment.quarter, page='chart_comments', part=part)}#comment-{comment.pk}"


def _context(request: HttpRequest, found: Figure, known: Known, form: ChartCommentForm | None) -> dict[str, Any]:
    part = found.part
    with known.of(ChartComment):
        visible = ChartComment.objects.visible_to(request.user).in_view(found.quarter, part.over, part.strand)
        rows = list(visible.filter(figure=found.key).select_related("by", "resolved_by"))
    return {
        "figure": found,
        "known": known,
        "comments": threads(rows),
        "many": len(rows),
        "open": sum(row.is_open for row in rows),
        "form": form,
        "may_comment": form is not None,
        "address": rows_url(found.key, found.quarter, page="chart_comment_new", part=part),
        "marking": found.marking,
        "dashboard_url": dashboard_url(found.quarter, known, part),
    }
