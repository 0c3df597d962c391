"""What a website stood around a paper: the archive's banner, the way to the page, and what could be done with it."""

import re
from collections.abc import Iterable

from reports.archive.lines import Line
from reports.archive.pieces import Piece

# Wherever they stand.
ANYWHERE = re.compile(
    r"^(?:Warning:\s*)?This is archived (?:material|content)\b"
    r"|^See the .{2,80} website for (?:further|more) information"
    r"|^You are in:|^Send an e-?mail linking to this page|^(?:Back to top|Top of page|Skip to (?:main )?content)\.?$"
    r"|^(?:Print this page|Printer[- ]friendly version|E-?mail this page|Page last updated\b.{0,40})$",
    re.IGNORECASE,
)
TRAIL = re.compile(r"^You are in:", re.IGNORECASE)
# Only beside something of the above: a paper may have headings that say the same.
AT_THE_TOP = re.compile(
    r"^(?:Contents|Home|Search|Publications|Committees|Briefings|Reports)(?:\s*[>»/].*)?$", re.IGNORECASE
)
AT_THE_END = re.compile(r"^(?:Feedback|Contact us|Site map|Accessibility|Copyright.{0,80}|©.{0,80})$", re.IGNORECASE)
REPLACED = re.compile(r"\bThe (.{5,80}?) has been replaced by", re.IGNORECASE)


def set_aside(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the paper, and those of the site around it."""
    found = {line.n for line in lines if line.hint == "furniture" or ANYWHERE.match(line.text)}
    found |= _beside(lines, found, AT_THE_TOP, TRAIL)
    found |= _tail(lines, found)
    return [line for line in lines if line.n not in found], [line for line in lines if line.n in found]


def _beside(lines: list[Line], found: set[int], pattern: re.Pattern[str], after: re.Pattern[str]) -> set[int]:
    """The steps of the way to the page, straight after the words that announce it."""
    steps: set[int] = set()
    on_the_way = False
    for line in lines:
        if after.match(line.text):
            on_the_way = True
        elif on_the_way and pattern.match(line.text):
            steps.add(line.n)
        elif line.n not in found:
            on_the_way = False
    return steps


def _tail(lines: list[Line], found: set[int]) -> set[int]:
    """From the end upwards, where the site goes on and the paper is over. A lone last word is the paper's own."""
    tail: set[int] = set()
    for line in reversed(lines):
        if line.n in found:
            return tail
        if not AT_THE_END.match(line.text):
            return set()
        tail.add(line.n)
    return set()


def as_pieces(kind: str, lines: Iterable[Line]) -> list[Piece]:
    return [Piece(kind, line.text, [line.n]) for line in lines]


def replaced_body(furniture: Iterable[Piece]) -> str:
    """The body whose paper it is, as the archive's banner names it."""
    for piece in furniture:
        if found := REPLACED.search(piece.text):
            return found[1]
    return ""
