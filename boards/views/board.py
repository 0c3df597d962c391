from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boards.forms import PublishingForm, RosterForm
from boards.models import Board, BoardRelation, Meeting, Seat
from boards.models.lineage import lineage
from boards.models.roster import roster
from boards.workflow import change_publishing
from contest_portal.access.gate import access
from contest_portal.audit.changes import changes_of
from contest_portal.core.refusal import Refused
from strands.views.as_at import as_at


@access("board.read")
def boards(request: HttpRequest) -> HttpResponse:
    found = Board.objects.visible_to(request.user).select_related("secretariat")
    today = timezone.localdate()
    page = {"current": found.lasting_on(today), "past": found.ended_before(today)}
    return render(request, "boards/board/list.html", page)


@access("board.read")
def board(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Board.objects.visible_to(request.user).select_related("secretariat"), key=key)
    today = timezone.localdate()
    known, bar = as_at(request, Seat)
    last = found.ends if found.ends is not None and found.has_ended_on(known.day) else known.day
    asked = "on" in request.GET or "on-day" in request.GET
    form = RosterForm(request.GET if asked else {"on": str(last)})
    day = form.day_or(last)
    meetings = Meeting.objects.visible_to(request.user).filter(board=found)
    page = bar | {
        "board": found,
        "has_ended": found.has_ended_on(today),
        "form": form,
        "day": day,
        "places": roster(found, day, known),
        "links": lineage(found),
        "successors": found.successors() if found.has_ended_on(today) else [],
        "upcoming": meetings.from_day(today),
        "held": meetings.before_day(today),
        "why_not_arrange": found.why_not_arrange(request.user, today),
    }
    return render(request, "boards/board/detail.html", page)


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
