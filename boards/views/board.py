import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boards.forms import PublishingForm, RosterForm
from boards.models import Board, BoardRelation, Meeting, Seat
from boards.models.lineage import lineage
from boards.models.roster import roster
from boards.workflow import change_publishing
from boroughs.models import Organisation
from contest_portal.access.gate import access
from contest_portal.audit.changes import changes_of
from contest_portal.core.refusal import Refused
from strands.views.as_at import as_at

# What the pages of boards are made of, but for who sits on them.
THEN = (Board, BoardRelation, Meeting, Organisation)
LATER = "The board itself was entered later than that. Its terms of reference below are those of today."


@access("board.read")
def boards(request: HttpRequest) -> HttpResponse:
    known, bar = as_at(request, Board)
    found = Board.objects.visible_to(request.user).select_related("secretariat")
    with known.of(*THEN):
        page = bar | {"current": list(found.lasting_on(known.day)), "past": list(found.ended_before(known.day))}
    return render(request, "boards/board/list.html", page)


@access("board.read")
def board(request: HttpRequest, key: str) -> HttpResponse:
    known, bar = as_at(request, Seat)
    rows = Board.objects.visible_to(request.user).select_related("secretariat").filter(key=key)
    found = get_object_or_404(rows)
    if known.is_past:
        with known.of(*THEN):
            then = rows.first()
        bar["as_at_nothing"] = bar["as_at_nothing"] or ("" if then else LATER)
        found = then or found
    last = found.ends if found.ends is not None and found.has_ended_on(known.day) else known.day
    asked = "on" in request.GET or "on-day" in request.GET
    form = RosterForm(request.GET if asked else {"on": str(last)})
    day = form.day_or(last)
    page = bar | {"board": found, "form": form, "day": day, "places": roster(found, day, known)}
    with known.of(*THEN):
        page |= _around(found, known.day, request.user)
    page["arranges"] = not known.is_past and not found.why_not_arrange(request.user, known.day)
    return render(request, "boards/board/detail.html", page)


def _around(found: Board, day: dt.date, user: Any) -> dict[str, Any]:
    """Its meetings, and the boards before and after it, as they stood on a day."""
    meetings = Meeting.objects.visible_to(user).filter(board=found)
    has_ended = found.has_ended_on(day)
    return {
        "has_ended": has_ended,
        "links": lineage(found),
        "successors": list(found.successors()) if has_ended else [],
        "upcoming": list(meetings.from_day(day)),
        "held": list(meetings.before_day(day)),
    }


@access("board.read")
def board_history(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Board.objects.visible_to(request.user), key=key)
    parts = [(BoardRelation, "board_id"), (Seat, "board_id")]
    return render(request, "boards/board/history.html", {"record": found, "changes": changes_of(found, parts=parts)})


@access("meeting.arrange", "GET", "POST")
def board_publishing(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Board.objects.arranged_by(request.user), key=key)
    if reason := found.why_not_arrange(request.user, timezone.localdate()):
        raise Refused(reason)
    form = PublishingForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        made = change_publishing(form.save(commit=False), by=request.user)
        messages.success(request, "Saved. It holds for papers that are issued from now on.")
        return redirect(made)
    return render(request, "boards/board/publishing.html", {"board": found, "form": form})
