"""Comments on a part of a draft, and changes suggested to it: by whoever reads the draft."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from contest_portal.access.grants import may
from contest_portal.audit.acting import moment
from contest_portal.core.refusal import Refused, Stale
from contest_portal.notifications.comments import reopen, resolve
from contest_portal.notifications.telling import tell
from reports.models import Block, BlockComment, BlockSuggestion, Paper, SuggestionAnswer
from reports.workflow.papers import open_draft, save_block

ABOUT = "paper_comment"


def why_not_comment(paper: Paper, user: Any) -> str:
    if not may(user, "paper.comment"):
        return "You read these comments, and write none."
    return "" if paper.is_draft else "The paper was issued: nothing is said about its draft any more."


@transaction.atomic
def comment_on_block(block: Block, text: str, *, by: Any) -> BlockComment:
    comment = BlockComment(paper=block.paper, piece=block.pk, exempt=block.is_exempt, text=text, by=by)
    return _said(comment, block.paper)


@transaction.atomic
def reply_to_block_comment(answered: BlockComment, text: str, *, by: Any) -> BlockComment:
    if answered.answers_id or answered.resolved_at:
        raise Refused("It is resolved, or a reply itself, so nobody replies to it. Write a new comment.")
    about = {"paper": answered.paper, "piece": answered.piece, "answers": answered}
    exempt = answered.exempt or Block.objects.filter(pk=answered.piece).exclude(exempt_ground="").exists()
    return _said(BlockComment(**about, exempt=exempt, text=text, by=by), answered.paper)


@transaction.atomic
def settle_block_comment(pk: int, *, again: bool = False, by: Any) -> BlockComment:
    """Resolved, or opened again. A reply goes with what it answers."""
    found = BlockComment.objects.visible_to(by).select_for_update(of=("self",)).get(pk=pk)
    if reason := why_not_comment(found.paper, by):
        raise Refused(reason)
    if found.answers_id:
        raise Refused("A reply is resolved with the comment that it answers.")
    (reopen if again else resolve)(found, by=by)
    return found


@transaction.atomic
def suggest(block: Block, text: str, *, reason: str, by: Any) -> BlockSuggestion:
    if refusal := why_not_comment(block.paper, by):
        raise Refused(refusal)
    if block.is_drawn:
        raise Refused("A table or chart has no text. Write a comment on it.")
    words = {"before": block.text, "text": text, "reason": reason}
    found = BlockSuggestion(paper=block.paper, piece=block.pk, exempt=block.is_exempt, by=by, **words)
    found.save()
    _tell(found, _people(found), f"{by} suggests a change to it.")
    return found


@transaction.atomic
def accept_suggestion(found: BlockSuggestion, *, seen: int, by: Any) -> Block:
    """The block says from now on what was suggested. `seen` is its version that the person compared it with."""
    block, found = _to_answer(found, by=by)
    if block is None:
        raise Refused("The part that it is about was taken out of the paper. Decline it, and say so.")
    if block.version != seen:
        raise Stale("this part of the paper")
    block.text = found.text
    block.change_reason = f"Suggested by {found.by}, accepted by {by}"
    save_block(block, by=by)
    _answer(found, SuggestionAnswer.ACCEPTED, by=by)
    return block


@transaction.atomic
def decline_suggestion(found: BlockSuggestion, *, reason: str, by: Any) -> None:
    _, found = _to_answer(found, by=by)
    found.answer_reason = reason
    _answer(found, SuggestionAnswer.DECLINED, by=by)


def _to_answer(found: BlockSuggestion, *, by: Any) -> tuple[Block | None, BlockSuggestion]:
    """Both locked. Only who may change the paper answers, so nobody gets a change in that they could not make."""
    open_draft(found.paper, by=by)
    locked = BlockSuggestion.objects.visible_to(by).select_for_update(of=("self",)).get(pk=found.pk)
    if locked.answer:
        raise Refused(f"It was {locked.get_answer_display().lower()} already by {locked.answered_by}.")
    return Block.objects.visible_to(by).filter(pk=locked.piece).first(), locked


def _answer(found: BlockSuggestion, answer: str, *, by: Any) -> None:
    found.answer, found.answered_by, found.answered_at = answer, by, moment()
    found.save()
    _tell(found, {found.by} - {by}, f"{by} has {answer} your suggestion.")


def _said(comment: BlockComment, paper: Paper) -> BlockComment:
    if reason := why_not_comment(paper, comment.by):
        raise Refused(reason)
    comment.save()
    _tell(comment, _people(comment), f"{comment.by} commented on it.")
    return comment


def _people(said: BlockComment | BlockSuggestion) -> set[Any]:
    """The author, and who said something of the same part before."""
    models: tuple[Any, Any] = (BlockComment, BlockSuggestion)
    earlier = {row.by for each in models for row in each.objects.filter(piece=said.piece).select_related("by")}
    return (earlier | {said.paper.author}) - {said.by}


def _tell(said: BlockComment | BlockSuggestion, people: Iterable[Any], what: str) -> None:
    """Those who may read it. Not what it says, nor the title of the paper: a draft can be exempt or sensitive."""
    kind = type(said)
    read = [each for each in people if kind.objects.visible_to(each).filter(pk=said.pk).exists()]
    name = f"A draft to the {said.paper.board}"
    tell(read, name, f"{name}: {what}", link=said.get_absolute_url(), about=ABOUT)
