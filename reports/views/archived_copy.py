"""An archived paper as PDF or Word: how far it is, and the file."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from reports.models import ArchivedCopy
from reports.views.document import SETTLED, TYPES
from reports.views.handing_out import handed_out
from reports.workflow.archiving import make_copy_again


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
    name = slugify(f"{found.paper.number_words} {found.paper.title}")[:100]
    return handed_out(found.sha256, f"{name}-OFFICIAL.{found.format}", TYPES[found.format])


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
