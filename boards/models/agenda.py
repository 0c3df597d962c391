"""The agenda of a meeting as one reader sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from boards.models.meeting import AgendaItem, ItemPart, Meeting


@dataclass(frozen=True)
class Item:
    number: int
    title: str
    paper: Any


@dataclass(frozen=True)
class Part:
    """Part 1 or Part 2. Numbers run on from the one into the other."""

    label: str
    exempt: bool
    items: tuple[Item, ...]


def agenda(meeting: Meeting, papers: Iterable[Any]) -> list[Part]:
    """The parts that have items; `papers` are the ones of the meeting that the reader may open."""
    by_item = {paper.issue.item_id: paper for paper in papers if not paper.is_draft}
    items = list(meeting.items.all())
    parts = [_part(part, items, by_item) for part in ItemPart]
    return [part for part in parts if part.items]


def _part(part: ItemPart, items: list[AgendaItem], papers: dict[int, Any]) -> Part:
    found = tuple(_item(item, papers.get(item.pk)) for item in items if item.part == part)
    return Part(part.label, part == ItemPart.PART_2, found)


def _item(item: AgendaItem, paper: Any) -> Item:
    """Who may open the paper reads its own title, which the agenda withholds when it is OFFICIAL-SENSITIVE."""
    return Item(item.number, paper.title if paper else item.title, paper)
