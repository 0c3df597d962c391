from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boards.forms import MeetingChangeForm, MeetingForm
from boards.models import AgendaItem, Board, Meeting
from boards.models.agenda import agenda
from boards.models.meeting import MeetingStatus
from boards.workflow import arrange_meeting, change_meeting
from boroughs.models import BankHoliday
from contest_portal.access.as_at import as_it_was
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.core.markings import highest
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from strands.figures.known import Known
from strands.views.as_at import as_at

# What issued papers say in full, which no agenda needs.
_LONG = ("issue__snapshot", "issue__open_snapshot")


@access("board.read")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """With what this person reads of it today, as it was known on the day of the bar."""
    known, bar = as_at(request)
    rows = Meeting.objects.visible_to(request.user).select_related("board")
    found = as_it_was(rows, known, known.of(Board, Meeting), pk=pk)
    open_today = _papers(found, request.user, known)
    with known.of(*_made_of(), stricter=True):
        papers = list(open_today.marked_for(request.user).select_related("author", "issue").defer(*_LONG))
        page = bar | {
            "meeting": found,
            "board": found.board,
            "publish_by": (published := found.publish_by),
            "notice": found.notice_in_words(published),
            "agenda": agenda(found, papers),
            "drafts": [paper for paper in papers if paper.is_draft],
            "errata": list(found.errata.visible_to(request.user).in_order()),
            "packs": list(found.packs.visible_to(request.user).in_order()),
            "marking": highest(paper.shown_marking for paper in papers),
        }
    return render(request, "boards/meeting/detail.html", page | _to_do(found, request.user, known))


def _made_of() -> list[Any]:
    """What the page shows. Of papers it knows what leads back to a meeting, and to an item of its agenda."""
    back: list[Any] = [Meeting._meta.get_field(name) for name in ("papers", "errata", "packs")]
    issue: Any = AgendaItem._meta.get_field("issue")
    return [Board, Meeting, AgendaItem, BankHoliday, *(field.related_model for field in [*back, issue])]


def _papers(found: Meeting, user: Any, known: Known) -> Any:
    """Those that may be read today; of another day, those of which a list of that day may tell."""
    papers: Any = found.papers
    read = papers.visible_to(user)
    if not known.is_past:
        return read
    keys = read.known_again_by(user, known.until).values_list("pk", flat=True)
    return read.filter(pk__in=list(keys))


def _to_do(found: Meeting, user: Any, known: Known) -> dict[str, Any]:
    """What somebody may do here, which is done today."""
    may_draft = found.status == MeetingStatus.PLANNED and may(user, "paper.draft")
    return {
        "may_draft": may_draft and not known.is_past,
        "quarter": Quarter.of(min(found.day, timezone.localdate())).previous(),
        "may_change": not known.is_past and Meeting.objects.arranged_by(user).filter(pk=found.pk).exists(),
    }


@access("meeting.arrange", "GET", "POST")
def meeting_new(request: HttpRequest, key: str) -> HttpResponse:
    board = get_object_or_404(Board.objects.arranged_by(request.user), key=key)
    if reason := board.why_not_arrange(request.user, timezone.localdate()):
        raise Refused(reason)
    form = MeetingForm(request.POST or None, instance=Meeting(board=board))
    if request.method == "POST" and form.is_valid():
        made = arrange_meeting(form.instance, by=request.user)
        messages.success(request, f"The meeting of {made.day:%-d %B %Y} is arranged.")
        return redirect(made)
    return render(request, "boards/meeting/new.html", {"board": board, "form": form})


@access("meeting.arrange", "GET", "POST")
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Meeting.objects.arranged_by(request.user).select_related("board"), pk=pk)
    form = MeetingChangeForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "The meeting is changed.")
        return redirect(change_meeting(form.instance, by=request.user))
    page = {"board": found.board, "meeting": found, "form": form, "has_papers": found.has_issued_papers()}
    return render(request, "boards/meeting/edit.html", page)


@access("board.read")
def meeting_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("board"), pk=pk)
    changes = changes_of(found, parts=[(AgendaItem, "meeting_id")])
    return render(request, "boards/meeting/history.html", {"record": found, "changes": changes})
