"""All that is being made, waits, has stopped or is ready of one board's papers and packs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from boards.models import Board
from contest_portal.access.gate import access
from contest_portal.core.markings import highest
from reports.models import Document, PackFile
from reports.models.pack import BUILD
from reports.views.document import SETTLED

# Of those that are ready, the last ones.
RECENT = 30


@access("paper.issue")
def print_queue(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "reports/print_queue/page.html", _context(request, key))


@access("paper.issue")
def print_queue_progress(request: HttpRequest, key: str) -> HttpResponse:
    context = _context(request, key)
    status = 200 if context["is_busy"] else SETTLED
    return render(request, "reports/print_queue/rows.html", context, status=status)


def _context(request: HttpRequest, key: str) -> dict[str, Any]:
    board = get_object_or_404(Board.objects.covered_by(request.user, BUILD), key=key)
    user = request.user
    documents = Document.objects.visible_to(user).filter(issue__paper__board=board)
    files = PackFile.objects.visible_to(user).filter(pack__meeting__board=board)
    rows = [*_rows(documents.select_related("issue__item", "issue__paper__meeting")),
            *_rows(files.select_related("pack__meeting__board"))]  # fmt: skip
    rows.sort(key=lambda file: file.created_at, reverse=True)
    unsettled = [file for file in rows if not file.is_ready]
    return {
        "board": board,
        "files": [*unsettled, *[file for file in rows if file.is_ready][:RECENT]],
        "is_busy": any(not file.is_settled for file in rows),
        "marking": highest([file.marking for file in rows]),
    }


def _rows(files: Any) -> list[Any]:
    ready = files.filter(state="ready").order_by("-created_at")[:RECENT]
    return [*files.exclude(state="ready").order_by("-created_at"), *ready]
