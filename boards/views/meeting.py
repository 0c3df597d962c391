from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boards.forms import MeetingChangeForm, MeetingForm
from boards.models import AgendaItem, Board, Meeting
from boards.models.agenda import agenda
from boards.models.meeting import MeetingStatus
from boards.workflow import arrange_meeting, change_meeting
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.core.markings import highest
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused


@access("board.read")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("board"), pk=pk)
    published = found.publish_by
    papers = found.papers.visible_to(request.user).marked_for(request.user).select_related("author", "issue")
    page = {
        "meeting": found,
        "board": found.board,
        "publish_by": published,
        "notice": found.notice_in_words(published),
        "agenda": agenda(found, papers),
        "drafts": [paper for paper in papers if paper.is_draft],
        "errata": found.errata.visible_to(request.user).in_order(),
        "packs": found.packs.visible_to(request.user).in_order(),
        "marking": highest(paper.shown_marking for paper in papers),
        "may_draft": found.status == MeetingStatus.PLANNED and may(request.user, "paper.draft"),
        "quarter": Quarter.of(min(found.day, timezone.localdate())).previous(),
        "may_change": Meeting.objects.arranged_by(request.user).filter(pk=found.pk).exists(),
    }
    return render(request, "boards/meeting/detail.html", page)


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
