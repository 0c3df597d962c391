"""The archive of old papers: the list, one paper as it was, and its flags."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from reports.forms.archive import ArchiveFilter, FlagForm, RemovalForm
from reports.models import ArchivedPaper, ArchiveFlag, ArchiveRemoval
from reports.rendering.archived import banner, said, sheet
from reports.workflow.archiving import resolve_flag, take_out

PER_PAGE = 25
PARAGRAPHS = ":3"


@access("archive.read")
def archived_papers(request: HttpRequest) -> HttpResponse:
    chosen = ArchiveFilter(request.GET, user=request.user)
    page = Paginator(chosen.found(), PER_PAGE).get_page(request.GET.get("page"))
    for paper in page if chosen.spoken else ():
        paper.spoken = said(paper, chosen.spoken)
    context = _rights(request) | {"filter": chosen, "page": page, "shown": PARAGRAPHS}
    return render(request, "reports/archive/list.html", context)


@access("archive.read")
def archived_paper(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ArchivedPaper.objects.visible_to(request.user).in_full(), pk=pk)
    flags = list(ArchiveFlag.objects.visible_to(request.user).filter(paper=found).select_related("resolved_by"))
    context = _rights(request) | {
        "paper": found,
        "sheet": sheet(found.read, flags),
        "banner": banner(found),
        "flags": flags,
        "copies": found.copies.all(),
        "open_flags": [flag for flag in flags if flag.resolved_at is None],
    }
    return render(request, "reports/archive/paper.html", context)


@access("archive.keep", "GET", "POST")
def archive_flag(request: HttpRequest, pk: int, flag: int) -> HttpResponse:
    flags = ArchiveFlag.objects.visible_to(request.user).select_related("paper", "resolved_by")
    found = get_object_or_404(flags, pk=flag, paper=pk)
    form = FlagForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        resolve_flag(found, form.cleaned_data["note"], by=request.user)
        messages.success(request, "The flag is resolved. The text of the paper is as it was.")
        return redirect(found.paper)
    return render(request, "reports/archive/flag.html", {"form": form, "flag": found, "paper": found.paper})


@access("archive.keep", "GET", "POST")
def archived_paper_removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ArchivedPaper.objects.kept_by(request.user).select_related("removal"), pk=pk)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        take_out(found, form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"“{found}” is taken out of the archive.")
        return redirect(found)
    return render(request, "reports/archive/removal.html", {"form": form, "paper": found})


@access("archive.keep")
def archived_paper_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ArchivedPaper.objects.kept_by(request.user), pk=pk)
    changes = changes_of(
        found, parts=[(ArchiveFlag, "paper_id"), (ArchiveRemoval, "paper_id")], without=["content", "words"]
    )
    return render(request, "audit/history.html", {"record": found, "changes": changes})


def _rights(request: HttpRequest) -> dict[str, Any]:
    return {"keeps": may(request.user, "archive.keep"), "reads_papers": may(request.user, "paper.read")}
