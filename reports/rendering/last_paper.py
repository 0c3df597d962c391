"""What the board's last issued paper said in the same place, for whoever writes the next one."""

from dataclasses import dataclass
from typing import Any

from reports.models import Block, Paper, PaperStatus
from reports.rendering.composition import Content
from reports.rendering.twin import Twin, issued_address


@dataclass(frozen=True)
class LastSaid:
    """`pieces` are those of one heading, as this person reads them, with the numbers that they had."""

    paper: Paper
    heading: str
    pieces: list[Content]


def last_issued(paper: Paper, user: Any) -> Paper | None:
    """The newest paper of the same board that was issued before this one, if the person sees one."""
    found = Paper.objects.visible_to(user).filter(status=PaperStatus.ISSUED, board=paper.board)
    if not paper.is_draft:
        found = found.filter(issue__pk__lt=paper.issue.pk)
    return found.exclude(pk=paper.pk).in_full().order_by("-issue__pk").first()


def last_said(block: Block, user: Any) -> LastSaid | None:
    """Under the heading of this block; nothing where that paper has no such heading, or nothing under it."""
    last = last_issued(block.paper, user)
    if last is None:
        return None
    twin = Twin(last.issue.content_for(user), issued_address(last.pk))
    for section in twin.sections():
        for slot in section["slots"]:
            if (section["key"], slot["key"]) == (block.section, block.heading) and slot["blocks"]:
                heading = slot["heading"]["text"] if slot["heading"] else section["title"]
                return LastSaid(last, heading, slot["blocks"])
    return None
