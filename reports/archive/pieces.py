"""What an old paper is made of, once it is read: pieces in the order of the file, each knowing its lines."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Piece:
    """`marker` is the number, letter or bullet as it was printed; `level` that of a heading.

    A table has `rows`, the first of them its heading; a fact box has `parts`.
    """

    kind: str
    text: str
    lines: list[int]
    marker: str = ""
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)
    parts: list["Piece"] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """What is not there is left out, but for what every piece has."""
        found = {name: value for name, value in asdict(self).items() if value or name in ("kind", "text", "lines")}
        if self.parts:
            found["parts"] = [part.as_dict() for part in self.parts]
        return found

    @property
    def words(self) -> str:
        """All that it says, marker included."""
        rows = ["\t".join(row) for row in self.rows]
        inner = [part.words for part in self.parts]
        first = f"{self.marker} {self.text}".strip()
        return "\n".join(filter(None, [first, *rows, *inner]))

    @property
    def name(self) -> str:
        """Such as “C. Legal implications”, shortened where it is long."""
        words = " ".join(f"{self.marker} {self.text}".split())
        return words if len(words) <= 60 else f"{words[:57].rstrip()}…"


@dataclass(frozen=True)
class Oddity:
    """Something that a person has to look at. `line` is where it stands in the file; 0 is the whole of it."""

    kind: str
    text: str
    line: int = 0


@dataclass
class Front:
    """What the head of the paper says, as far as it can be read. Days are in the form 2009-09-02.

    `body` is the committee that it went to, `replaced` the organisation that an archive's banner names.
    """

    title: str = ""
    shape: str = ""
    body: str = ""
    replaced: str = ""
    series: str = ""
    printed: str = ""
    serial: int | None = None
    suffix: str = ""
    year: int | None = None
    meeting_day: str = ""
    written_on: str = ""
    by_line: str = ""
    abstract: str = ""
    summary: str = ""


@dataclass
class Reading:
    """An old paper as it was read. Every line that says something is in exactly one of the three lists."""

    front: Front
    pieces: list[Piece]
    furniture: list[Piece]
    unread: list[Piece]
    oddities: list[Oddity]

    @property
    def words(self) -> str:
        return "\n".join(piece.words for piece in self.pieces)
