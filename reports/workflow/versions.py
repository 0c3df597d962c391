"""The versions of a draft, read from history: when somebody saved, and what two of these moments differ in."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from contest_portal.core.quarters import Quarter
from reports.figures import Figure
from reports.models import Block, KeptVersion, Paper
from reports.rendering.composition import QUARTER, read_figures
from reports.rendering.markdown import REFERENCE, TOKEN, is_reference, keys_in
from reports.rendering.numbering import arrange, heading_of
from reports.rendering.references import places_of
from reports.rendering.renditions import MembersPiece
from reports.rendering.word_changes import FigureChange, Words, compared_words, figure_changes
from reports.workflow.papers import open_draft
from reports.workflow.reading import hidden_fields, never_exempt
from strands.figures.known import Known

# What one person saves within this time is one version.
QUIET = dt.timedelta(minutes=30)
_INSTANT = dt.timedelta(microseconds=1)


@dataclass
class Version:
    """What one person saved in one go, up to `at`; or a moment that was kept under a name."""

    at: dt.datetime
    who: str
    since: dt.datetime
    saves: int = 1
    name: str = ""

    @property
    def key(self) -> str:
        return self.at.isoformat()


@dataclass(frozen=True)
class State:
    """The text of a draft at a moment, as far as the reader may know it."""

    at: dt.datetime
    quarter: Quarter
    front: list[Words]
    pieces: list[MembersPiece] = field(default_factory=list)


@transaction.atomic
def keep_version(paper: Paper, name: str, *, by: Any) -> KeptVersion:
    """The draft as it is now is found again under this name."""
    kept = KeptVersion(paper=open_draft(paper, by=by), name=name, by=by)
    kept.save()
    return kept


def versions_of(paper: Paper, user: Any) -> list[Version]:
    """The newest first. Who does not read what is exempt is not told either that somebody changed it."""
    moments = sorted({*_of_blocks(paper, user), *_of_front(paper, user)})
    people = get_user_model()._default_manager.in_bulk({who for _, who in moments})
    found: list[Version] = []
    for at, key in moments:
        who = str(people[key])
        if found and found[-1].who == who and at - found[-1].at <= QUIET:
            found[-1].at = at
            found[-1].saves += 1
        else:
            found.append(Version(at, who, at))
    kept = KeptVersion.objects.visible_to(user).filter(paper=paper).select_related("by")
    named = [Version(each.at, str(each.by), each.at, name=each.name) for each in kept]
    return sorted([*found, *named], key=lambda version: (version.at, version.name), reverse=True)


def state_at(paper: Paper, at: dt.datetime, user: Any) -> State | None:
    """Nothing, before there was a paper."""
    images = Paper.history.filter(id=paper.pk, history_date__lte=at)
    front = images.order_by("history_date", "history_id").last()
    if front is None:
        return None
    hidden = [] if paper.takes_exempt_from(user) else hidden_fields(paper)
    named = [("Title", front.title), ("By", front.by_line), ("Summary", front.summary)]
    words = [Words(name, name, text) for name, text in named if name.lower() not in hidden]
    rows = _blocks(paper, user).filter(history_date__lte=at)
    newest = rows.order_by("id", "-history_date", "-history_id").distinct("id")
    places = _places(paper)
    there = sorted(
        (row for row in newest if row.history_type != "-"),
        key=lambda row: (places.get((row.section, row.heading), 0), row.position, row.id),
    )
    pieces = [
        MembersPiece(row.id, row.section, row.heading, row.kind, row.text, row.figure, row.source, row.marking)
        for row in there
    ]
    return State(at, front.quarter, words, pieces)


def differences(paper: Paper, before: State, after: State, user: Any) -> tuple[list[Any], list[FigureChange]]:
    """Word by word for each part, with its numbers as they were known then; and the figures that both versions name
    where their value moved in between."""
    shapes = paper.template.sections if paper.takes_exempt_from(user) else None
    old, new = _Speaker(before, shapes), _Speaker(after, shapes)
    changes = compared_words(old.front(), new.front())
    changes += compared_words(old.pieces(paper.template.sections), new.pieces(paper.template.sections))
    return changes, figure_changes(old.found, new.found)


def _places(paper: Paper) -> dict[tuple[str, str], int]:
    """Where each heading stands in the paper."""
    found = [(shape["key"], key) for shape in paper.template.sections for key in ("", *_headings(shape))]
    return {place: index for index, place in enumerate(found)}


def _headings(shape: dict[str, Any]) -> list[str]:
    return [heading["key"] for heading in shape.get("headings", [])]


class _Speaker:
    """Says what a version said when it was the newest, figures and references to other paragraphs among its words."""

    def __init__(self, state: State, shapes: Sequence[dict[str, Any]] | None) -> None:
        """`shapes` of a reader who knows every paragraph, and so what number each had."""
        self.state = state
        self.found = _figures(state)
        self.places = places_of(arrange(shapes, state.pieces), shapes) if shapes else {}

    def front(self) -> list[Words]:
        return [replace(words, text=self.said(words.text), typed=words.text) for words in self.state.front]

    def pieces(self, sections: Sequence[dict[str, Any]]) -> list[Words]:
        titles = {shape["key"]: heading_of(shape["letter"], shape["title"]) for shape in sections}
        return [
            Words(
                str(piece.pk),
                f"{titles.get(piece.section, piece.section)}: {piece.kind}",
                self.said(piece.text) or self._drawn(piece.figure),
                (piece.section, piece.heading),
                piece.text,
            )
            for piece in self.state.pieces
        ]

    def said(self, text: str) -> str:
        return TOKEN.sub(lambda match: self._word(match[1]) or match[0], text)

    def _word(self, key: str) -> str:
        if key == QUARTER:
            return str(self.state.quarter)
        if is_reference(key):
            place = self.places.get(key.removeprefix(REFERENCE))
            return place.seen_from("") if place else "another paragraph"
        return self.found[key].words if key in self.found else ""

    def _drawn(self, key: str) -> str:
        return self.found[key].definition.name if key in self.found else key


def _figures(state: State) -> dict[str, Figure]:
    """As they were known at that moment."""
    texts = [*(words.text for words in state.front), *(piece.text for piece in state.pieces)]
    keys = [key for text in texts for key in keys_in(text)] + [piece.figure for piece in state.pieces if piece.figure]
    known = Known(timezone.localdate(state.at), True, state.at + _INSTANT)
    return read_figures(dict.fromkeys(keys), state.quarter, known)


def _blocks(paper: Paper, user: Any) -> Any:
    rows = Block.history.filter(paper_id=paper.pk)
    return rows if paper.takes_exempt_from(user) else rows.filter(id__in=never_exempt(paper))


def _of_blocks(paper: Paper, user: Any) -> Iterable[tuple[dt.datetime, Any]]:
    return _blocks(paper, user).values_list("history_date", "history_user")


def _of_front(paper: Paper, user: Any) -> Iterable[tuple[dt.datetime, Any]]:
    """Where the summary was exempt once, its changes are not told apart from the others."""
    rows = Paper.history.filter(id=paper.pk)
    if not paper.takes_exempt_from(user) and "summary" in hidden_fields(paper):
        rows = rows.filter(history_type="+")
    return rows.values_list("history_date", "history_user")
