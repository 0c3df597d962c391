"""Asking for documents, and seeing to it that every one asked for is made.

The row in the database is the truth and a message to a worker only a hint: it may be lost, late or sent twice, since a
worker claims the row before it does anything and the sweeper sends again whatever nobody has claimed.
"""

from typing import Any
from uuid import UUID

import structlog
from celery import current_app
from django.db import transaction
from django.db.models.functions import Now
from django.utils.text import slugify
from kombu.exceptions import OperationalError

from contest_portal.core.refusal import Refused
from reports.models import Document, Issue
from reports.models.document import RESEND

# By name: whoever asks for a document does not have to load the renderer that makes it.
RENDER = "reports.tasks.render_document"

log = structlog.get_logger(__name__)


def queue_document(issue: Issue, *, format: str = "pdf", by: Any) -> Document:  # noqa: A002  (the field's name)
    """The issue's document in that format, queued if it is new. A worker hears of it when the transaction commits."""
    document, is_new = Document.objects.get_or_create(
        issue=issue,
        format=format,
        defaults={
            "requested_by": by,
            "input_hash": issue.sha256,
            "filename": filename_of(issue, format),
            "next_dispatch": Now() + RESEND,
        },
    )
    if is_new:
        _send_on_commit(document.pk)
    return document


def retry_document(document: Document, *, by: Any) -> None:
    """Make a parked document after all. It is made with the rights of the person who asks now."""
    if not document.queue_again(by=by):
        raise Refused("This document is not stopped: it is waiting, being made or ready. Open it again to see.")
    _send_on_commit(document.pk)


def _send_on_commit(document_id: UUID) -> None:
    """What fails then is logged and no trouble of the person who asked. Django logs it by a name, so no `partial`."""
    transaction.on_commit(lambda: send(document_id), robust=True)


def sweep() -> int:
    """Take back what was claimed and abandoned, and send what is due. The number of messages sent."""
    Document.objects.take_back_expired()
    due = Document.objects.take_due()
    return sum(send(document_id) for document_id in due)


def send(document_id: UUID) -> bool:
    """Tell a worker. False when the broker cannot be reached; the sweeper will tell it later."""
    try:
        current_app.send_task(RENDER, args=[str(document_id)])
    except OperationalError as failure:
        log.warning("document_message_not_sent", document=str(document_id), reason=str(failure))
        return False
    Document.objects.mark_sent(document_id)
    return True


def filename_of(issue: Issue, format: str) -> str:  # noqa: A002
    """Board, meeting, report and marking, in characters that every system takes."""
    paper = issue.content["paper"]
    words = slugify(f"{paper['board']} {paper['meeting_day']} report {paper['report']}")[:120]
    return f"{words}-{paper['marking']}.{format}"
