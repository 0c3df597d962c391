"""Asking for documents. That every one asked for is made is the affair of `contest_portal.core.jobs`."""

import json
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.text import slugify

from contest_portal.core.jobs import RESEND, JobState
from contest_portal.core.refusal import Refused
from reports.models import Document, Issue, Rendition, WordTemplate


def queue_document(
    issue: Issue,
    *,
    format: str = "pdf",  # noqa: A002  (the field's name)
    rendition: str = Rendition.MEMBERS,
    by: Any,
) -> Document:
    """The issue's document in that format and rendition, queued if it is new.

    A worker hears of it when the transaction commits."""
    document, is_new = Document.objects.get_or_create(
        issue=issue,
        format=format,
        rendition=rendition,
        defaults={
            "owner": by,
            "word_template": WordTemplate.objects.of(issue.paper.board) if format == "docx" else None,
            "input_hash": issue.open_sha256 if rendition == Rendition.PUBLIC else issue.sha256,
            "filename": filename_of(json.loads(issue.snapshot_of(rendition)), format),
            "next_dispatch": Now() + RESEND,
        },
    )
    if is_new:
        transaction.on_commit(document.announce, robust=True)
    return document


def retry_document(document: Document, *, by: Any) -> None:
    """Make a parked document after all. It is made with the rights of the person who asks now."""
    if not document.queue_again(JobState.PARKED, owner=by):
        raise Refused("This document is not stopped: it is waiting, being made or ready. Open it again to see.")
    transaction.on_commit(document.announce, robust=True)


def filename_of(content: dict[str, Any], format: str) -> str:  # noqa: A002
    """Board, day, number, rendition and marking, in characters that every system takes."""
    paper = content["paper"]
    number = paper["report"].partition(" (")[0].replace("/", "-")
    words = slugify(f"{paper['board']} {paper['meeting_day']} {paper['series']} {number}")[:120]
    public = "-public" if content["rendition"] == Rendition.PUBLIC else ""
    return f"{words}{public}-{paper['marking']}.{format}"


@transaction.atomic
def ask_for_word(issue: Issue, *, public: bool = False, by: Any) -> Document:
    """The Word file of as much as the person reads, which is made when somebody first asks for it."""
    whole = issue.paper.is_whole_for(by) and not public
    if not whole and not issue.open_snapshot:
        raise Refused("It has no public version.")
    return queue_document(issue, format="docx", rendition=Rendition.MEMBERS if whole else Rendition.PUBLIC, by=by)
