from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from reports.models import Document
from reports.views.handing_out import handed_out
from reports.workflow.documents import retry_document
from reports.workflow.printing import cancel
from reports.workflow.reading import record_reading

# htmx stops asking when it gets this status.
SETTLED = 286
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@access("paper.read")
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "reports/document_page/document.html", _context(request, pk))


@access("paper.read")
def document_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    context = _context(request, pk)
    status = SETTLED if context["document"].is_settled else 200
    return render(request, "reports/document_page/progress.html", context, status=status)


@access("paper.read")
def document_download(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(_visible(request), pk=pk)
    if not found.is_ready:
        return redirect("document", pk)
    response = handed_out(found.sha256, found.filename, TYPES[found.format])
    record_reading(found.issue.paper, "download", by=request.user)
    return response


@access("paper.issue", "POST")
def document_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    cancel(get_object_or_404(Document.objects.retriable_by(request.user), pk=pk), by=request.user)
    return redirect("document", pk)


@access("paper.issue", "POST")
def document_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Document.objects.retriable_by(request.user), pk=pk)
    retry_document(found, by=request.user)
    return redirect("document", pk)


def _visible(request: HttpRequest) -> Any:
    about = ("issue__item", "issue__paper__board", "issue__paper__meeting")
    return Document.objects.visible_to(request.user).select_related(*about)


def _context(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    found = get_object_or_404(_visible(request), pk=pk)
    return {
        "document": found,
        "issue": found.issue,
        "paper": found.issue.paper,
        "retriable": found.retriable_by(request.user),
        "cancellable": not found.is_settled and found.paper_issuable_by(request.user),
        "marking": found.marking,
    }
