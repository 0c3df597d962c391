"""What is said about a draft, part by part: comments with their replies, and suggested changes."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from contest_portal.core.word_diff import WordDiff
from contest_portal.notifications.comments import threads
from reports.models import Block, BlockComment, BlockSuggestion, Paper
from reports.rendering.numbering import arrange
from reports.rendering.renditions import seen_by


@dataclass
class Talk:
    """Of one part. `block` is None once it was taken out of the paper."""

    where: str
    block: Block | None
    comments: list[BlockComment] = field(default_factory=list)
    suggestions: list[BlockSuggestion] = field(default_factory=list)

    @property
    def open(self) -> int:
        unresolved = sum(each.resolved_at is None for each in self.comments)
        return unresolved + sum(not each.answer for each in self.suggestions)


def talks(paper: Paper, user: Any) -> list[Talk]:
    """In the order of the paper, as far as the person reads it; what is about parts that are gone, last."""
    comments = list(BlockComment.objects.visible_to(user).filter(paper=paper).select_related("by", "resolved_by"))
    suggestions = BlockSuggestion.objects.visible_to(user).filter(paper=paper).select_related("by", "answered_by")
    found: dict[Any, Talk] = {}
    for key, (where, block) in _places(paper, user).items():
        found[key] = Talk(where, block)
    for comment in threads(comments):
        found.setdefault(comment.piece, Talk("A part that was taken out", None)).comments.append(comment)
    for suggestion in suggestions:
        talk = found.setdefault(suggestion.piece, Talk("A part that was taken out", None))
        suggestion.diff = WordDiff(suggestion.before, suggestion.text)
        suggestion.is_overtaken = not suggestion.answer and (talk.block is None or talk.block.text != suggestion.before)
        talk.suggestions.append(suggestion)
    return [talk for talk in found.values() if talk.comments or talk.suggestions]


def _places(paper: Paper, user: Any) -> dict[Any, tuple[str, Block]]:
    source = seen_by(paper, user)
    blocks = {block.pk: block for block in paper.blocks.visible_to(user)}
    return {
        part.block.pk: (f"{section.heading}: {part.kind} {part.number}".strip(), blocks[part.block.pk])
        for section in arrange(source.sections, source.pieces)
        for part in section.parts
        if part.block is not None and part.block.pk in blocks
    }


def talk_words(paper: Paper, user: Any) -> dict[str, str]:
    """For the margin, by block that the person reads: how much is open on it, in words."""
    open_on: Counter[Any] = Counter()
    comments = BlockComment.objects.visible_to(user).filter(paper=paper, answers=None).unresolved()
    open_on.update(comments.values_list("piece", flat=True))
    open_on.update(BlockSuggestion.objects.visible_to(user).open().filter(paper=paper).values_list("piece", flat=True))
    blocks = paper.blocks.visible_to(user).values_list("pk", flat=True)
    return {str(key): f"{open_on[key]} open" if open_on[key] else "" for key in blocks}
