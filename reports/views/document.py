from typing import Any
from uuid import UUID

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from contest_portal.access.gate import access
from contest_portal.core.refusal import Refused
from reports.models import Document
from reports.rendering import store
from reports.workflow.documents import retry_document
from reports.workflow.reading import record_reading

# htmx stops asking when it gets this status.
SETTLED = 286
DAMAGED = (
    "The stored file is not the one that was made, so it is not handed out. "
    "Tell whoever runs the portal; what was issued is safe and the file can be made again."
)

log = structlog.get_logger(__name__)


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
    try:
        content = store.read(found.sha256)
    except store.NotAsStored as failure:
        log.critical("document_damaged", document=str(pk), reason=str(failure))
        raise Refused(DAMAGED) from failure
    record_reading(found.issue.paper, "download", by=request.user)
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=found.filename) or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@access("paper.issue", "POST")
def document_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Document.objects.retriable_by(request.user), pk=pk)
    retry_document(found, by=request.user)
    return redirect("document", pk)


def _visible(request: HttpRequest) -> Any:
    return Document.objects.visible_to(request.user).select_related("issue__item", "issue__paper__meeting__board")


def _context(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    found = get_object_or_404(_visible(request), pk=pk)
    return {
        "document": found,
        "issue": found.issue,
        "paper": found.issue.paper,
        "digest": found.issue.open_sha256 if found.is_public else found.issue.sha256,
        "retriable": found.retriable_by(request.user),
        "marking": found.marking,
    }
