"""The packs of a meeting: built, issued, and handed out to whom they are for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boards.models import Board, Meeting
from contest_portal.access.gate import access
from contest_portal.core.markings import highest
from contest_portal.core.refusal import Refused
from reports.forms.pack import PackForm
from reports.models import Pack, PackFile, Paper
from reports.models.pack import BUILD
from reports.workflow.packs import build_pack, issue_pack, issues_for, pack_of, why_not_build

DIRECTORY = "reports/pack"


@access("paper.read")
def packs(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    files = PackFile.objects.visible_to(request.user).filter(pack__meeting=meeting)
    shown = list(files.select_related("pack__meeting__board").order_by("pack__serial", "rendition"))
    may_build = Board.objects.covered_by(request.user, BUILD).filter(pk=meeting.board_id).exists()
    return render(
        request,
        f"{DIRECTORY}/list.html",
        {
            "meeting": meeting,
            "board": meeting.board,
            "packs": _with_files(request, meeting, shown),
            "may_build": may_build,
            "why_not": why_not_build(meeting, by=request.user) if may_build else "",
            "next": pack_of(meeting),
            "marking": highest([file.marking for file in shown]),
        },
    )


@access("paper.issue", "GET", "POST")
def pack_build(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk, builder=True)
    if reason := why_not_build(meeting, by=request.user):
        raise Refused(reason)
    pack = pack_of(meeting)
    issues = issues_for(pack)
    drafts = list(Paper.objects.visible_to(request.user).filter(meeting=meeting, status="draft").order_by("title"))
    form = PackForm(request.POST or None, pack=pack, issues=issues, drafts=drafts)
    if request.method == "POST" and form.is_valid():
        made = build_pack(meeting, form.choices(), by=request.user)
        messages.success(request, f"{made.name}: its files are being made.")
        return redirect(made)
    page = {"meeting": meeting, "pack": pack, "issues": issues, "form": form, "board": meeting.board}
    return render(request, f"{DIRECTORY}/build.html", page)


@access("paper.issue", "GET", "POST")
def pack_issue(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Pack.objects.editable_by(request.user).select_related("meeting__board"), pk=pk)
    if reason := found.why_not_issue(request.user):
        raise Refused(reason)
    if request.method == "POST":
        made = issue_pack(found, by=request.user)
        messages.success(request, f"{made.name} is issued. Its page numbers do not change any more.")
        return redirect(made)
    page = {"pack": found, "meeting": found.meeting, "board": found.meeting.board, "files": found.current()}
    return render(request, f"{DIRECTORY}/issue.html", page)


def _meeting(request: HttpRequest, pk: int, *, builder: bool = False) -> Any:
    rows = Meeting.objects.visible_to(request.user).select_related("board__secretariat")
    if builder:
        rows = rows.filter(board__in=Board.objects.covered_by(request.user, BUILD))
    return get_object_or_404(rows, pk=pk)


def _with_files(request: HttpRequest, meeting: Meeting, files: list[PackFile]) -> list[dict[str, Any]]:
    rows = Pack.objects.visible_to(request.user).filter(meeting=meeting).in_order()
    return [{"pack": pack, "files": [file for file in files if file.pack_id == pack.pk]} for pack in rows]
