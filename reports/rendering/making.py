"""Making one claimed document, from its frozen snapshot to a stored file."""

from collections.abc import Callable
from functools import partial

import structlog
from django.db.models.functions import Now

from contest_portal.core.jobs import Abandoned
from reports.models import Document, PackFile, PageDocument
from reports.rendering import pack, pdf, store, word, word_template
from reports.rendering.confined import Failed, confined
from reports.rendering.fonts import Unprintable
from reports.rendering.leaks import Leak
from reports.rendering.pack_leaks import leak_in_pack
from reports.rendering.published import leak, leak_in_word

NO_MEMORY = "The worker ran out of memory."
NO_ROOM = "The file could not be written; the disk may be full. Tell whoever runs the portal, then try again."

AFTER_MAKING = 96

Made = Document | PackFile | PageDocument


class Leaking(Exception):
    """The public version would tell of what is exempt. The message is a sentence for a person."""


log = structlog.get_logger(__name__)


def make(document: Made) -> None:
    """Make a document that this worker has claimed, with the rights of whoever asked for it.

    There is no transaction around it: rendering takes seconds. Each report and the end are one update that does
    nothing once somebody else holds the document. What fails is said in the row; nothing but a lost database gets out.
    """
    if not type(document).objects.visible_to(document.owner).filter(pk=document.pk).exists():
        document.park(document.no_longer)
        return
    try:
        _make(document)
    except (Unprintable, Leaking) as reason:
        document.park(str(reason))
    except Failed as reason:
        log.error("document_failed", document=str(document.pk), reason=str(reason), exc_info=True)
        document.fail(str(reason))
    except MemoryError:
        document.fail(NO_MEMORY)
    except Abandoned:
        log.warning("document_taken_over", document=str(document.pk))


def _make(document: Made) -> None:
    content = confined(document.snapshot, document.report, maker_of(document))
    document.report(AFTER_MAKING)
    if found := leak_of(document, content):
        raise Leaking(found.sentence)
    try:
        sha256 = store.keep(content)
    except OSError as failure:
        raise Failed(NO_ROOM) from failure
    document.finish(sha256=sha256, size=len(content), ready_at=Now())


def maker_of(document: Made) -> Callable[[str], bytes]:
    """What makes its bytes of its snapshot."""
    if isinstance(document, PackFile):
        return pack.document
    if isinstance(document, Document) and document.is_word:
        return partial(word.document, template=template_of(document))
    return pdf.document


def template_of(document: Document) -> bytes:
    """The board's own as it was when the Word file was asked for, or the house's."""
    own = document.word_template
    return store.read(own.sha256) if own else word_template.house()


def leak_of(document: Made, content: bytes) -> Leak | None:
    """What a file that everybody will read tells of what is exempt."""
    if isinstance(document, PageDocument) or not document.is_public:
        return None
    if isinstance(document, PackFile):
        return leak_in_pack(document, content)
    if document.is_word:
        return leak_in_word(document.issue, document.filename, content, template_of(document))
    return leak(document.issue, document.filename, content)
