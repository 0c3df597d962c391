"""Lines of an old paper as they stand in its file, and the items that they make up.

Nothing in here changes a word: a line is cut from its marker (number, letter, bullet) and from white space alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reports.archive.numbers import stands_alone

# Longer lines than this were never broken at a margin: each is a paragraph of its own.
UNBROKEN = 120
# A paragraph that was broken at a margin has lines of about one length, the last one apart.
BROKEN_AT = 45
LONGEST_MARKER = 6

LETTER = re.compile(r"^([A-Z]\.)\s+(\S.*)$")
LETTER_ALONE = re.compile(r"^([B-Z])\s+([A-Z].*)$")
NUMBER = re.compile(r"^(\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?)(?:\s+(\S.*))?$")
NUMBER_ALONE = re.compile(r"^(\d{1,3})\s+([A-Z“‘\"'].*)$")
BULLET = re.compile(r"^([•·▪◦●○■□➢►‣⁃\uf0b7\uf0a7–—-]|\*(?!\*))\s+(\S.*)$")
SUB = re.compile(r"^(\([a-z]{1,4}\)|[a-z]{1,4}\)|[a-z]\.|[ivx]{2,4}\.)\s+(\S.*)$")

# From one star to the next: a lone one must not be looked for through the whole of a long text.
STARS = re.compile(r"(\*{1,2})(?=[^\s*])([^*]+)(?<=\S)\1")

LABELS = (
    "Report", "Date", "By", "Author", "Subject", "Title", "Meeting", "Council Meeting", "Committee", "Date of meeting",
    "Agenda item", "Item", "Report author", "Report author(s)", "Decision maker", "Decision by", "Reference",
    "Date signed", "Date of decision", "Publication date", "Effective from", "Wards", "Ward", "Key decision", "Call-in",
    "Responsible director", "Cabinet member", "Status", "Purpose", "From", "To", "Place", "Time", "Contact",
)  # fmt: skip
FIELD = re.compile(rf"^({'|'.join(map(re.escape, sorted(LABELS, key=len, reverse=True)))})\s*:\s*(.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """`hint` is what a file that knows more than text says of it: h1 to h6, row, furniture or unread."""

    n: int
    text: str
    hint: str = ""
    gap: int = 0  # how many empty lines stand before it


@dataclass
class Item:
    """One or several lines that belong together, with the marker that they begin with."""

    kind: str  # letter, number, bullet, sub, field, rows or text
    text: str
    lines: list[Line] = field(default_factory=list)
    marker: str = ""

    @property
    def gap(self) -> int:
        return self.lines[0].gap

    @property
    def hint(self) -> str:
        return self.lines[0].hint

    @property
    def is_one_line(self) -> bool:
        return len(self.lines) == 1

    @property
    def begins(self) -> int:
        return self.lines[0].n


def numbered_lines(texts: Iterable[tuple[str, str]]) -> list[Line]:
    """The lines that say something, counted as in the file, each with the empty ones before it."""
    found, gap = [], 0
    for n, (text, hint) in enumerate(texts, start=1):
        if not text.strip():
            gap += 1
            continue
        found.append(Line(n, text.strip(" \n\r"), hint, gap))
        gap = 0
    return [_settled(line, found, place) for place, line in enumerate(found)]


def _settled(line: Line, lines: list[Line], place: int) -> Line:
    """Tabs make rows where two or more lines that have them follow each other; elsewhere they are white space."""
    above = place > 0 and _is_tabbed(lines[place - 1]) and line.gap == 0
    below = place + 1 < len(lines) and _is_tabbed(lines[place + 1]) and lines[place + 1].gap == 0
    if line.hint == "row" or (_is_tabbed(line) and not line.hint and (above or below)):
        return Line(line.n, line.text, "row", line.gap)
    return Line(line.n, " ".join(line.text.split()), line.hint, line.gap)


def _is_tabbed(line: Line) -> bool:
    """A tab after a number or a bullet is no second cell."""
    first, *others = line.text.split("\t")
    marker = (
        any(pattern.match(f"{first} x") for pattern in (LETTER, NUMBER, BULLET, SUB)) and len(first) <= LONGEST_MARKER
    )
    return len(others) > (1 if marker else 0)


def items_of(lines: Iterable[Line]) -> list[Item]:
    """Lines that follow each other without an empty one, cut where a marker begins something new."""
    found: list[Item] = []
    for line in lines:
        begun = _begun(line)
        last = found[-1] if found else None
        if last is None or _is_apart(line, last, begun):
            found.append(begun)
        else:
            last.lines.append(line)
    for item in found:
        _settle(item)
    return found


def _is_apart(line: Line, last: Item, begun: Item) -> bool:
    if begun.kind == "rows" or last.kind == "rows":
        return line.gap > 0 or begun.kind != last.kind
    follows = last.lines[-1]
    if line.gap or begun.kind != "text" or line.hint or follows.hint:
        return True
    if stands_alone(line.text) or stands_alone(follows.text):
        return True
    return last.kind == "field" or max(len(line.text), len(follows.text)) > UNBROKEN


def _begun(line: Line) -> Item:
    if line.hint == "row" or is_row(line):
        return Item("rows", line.text, [line])
    for kind, pattern in (("letter", LETTER), ("number", NUMBER), ("bullet", BULLET), ("sub", SUB), ("field", FIELD)):
        if found := pattern.match(line.text):
            return Item(kind, found[2] or "", [line], found[1])
    return Item("text", line.text, [line])


def is_row(line: Line) -> bool:
    """A row of a table that somebody drew with upright lines."""
    return line.text.startswith("|") and line.text.endswith("|") and line.text.count("|") > 1


def _settle(item: Item) -> None:
    """The text of all its lines: on one line where a margin broke it, else line under line as it was."""
    if item.kind == "rows":
        item.text = "\n".join(line.text for line in item.lines)
        return
    pieces = [item.text, *(line.text for line in item.lines[1:])]
    whole = [len(line.text) for line in item.lines[:-1]]
    wrapped = item.kind in ("number", "bullet", "sub") or (bool(whole) and min(whole) >= BROKEN_AT)
    item.text = (" " if wrapped else "\n").join(filter(None, pieces))


def plain(text: str) -> str:
    """Without the stars that stand for bold and slanted letters."""
    return STARS.sub(r"\2", text)


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The text in parts, each with "bold", "slanted" or nothing."""
    place = 0
    for found in STARS.finditer(text):
        if found.start() > place:
            yield text[place : found.start()], ""
        yield found[2], "bold" if found[1] == "**" else "slanted"
        place = found.end()
    if place < len(text):
        yield text[place:], ""
