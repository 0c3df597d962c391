"""Grounds of exemption against agendas: what minutes say of an earlier meeting, against the items that it took in
Part 2; and what is exempt in the paper, against what its own meeting excludes the public on."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from boards.models import AgendaItem
from boards.models.meeting import ItemPart, MeetingStatus
from contest_portal.ui.formats import day as in_words
from reports.figures.findings import listed
from reports.models.exemption import in_full
from reports.rendering.checks.checked import Checked, Finding, Text, found_in, where_is
from reports.rendering.checks.dates import days_in
from reports.rendering.checks.numbers import sentences
from reports.rendering.renditions import MembersPiece

FAMILY = "agendas"
CITED = re.compile(
    r"\bparagraphs? (?P<number>\d) of (?:Part 1 of )?Schedule 12A|\bSchedule 12A,? paragraph (?P<other>\d)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\bitems? (?P<number>\d+)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Cited:
    """A paragraph of Schedule 12A that a text names; `days` are those that it may speak of."""

    text: Text
    ground: str
    sentence: str
    days: tuple[dt.date, ...]


class Agendas:
    """The board's meetings of the days that a paper names, with what each took in Part 2 and on which ground."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.cited = list(_cited(checked))

    @cached_property
    def items(self) -> dict[dt.date, list[AgendaItem]]:
        """Of items whose ground is recorded. Nothing is read where nothing is cited or exempt."""
        own = [self.checked.day] if self.checked.paper.meeting_id and self.checked.has_exempt else []
        days = {day for cited in self.cited for day in cited.days} | set(own)
        if not days:
            return {}
        rows = AgendaItem.objects.filter(meeting__board=self.checked.paper.board_id, meeting__day__in=days)
        rows = rows.filter(part=ItemPart.PART_2).exclude(ground="").exclude(meeting__status=MeetingStatus.CANCELLED)
        found: dict[dt.date, list[AgendaItem]] = {}
        for item in rows.select_related("meeting").order_by("meeting__day", "number"):
            found.setdefault(item.meeting.day, []).append(item)
        return found

    def spoken_of(self, cited: Cited) -> list[AgendaItem]:
        """The items that a text is about: those of another meeting that it names, or of them the one by its number."""
        day = next((day for day in cited.days if day in self.items and day != self.checked.day), None)
        items = self.items[day] if day else []
        numbers = {int(match["number"]) for match in _ITEM.finditer(cited.sentence)}
        return [item for item in items if item.number in numbers] or items


def check(checked: Checked) -> Iterator[Finding]:
    agendas = Agendas(checked)
    for cited in agendas.cited:
        items = agendas.spoken_of(cited)
        if items and cited.ground not in {item.ground for item in items}:
            words = (
                f"The text cites paragraph {cited.ground} of Schedule 12A. The agenda of "
                f"{in_words(items[0].meeting.day)} has {_named(items)}."
            )
            yield found_in(cited.text, FAMILY, words, stops=True)
    yield from _own(checked, agendas.items.get(checked.day, []) if checked.has_exempt else [])


def _own(checked: Checked, items: list[AgendaItem]) -> Iterator[Finding]:
    """The resolution that excludes the public has to cite every ground that the meeting needs."""
    grounds = {in_full(item.ground) for item in items}
    for place, where, ground, about in _exempt(checked) if grounds else ():
        if ground not in grounds:
            words = (
                f"Exempt under {ground}. The agenda of {in_words(checked.day)} has {_named(items)}: its resolution "
                "has to cite both."
            )
            yield Finding(FAMILY, place, where, words, about, exempt=True)


def _exempt(checked: Checked) -> Iterator[tuple[str, str, str, str]]:
    """(place, where, ground, text) of every exempt part, drawn ones too."""
    yield from ((text.place, text.where, text.ground, text.text) for text in checked.texts if text.exempt)
    for section in checked.sections:
        for part in section.parts:
            block = part.block
            if isinstance(block, MembersPiece) and block.is_drawn:
                grounds = [block.exempt] if block.exempt else [in_full(cell.ground) for cell in block.exempt_cells]
                for ground in dict.fromkeys(grounds):
                    yield str(block.pk), where_is(section, part), ground, block.figure


def _cited(checked: Checked) -> Iterator[Cited]:
    """A sentence speaks of the day that it names; else of those that its paragraph, or the title, names."""
    titled = days_in(checked.source.title)
    for text in checked.texts:
        around = days_in(text.text)
        for sentence in sentences(text.text):
            for match in CITED.finditer(sentence):
                days = days_in(sentence) or around or titled
                yield Cited(text, match["number"] or match["other"], sentence, tuple(days))


def _named(items: Iterable[AgendaItem]) -> str:
    """item 5 under paragraph 3 and item 6 under paragraph 7"""
    return listed([f"item {item.number} under paragraph {item.ground}" for item in items])
