"""An archived paper as it is shown and printed: its pieces in their order, with nothing computed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from contest_portal.ui.formats import day
from reports.archive.lines import plain, runs
from reports.models import ArchivedPaper, ArchiveFlag

TITLING = ("subject", "title")
# Pieces of these kinds that follow each other are set as one list.
TOGETHER = {"bullet": "bullets", "field": "fields", "contact": "contacts"}
# A long table is set as several that each fit on a page or two.
MOST_ROWS = 40
# Shorter words come everywhere.
SHORTEST = 3
_STYLES = {"bold": "strong", "slanted": "em"}


@dataclass
class Shown:
    """One piece, or several that are one list. `anchor` leads to it, `flags` stand beside it."""

    kind: str
    pieces: list[dict[str, Any]]
    flags: list[ArchiveFlag] = field(default_factory=list)

    @property
    def piece(self) -> dict[str, Any]:
        return self.pieces[0]

    @property
    def anchor(self) -> str:
        return _anchor(self.piece)


@dataclass(frozen=True)
class Sheet:
    """`loose` are flags about the whole file, or about lines that are not in the paper."""

    shown: list[Shown]
    loose: list[ArchiveFlag]
    unread: list[dict[str, Any]]
    furniture: list[dict[str, Any]]
    titled: bool


def _anchor(piece: dict[str, Any]) -> str:
    return f"line-{piece['lines'][0]}"


def sheet(content: dict[str, Any], flags: Iterable[Any] = ()) -> Sheet:
    shown = list(_grouped(content["pieces"]))
    _rank(shown)
    places = {line: found for found in shown for piece in found.pieces for line in _lines(piece)}
    loose: list[Any] = []
    for flag in flags:
        place = places.get(flag.line)
        (place.flags if place else loose).append(flag)
    titled = any(found.kind in ("title", "titling") for found in shown)
    return Sheet(shown, loose, content["unread"], content["furniture"], titled)


def _rank(shown: list[Shown]) -> None:
    """Headings of a screen reader's list: none may be more than one step below the one before it."""
    before = 1
    for found in shown:
        if found.kind in ("heading", "section"):
            before = found.piece["rank"] = min(found.piece["level"], before + 1)


def _lines(piece: dict[str, Any]) -> Iterator[int]:
    yield from piece["lines"]
    for part in piece.get("parts", []):
        yield from _lines(part)


def _grouped(pieces: Iterable[dict[str, Any]]) -> Iterator[Shown]:
    last: Shown | None = None
    for piece in map(_drawn, pieces):
        kind = TOGETHER.get(piece["kind"], piece["kind"])
        if kind == "fields" and piece["marker"].lower() in TITLING:
            kind = "titling"
        if last is not None and kind == last.kind and kind in TOGETHER.values():
            last.pieces.append(piece)
            continue
        if last is not None:
            yield last
        last = Shown(kind, [piece])
    if last is not None:
        yield last


def _drawn(piece: dict[str, Any]) -> dict[str, Any]:
    """With its words as HTML, and the rows of a table beside their heading."""
    rows = piece.get("rows", [])
    drawn = {"marker": "", "level": 0} | piece | {"html": words(piece["text"])}
    drawn["parts"] = [_drawn(part) for part in piece.get("parts", [])]
    if rows:
        width = max(len(row) for row in rows)
        filled = [row + [""] * (width - len(row)) for row in rows]
        body = filled[1:]
        parts = [body[start : start + MOST_ROWS] for start in range(0, len(body), MOST_ROWS)] or [[]]
        drawn |= {"columns": filled[0], "bodies": parts}
    return drawn


def words(text: str) -> SafeString:
    """The text with its bold and slanted letters and its line ends."""
    parts = ((_STYLES.get(style, ""), part) for part, style in runs(text))
    return mark_safe("".join(_styled(tag, _broken(part)) for tag, part in parts))  # noqa: S308


def _styled(tag: str, html: SafeString) -> SafeString:
    return format_html("<{}>{}</{}>", mark_safe(tag), html, mark_safe(tag)) if tag else html  # noqa: S308


def _broken(text: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.split("\n")))


@dataclass(frozen=True)
class Said:
    """A paragraph in which the words come, with the number that it was printed with."""

    marker: str
    text: str
    url: str


def said(paper: ArchivedPaper, asked: str) -> list[Said]:
    """Where the paper speaks of all these words, in whatever form; as a help to see why it was found."""
    stems = [_stem(word) for word in re.findall(r"\w+", asked.lower()) if len(word) >= SHORTEST]
    found = [piece for piece in paper.read["pieces"] if stems and _speaks_of(piece, stems)]
    return [
        Said(piece.get("marker", ""), plain(piece["text"]), f"{paper.get_absolute_url()}#{_anchor(piece)}")
        for piece in found
    ]


def _speaks_of(piece: dict[str, Any], stems: list[str]) -> bool:
    inner = [part["text"] for part in piece.get("parts", [])]
    cells = [cell for row in piece.get("rows", []) for cell in row]
    spoken = re.findall(r"\w+", " ".join([piece["text"], *inner, *cells]).lower())
    return all(any(word.startswith(stem) for word in spoken) for stem in stems)


def _stem(word: str) -> str:
    return word[: max(SHORTEST, len(word) - 2)]


def banner(paper: ArchivedPaper) -> str:
    """What became of the body whose paper it is, from the organisations that the portal knows."""
    told = f"This is an archived paper of the {paper.body_then}"
    after = [f"replaced by the {row.after} on {day(row.on)}" for row in paper.successors]
    told += f", which was {' and '.join(after)}" if after else ""
    return f"{told}. It stands here as it was, and may be out of date."
