"""The Word templates of a board: sent in, kept, and used for what is asked for from then on."""

from typing import Any

from boards.models import Board
from contest_portal.audit.acting import acting, moment
from contest_portal.core.refusal import Refused
from reports.models import WordTemplate
from reports.models.pack import BUILD
from reports.rendering import store, word_template


def keep_template(board: Board, name: str, content: bytes, *, by: Any) -> WordTemplate:
    """An inspected file. Word files that were made before stay as they are."""
    if not Board.objects.covered_by(by, BUILD).filter(pk=board.pk).exists():
        raise Refused(f"Only the secretary of the {board} sends in its template.")
    if reason := word_template.why_not_use(content):
        raise Refused(reason)
    with acting(by):
        made = WordTemplate(board=board, name=name, sha256=store.keep(content), size=len(content))
        made.sent_at, made.sent_by = moment(), by
        made.save()
    return made


def content_of(template: WordTemplate | None) -> bytes:
    return store.read(template.sha256) if template else word_template.house()
