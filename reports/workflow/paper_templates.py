"""Changing the shapes of papers, and starting a new version of one from a day."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q

from boards.models import Board
from contest_portal.core.refusal import Refused, Stale
from reports.models import PaperTemplate

# What a version has for itself.
_OWN = frozenset({"id", "version", "key", "board_id", "regime", "starts", "ends"})


@transaction.atomic
def save_template(template: PaperTemplate, *, by: Any) -> PaperTemplate:
    """Save a changed version, which no paper has yet and which has no fault."""
    stored = PaperTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if reason := stored.why_not_edit(by):
        raise Refused(reason)
    if stored.version != template.version:
        raise Stale("this shape")
    if faults := template.faults():
        raise Refused(faults[0])
    template.save()
    return template


@transaction.atomic
def start_version(template: PaperTemplate, *, board: Board, starts: dt.date, by: Any) -> PaperTemplate:
    """The same shape again for the board, to be changed. The board's own version before it ends on the day before;
    papers that have that one keep it. A shape that every body has goes on for the others."""
    before = PaperTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if reason := why_not_start(before, board=board, starts=starts, by=by):
        raise Refused(reason)
    if before.board_id and (before.ends is None or before.ends >= starts):
        before.ends = starts - dt.timedelta(days=1)
        before.save()
    names = [field.attname for field in PaperTemplate._meta.concrete_fields if field.attname not in _OWN]
    made = PaperTemplate(**{name: getattr(before, name) for name in names}, board=board, starts=starts)
    made.key = f"{board.key}-{before.shape}-{starts:%Y-%m-%d}"
    made.save()
    return made


def why_not_start(template: PaperTemplate, *, board: Board, starts: dt.date, by: Any) -> str:
    """Why this person cannot start a version for the board on that day, in a sentence; empty when they can."""
    if not PaperTemplate(board=board).startable_by(by):
        return f"Only the secretary of the {board} starts a version of its shapes."
    if template.board_id not in (None, board.pk):
        return f"This is the shape of the {template.board}."
    if board.has_ended_on(starts):
        return f"The {board} ended on {board.ends:%-d %B %Y}."
    if template.board_id and template.starts and starts <= template.starts:
        return f"The version before it starts on {template.starts:%-d %B %Y}. Choose a later day."
    others = PaperTemplate.objects.filter(board=board, shape=template.shape).exclude(pk=template.pk)
    later = others.filter(Q(ends=None) | Q(ends__gte=starts)).order_by("starts").first()
    return f"The {board} has its own version {later.dates_in_words} already. Start from that one." if later else ""
