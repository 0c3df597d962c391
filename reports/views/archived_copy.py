"""An archived paper as PDF or Word: how far it is, and the file."""

from typing import Any
from uuid import UUID

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.core.refusal import Refused
from reports.models import ArchivedCopy
from reports.rendering import store
from reports.workflow.archiving import make_copy_again

# htmx stops asking when it gets this status.
SETTLED = 286
DAMAGED = "The stored file is not the one that was made, so it is not handed out. Tell whoever runs the portal."
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

log = structlog.get_logger(__name__)


@access("archive.read")
def archived_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "reports/archive/copy.html", _context(request, pk))


@access("archive.read")
def archived_copy_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    context = _context(request, pk)
    status = SETTLED if context["copy"].is_settled else 200
    return render(request, "reports/archive/copy_state.html", context, status=status)


@access("archive.read")
def archived_copy_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    if not found.is_ready:
        return redirect(found)
    try:
        content = store.read(found.sha256)
    except store.NotAsStored as failure:
        log.critical("archived_copy_damaged", copy=str(pk), reason=str(failure))
        raise Refused(DAMAGED) from failure
    name = slugify(f"{found.paper.number_words} {found.paper.title}")[:100]
    headers = {
        "Content-Disposition": content_disposition_header(True, f"{name}-OFFICIAL.{found.format}") or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=TYPES[found.format], headers=headers)


@access("archive.keep", "POST")
def archived_copy_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(ArchivedCopy.objects.kept_by(request.user), pk=pk)
    make_copy_again(found, by=request.user)
    return redirect(found)


def _found(request: HttpRequest, pk: UUID) -> ArchivedCopy:
    return get_object_or_404(ArchivedCopy.objects.visible_to(request.user).select_related("paper"), pk=pk)


def _context(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    found = _found(request, pk)
    return {"copy": found, "paper": found.paper, "retriable": found.is_parked and may(request.user, "archive.keep")}
