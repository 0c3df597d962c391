"""An old paper, read as it was: every line is in the body, set aside as the site's, or said to be unread."""

import re
from collections import Counter
from collections.abc import Iterable

from reports.archive import furniture
from reports.archive.body import Body
from reports.archive.front import read_head
from reports.archive.lines import Line, items_of, numbered_lines
from reports.archive.pieces import Oddity, Piece, Reading

SAYS_NOTHING = re.compile(r"^[\W_]+$")
DAMAGED = re.compile("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f]")
# A heading that comes so often is the head of each page.
RUNNING = 3


def read(texts: Iterable[tuple[str, str]], notes: Iterable[str] = ()) -> Reading:
    """`texts` are the lines of the file, each with a hint or none; `notes` what was found out while it was opened."""
    lines = numbered_lines(texts)
    lines, site = furniture.set_aside(lines)
    unread = [line for line in lines if line.hint == "unread" or SAYS_NOTHING.match(line.text)]
    dropped = {line.n for line in unread}
    head, rest = read_head(items_of(line for line in lines if line.n not in dropped))
    body = Body(rest).read()
    pieces = [*head.pieces, *body.pieces]
    summary = [piece.text for piece in body.pieces if piece.kind == "summary"]
    head.front.summary = "\n\n".join(summary)
    set_aside = furniture.as_pieces("furniture", site)
    head.front.replaced = furniture.replaced_body(set_aside)
    oddities = [Oddity("file", note) for note in notes] + head.oddities + body.oddities
    oddities += [*_running(pieces), *_empty(pieces), *_damaged(lines)]
    oddities += [Oddity("unread", f"This line was not read: “{line.text[:80]}”.", line.n) for line in unread]
    oddities.sort(key=lambda oddity: oddity.line)
    return Reading(head.front, pieces, set_aside, furniture.as_pieces("unread", unread), oddities)


def _running(pieces: list[Piece]) -> list[Oddity]:
    """Headings that come back on each page stay where they are, and are no headings after the first."""
    counts = Counter(piece.text for piece in pieces if piece.kind == "heading" and piece.text.isupper())
    oddities, seen = [], set()
    for piece in pieces:
        if piece.kind != "heading" or counts[piece.text] < RUNNING:
            continue
        if piece.text in seen:
            piece.kind, piece.level = "running", 0
            continue
        seen.add(piece.text)
        told = f"“{piece.text}” comes {counts[piece.text]} times: perhaps it stood at the head of each page."
        oddities.append(Oddity("running", told, piece.lines[0]))
    return oddities


def _empty(pieces: list[Piece]) -> list[Oddity]:
    """Sections and headings with nothing under them. It is not known what they said; it is not nil."""
    oddities = []
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        if piece.kind not in ("section", "heading"):
            continue
        if after is None or after.kind == "section" or (after.kind == "heading" and _as_high(after, piece)):
            told = f"There is nothing under “{piece.name}”. Perhaps a “None” was lost: it is not known what it said."
            oddities.append(Oddity("empty", told, piece.lines[0]))
    return oddities


def _as_high(after: Piece, piece: Piece) -> bool:
    return piece.kind == "heading" and after.level <= piece.level and not piece.text.isupper()


def _damaged(lines: list[Line]) -> list[Oddity]:
    return [
        Oddity("damaged", f"Letters of this line are damaged: “{line.text[:80]}”.", line.n)
        for line in lines
        if DAMAGED.search(line.text)
    ]
