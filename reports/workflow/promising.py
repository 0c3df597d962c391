"""What a paper promises its board: said of a paragraph, and later kept by a paragraph of another paper."""

from typing import Any

from django.db import transaction

from contest_portal.audit.acting import moment
from contest_portal.core.refusal import Refused
from reports.models import Block, Promise
from reports.workflow.papers import open_draft


@transaction.atomic
def promise(made: Promise, *, by: Any) -> Promise:
    """Mark a paragraph as a promise, or change what it promises and by when. It counts once its paper is issued."""
    open_draft(made.block.paper, by=by)
    made.save()
    return made


@transaction.atomic
def take_back(made: Promise, *, by: Any) -> None:
    """In a draft a paragraph can be no promise after all."""
    open_draft(made.block.paper, by=by)
    made.delete()


@transaction.atomic
def keep(made: Promise, block: Block, *, by: Any) -> Promise:
    """Say which paragraph of a draft keeps it. It is kept once that paper is issued."""
    paper = open_draft(block.paper, by=by)
    locked = Promise.objects.select_for_update(of=("self",)).select_related("block__paper").get(pk=made.pk)
    if locked.block.paper.board_id != paper.board_id:
        raise Refused("That was promised to another board.")
    if locked.is_kept:
        raise Refused("It is kept already.")
    locked.kept_in, locked.kept_by, locked.kept_at = block, by, moment()
    locked.save()
    return locked
