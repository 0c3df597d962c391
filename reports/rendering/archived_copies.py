"""Making one claimed copy of an archived paper, from its text to a stored file."""

import datetime as dt
import json

import structlog

from contest_portal.core.jobs import Abandoned
from contest_portal.ui.formats import day
from reports.models import ArchivedCopy, ArchivedPaper
from reports.rendering import archived_pdf, archived_word, store
from reports.rendering.archived import banner
from reports.rendering.confined import Failed, confined
from reports.rendering.contents import short
from reports.rendering.fonts import Unprintable

NO_LONGER = "The person who asked for this file may no longer read the archive. Somebody who may can ask for it again."
NO_ROOM = "The file could not be written; the disk may be full. Tell whoever runs the portal, then try again."

log = structlog.get_logger(__name__)


def copy_text(paper: ArchivedPaper) -> str:
    """All that a copy is made of. Renderers read nothing else."""
    number = paper.number_words
    return json.dumps(
        {
            "name": f"{number}: {paper.title}" if number else paper.title,
            "title": paper.title,
            "number": number,
            "by_line": paper.by_line,
            "body": paper.body_then,
            "day": day(paper.day) if paper.day else "",
            "banner": banner(paper),
            "stamp": paper.imported_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "sha256": paper.sha256,
            "hash": short(paper.sha256),
            "content": paper.read,
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def make(copy: ArchivedCopy) -> None:
    """What fails is said in the row; nothing but a lost database gets out."""
    if not ArchivedCopy.objects.visible_to(copy.owner).filter(pk=copy.pk).exists():
        copy.park(NO_LONGER)
        return
    try:
        _make(copy)
    except Unprintable as reason:
        copy.park(str(reason))
    except Failed as reason:
        log.error("archived_copy_failed", copy=str(copy.pk), reason=str(reason), exc_info=True)
        copy.fail(str(reason))
    except Abandoned:
        log.warning("archived_copy_taken_over", copy=str(copy.pk))


def _make(copy: ArchivedCopy) -> None:
    paper = ArchivedPaper.objects.in_full().get(pk=copy.paper_id)
    text = copy_text(paper)
    if copy.format == "pdf":
        content = confined(text, copy.report, archived_pdf.document)
    else:
        content = archived_word.document(text)
    try:
        sha256 = store.keep(content)
    except OSError as failure:
        raise Failed(NO_ROOM) from failure
    copy.finish(sha256=sha256, size=len(content))
