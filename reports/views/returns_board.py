from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.ui.csv import csv_download
from reports.forms.returns_board import BoardFilter
from reports.models import QuarterlyReturn
from reports.rendering.returns_board import BoardRow, ReturnsBoard
from reports.rendering.returns_sent import ReturnsSent
from reports.rendering.timeliness import timeliness
from reports.workflow.chasing import chase_by_hand, chases
from strands.views.as_at import as_at, day_of

COLUMNS = (
    *("Borough", "GSS code", "Quarter", "State", "Nil return", "Due", "Days late", "Waits for", "Post", "Days waiting"),
    *("Chasers", "Last chaser", "In, of those owed", "On time, of those owed", "Owed in two years"),
)


@access("return.status")
def returns_board(request: HttpRequest) -> HttpResponse:
    """33 areas in one quarter, and how each did in the two years before."""
    known, bar = as_at(request, QuarterlyReturn)
    chosen = BoardFilter(request.GET, user=request.user, known=known)
    board = chosen.board()
    if board is None:
        return render(request, "reports/returns_board/none.html", bar)
    query = request.GET.urlencode()
    context = bar | {
        "filter": chosen,
        "board": board,
        "rows": chosen.rows(board),
        "timeliness": timeliness(board),
        "chases": may(request.user, "return.chase") and not known.is_past,
        "reads_dashboards": may(request.user, "dashboard.read"),
        "sends": may(request.user, "return.chase"),
        "reads": may(request.user, "return.read"),
        "csv_address": f"{reverse('returns_board_csv')}?{query}",
    }
    return render(request, "reports/returns_board/board.html", context)


@access("return.status")
def returns_board_csv(request: HttpRequest) -> HttpResponse:
    known = day_of(request)
    chosen = BoardFilter(request.GET, user=request.user, known=known)
    board = chosen.board()
    name = f"returns-board-{board.quarter.key}" if board else "returns-board"
    name += f"-as-known-on-{known.day.isoformat()}" if known.is_past else ""
    return csv_download(name, _lines(chosen, board))


def _lines(chosen: BoardFilter, board: ReturnsBoard | None) -> Iterator[Sequence[Any]]:
    yield COLUMNS
    for row in chosen.rows(board) if board else ():
        yield [*_now(row, board), *_over_time(row)]


def _now(row: BoardRow, board: ReturnsBoard | None) -> list[Any]:
    waiting, found = row.waiting, row.found
    state = row.now.state.label if row.now.state else row.now.words
    stuck = [waiting.step, waiting.post, waiting.days] if waiting else [None, None, None]
    due = found.due.isoformat() if found else None
    nil = "yes" if row.now.is_nil else "no"
    quarter = board.quarter.short if board else ""
    return [str(row.borough), row.borough.pk, quarter, state, nil, due, row.now.days_late, *stuck]


def _over_time(row: BoardRow) -> list[Any]:
    last = row.chasers[-1].day.isoformat() if row.chasers else None
    return [len(row.chasers), last, row.complete, row.on_time, row.owed]


@access("return.chase")
def returns_sent(request: HttpRequest) -> HttpResponse:
    """Who was told of the returns of a quarter, when and by what."""
    known, bar = as_at(request, QuarterlyReturn)
    chosen = BoardFilter(request.GET, user=request.user, known=known)
    if chosen.shown is None:
        return render(request, "reports/returns_board/none.html", bar)
    sent = ReturnsSent(chosen.shown, reader=request.user, known=known)
    return render(request, "reports/returns_board/sent.html", bar | {"sent": sent})


@access("return.chase", "GET", "POST")
def returns_chasing(request: HttpRequest) -> HttpResponse:
    """Shows whom chasing these returns would reach, then chases. One that the person may not see refuses them all."""
    asked = (request.POST if request.method == "POST" else request.GET).getlist("return")
    pks = {int(pk) for pk in asked if pk.isdigit()}
    rows = QuarterlyReturn.objects.visible_to(request.user).filter(pk__in=pks).select_related("borough")
    found = list(rows.order_by("-quarter", "borough__name"))
    if len(found) != len(set(asked)):
        raise Http404
    if not found:
        messages.error(request, "Tick the returns that you want to chase, then choose “Preview the chasers”.")
        return redirect("returns_board")
    if request.method == "POST":
        made = chase_by_hand(found, by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"{len(made)} return{' is' if len(made) == 1 else 's are'} chased.")
        return redirect(f"{reverse('returns_board')}?quarter={found[0].quarter.key}")
    context = {"chases": chases(found, timezone.localdate())}
    return render(request, "reports/returns_board/chasing.html", context)
