from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from reports.models import PackFile
from reports.views.document import SETTLED
from reports.views.handing_out import handed_out
from reports.workflow.printing import cancel, try_again
from reports.workflow.reading import record_pack_reading

DIRECTORY = "reports/document_page"


@access("paper.read")
def pack_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, f"{DIRECTORY}/pack.html", _context(request, pk))


@access("paper.read")
def pack_file_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    context = _context(request, pk)
    status = SETTLED if context["document"].is_settled else 200
    return render(request, f"{DIRECTORY}/progress.html", context, status=status)


@access("paper.read")
def pack_file_download(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(PackFile.objects.visible_to(request.user), pk=pk)
    if not found.is_ready:
        return redirect(found)
    response = handed_out(found.sha256, found.filename)
    record_pack_reading(found, by=request.user)
    return response


@access("paper.issue", "POST")
def pack_file_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    cancel(get_object_or_404(PackFile.objects.retriable_by(request.user), pk=pk), by=request.user)
    return redirect("pack_file", pk)


@access("paper.issue", "POST")
def pack_file_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    try_again(get_object_or_404(PackFile.objects.retriable_by(request.user), pk=pk), by=request.user)
    return redirect("pack_file", pk)


def _context(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    rows = PackFile.objects.visible_to(request.user).select_related("pack__meeting__board")
    found = get_object_or_404(rows, pk=pk)
    builds = PackFile.objects.retriable_by(request.user).filter(pk=pk).exists()
    return {
        "document": found,
        "pack": found.pack,
        "meeting": found.pack.meeting,
        "retriable": builds and found.is_parked,
        "cancellable": builds and not found.is_settled,
        "marking": found.marking,
    }
