"""Moving parts of a paper: one place up or down, or to a chosen place, alone or with what stands under a heading."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from contest_portal.core.refusal import Refused
from reports.models import Block, BlockKind
from reports.models.paper import kinds_for
from reports.workflow.clearing import let_lapse
from reports.workflow.papers import blocks_beside, open_draft, put_in_order


@dataclass(frozen=True)
class Place:
    """Under a fixed heading, or before the first one; behind a block that stands there, or first."""

    section: str
    heading: str = ""
    after: UUID | None = None


@transaction.atomic
def move_block(block: Block, direction: str, *, by: Any) -> None:
    """One place "up" or "down" under its heading; at the end of the road it stays.

    Past the next one that this person sees: whoever does not read what is exempt would press twice and wonder."""
    paper = open_draft(block.paper, by=by)
    whole = paper.is_whole_for(by)
    order = blocks_beside(block, with_it=True)
    seen = [place for place, other in enumerate(order) if whole or not other.is_exempt]
    place = next(index for index, other in enumerate(order) if other.pk == block.pk)
    target = seen.index(place) + {"up": -1, "down": 1}[direction]
    if 0 <= target < len(seen):
        order.insert(seen[target], order.pop(place))
        put_in_order(order)
        let_lapse(paper, by=by)


@transaction.atomic
def place_block(block: Block, to: Place, *, together: bool = False, by: Any) -> None:
    """To a chosen place. `together` takes along what stands under a heading of the author's own, up to the next one."""
    paper = open_draft(block.paper, by=by)
    shape = paper.template.section(to.section)
    moved = _with_what_follows(block) if together else [Block.objects.get(pk=block.pk)]
    if shape is None or not paper.template.has_place(to.section, to.heading):
        raise Refused("The paper has no such place. Choose another one.")
    if any(each.kind not in kinds_for(shape) for each in moved):
        raise Refused(f"“{shape['title']}” does not take that. Choose another place.")
    keys = {each.pk for each in moved}
    there = Block.objects.filter(paper=paper, section=to.section, heading=to.heading)
    order = [each for each in there if each.pk not in keys]
    behind = [None, *(each.pk for each in order)]
    if to.after not in behind:
        raise Refused("What it was to stand behind is not there any more. Choose a place again.")
    index = behind.index(to.after)
    for each in moved:
        each.section, each.heading = to.section, to.heading
    put_in_order([*order[:index], *moved, *order[index:]])
    let_lapse(paper, by=by)


def _with_what_follows(block: Block) -> list[Block]:
    order = blocks_beside(block, with_it=True)
    first = next(index for index, other in enumerate(order) if other.pk == block.pk)
    rest = order[first + 1 :]
    until = next((index for index, other in enumerate(rest) if other.kind == BlockKind.HEADING), len(rest))
    return [order[first], *rest[:until]]
