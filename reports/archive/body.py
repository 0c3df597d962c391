"""What stands under the head of an old paper: sections, headings, paragraphs, bullets, tables and boxes, as printed."""

import re
from dataclasses import dataclass, field

from reports.archive.front import SUMMARY
from reports.archive.lines import LETTER, LETTER_ALONE, NUMBER_ALONE, Item
from reports.archive.pieces import Oddity, Piece

LONGEST_HEADING, WORDS_OF_A_HEADING = 110, 18
NIL = re.compile(r"^(?:none|nil|no|n/a|not applicable)\.?$", re.IGNORECASE)
NO_HEADING_ENDS = (".", ";", ":", ",")
OF_A_SECTION = re.compile(r"(?:implications?|impact|considerations?|background|summary|papers|options|reasons)$", re.I)
LEAD_IN = re.compile(r"^That(?: (?:members|the (?:sub-?)?committee|the authority|the board))?:?$", re.IGNORECASE)
BOX = re.compile(r"^\**fact ?(?:file|box)\**$", re.IGNORECASE)
BASIS = re.compile(r"^Based on\b.{3,60}\bdata\b", re.IGNORECASE)
ADDRESS = re.compile(r"^\S+\.\S+/?\S*$|@")
# So many empty lines end a box.
WIDE_GAP = 2


@dataclass
class Body:
    """Read item by item; `number` is the last one of the paragraphs, `section` the lettered one that we are in."""

    items: list[Item]
    place: int = 0
    pieces: list[Piece] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    section: Piece | None = None
    letter: str = ""
    number: int = 0
    lettered: bool = False

    def __post_init__(self) -> None:
        self.lettered = any(self._is_letter(item) for item in self.items)

    def read(self) -> "Body":
        while self.place < len(self.items):
            item = self.items[self.place]
            self.place += 1
            self._take(item)
        return self

    @property
    def next(self) -> Item | None:
        return self.items[self.place] if self.place < len(self.items) else None

    def _take(self, item: Item) -> None:
        if self._is_letter(item):
            self._letter(item)
        elif self._is_in("contact"):
            for line in item.lines:
                self._add("contact", line.text, [line.n])
        elif item.kind == "rows":
            self._table(item)
        elif item.kind == "text" and BOX.match(item.text):
            self._box(item)
        elif item.kind in ("bullet", "sub") or self._is_letter_of_a_list(item):
            self._marked("bullet", item)
        elif item.kind == "number" or self._is_number_alone(item):
            self._number(item)
        else:
            self._words(item)

    def _add(self, kind: str, text: str, lines: list[int], marker: str = "", level: int = 0) -> Piece:
        piece = Piece(kind, text, lines, marker, level)
        self.pieces.append(piece)
        return piece

    def _is_in(self, kind: str) -> bool:
        return self.section is not None and kind in self.section.text.lower()

    # --- sections -------------------------------------------------------------------------------

    def _is_letter(self, item: Item) -> bool:
        if item.kind == "letter":
            return item.is_one_line and len(item.text) <= LONGEST_HEADING and not item.text.endswith((".", ";"))
        found = LETTER_ALONE.match(item.text) if item.kind == "text" and item.is_one_line else None
        return bool(found and found[1] == _after(self.letter) and len(found[2]) <= LONGEST_HEADING)

    def _is_letter_of_a_list(self, item: Item) -> bool:
        return item.kind == "letter" and not self._is_letter(item)

    def _letter(self, item: Item) -> None:
        found = LETTER.match(item.lines[0].text) or LETTER_ALONE.match(item.lines[0].text)
        marker, text = (found[1], found[2]) if found else ("", item.text)
        letter, expected = marker[:1], _after(self.letter)
        piece = self._add("section", text, [item.begins], marker, 2)
        if not marker.endswith("."):
            self._odd("stop", f"“{piece.name}” has no full stop after its letter.", item)
        if self.letter and letter == self.letter:
            self._odd("letter", f"There are two sections {letter}: “{piece.name}” is the second.", item)
        elif letter != expected:
            before = f"section {self.letter}" if self.letter else "the head of the paper"
            self._odd("letter", f"“{piece.name}” follows {before}: section {expected} is expected there.", item)
        self.section, self.letter, self.number = piece, letter, 0

    # --- paragraphs -----------------------------------------------------------------------------

    def _is_number_alone(self, item: Item) -> bool:
        found = NUMBER_ALONE.match(item.text) if item.kind == "text" else None
        return bool(found and self.number and int(found[1]) == self.number + 1 and not item.hint)

    def _number(self, item: Item) -> None:
        if item.kind == "text":
            found = NUMBER_ALONE.match(item.text)
            item.marker, item.text = (found[1], item.text[len(found[1]) :].strip()) if found else ("", item.text)
            self._odd("stop", f"Paragraph number {item.marker} has no full stop.", item)
        kind = "recommendation" if self._is_in("recommendation") else "paragraph"
        self._marked(kind, item)
        if re.fullmatch(r"\d+[.)]?", item.marker):
            number = int(item.marker.rstrip(".)"))
            if number != self.number + 1:
                self._odd("sequence", _broken(number, self.number, self.section), item)
            self.number = number

    def _marked(self, kind: str, item: Item) -> None:
        self._add(kind, item.text, [line.n for line in item.lines], item.marker)

    def _words(self, item: Item) -> None:
        lines = [line.n for line in item.lines]
        text = item.text if item.kind == "text" else item.lines[0].text
        if item.kind == "text" and self._is_heading(item):
            self._add("heading", text, lines, level=self._level(item))
        elif self._is_in("recommendation"):
            self._add("lead_in" if LEAD_IN.match(text) else "recommendation", text, lines)
        else:
            self._goes_on(item)
            self._add("summary" if self._is_summary(item) else "paragraph", text, lines)

    def _is_summary(self, item: Item) -> bool:
        """The first words of a report, with their heading or without, before its first section."""
        if item.kind != "text" or not self.lettered or self.section:
            return False
        return all(piece.kind == "summary" or SUMMARY.match(piece.text) for piece in self.pieces)

    def _goes_on(self, item: Item) -> None:
        before = self.pieces[-1] if self.pieces else None
        if before and before.kind == "paragraph" and item.text[:1].islower() and before.text[-1:].isalnum():
            self._odd("goes_on", "A paragraph begins in the middle of a sentence: perhaps a page ended there.", item)

    # --- headings -------------------------------------------------------------------------------

    def _level(self, item: Item) -> int:
        if item.hint[:1] == "h" and item.hint[1:].isdigit():
            return min(max(int(item.hint[1:]), 2), 4)
        return 3 if self.lettered and not SUMMARY.match(item.text) else 2

    def _is_heading(self, item: Item) -> bool:
        if item.hint[:1] == "h" and item.hint[1:].isdigit():
            return True
        after = self.next
        if not item.is_one_line or NIL.match(item.text) or item.hint:
            return False
        if after is None or self._is_letter(after):
            return self._reads_like_one(item.text) and bool(OF_A_SECTION.search(item.text))
        if SUMMARY.match(item.text):
            return True
        if (self._is_in("recommendation") and LEAD_IN.match(item.text)) or (
            after.text[:1].islower() and after.is_one_line
        ):
            return False
        return (self._reads_like_one(item.text) and self._leads(item, after)) or self._is_one_with_a_stop(item, after)

    def _reads_like_one(self, text: str) -> bool:
        return (
            len(text) <= LONGEST_HEADING
            and len(text.split()) <= WORDS_OF_A_HEADING
            and not text.endswith(NO_HEADING_ENDS)
            and (text[0].isupper() or text[0].isdigit())
            and not ADDRESS.search(text)
            and not BASIS.match(text)
        )

    def _leads(self, item: Item, after: Item) -> bool:
        """Of two that read like headings the first is one where it is in capitals, or says what such a section does."""
        doubtful = after.kind == "text" and after.is_one_line and self._reads_like_one(after.text)
        if not doubtful or NIL.match(after.text) or BOX.match(after.text):
            return True
        return item.text.isupper() or bool(OF_A_SECTION.search(item.text))

    def _is_one_with_a_stop(self, item: Item, after: Item) -> bool:
        """Between two numbered paragraphs a few words are a heading, though they end like a sentence."""
        follows = after.kind == "number" and after.marker.rstrip(".)") == str(self.number + 1)
        few = len(item.text.split()) <= WORDS_OF_A_HEADING and len(item.text) <= LONGEST_HEADING
        if not (self.number and follows and few and item.text.endswith(".") and item.text[0].isupper()):
            return False
        self._odd("heading", f"“{item.text}” was taken for a heading, though it ends in a full stop.", item)
        return True

    # --- tables and boxes -----------------------------------------------------------------------

    def _table(self, item: Item) -> None:
        rows = [_cells(line.text) for line in item.lines]
        drawn = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
        piece = self._add("table", "", [line.n for line in item.lines])
        piece.rows = drawn
        if len({len(row) for row in drawn}) > 1:
            self._odd("table", "The rows of a table have different numbers of cells.", item)

    def _box(self, item: Item) -> None:
        box = self._add("fact_box", item.text, [item.begins])
        while self.next is not None and not self._ends_box(self.next, box):
            inner = self.next
            self.place += 1
            kind = "box_heading" if not box.parts and inner.is_one_line and inner.text.isupper() else "paragraph"
            kind = "basis" if BASIS.match(inner.text) else kind
            box.parts.append(Piece(kind, inner.text, [line.n for line in inner.lines], inner.marker))
            if kind == "basis":
                return

    def _ends_box(self, item: Item, box: Piece) -> bool:
        if (item.kind == "text" and BOX.match(item.text)) or item.kind == "rows" or self._is_letter(item):
            return True
        if not box.parts:
            return False
        if item.gap > WIDE_GAP and not BASIS.match(item.text):
            return True
        after = self.items[self.place + 1] if self.place + 1 < len(self.items) else None
        reads = item.kind == "text" and item.is_one_line and self._reads_like_one(item.text)
        return box.parts[-1].kind != "box_heading" and reads and after is not None

    def _odd(self, kind: str, text: str, item: Item) -> None:
        self.oddities.append(Oddity(kind, text, item.begins))


def _after(letter: str) -> str:
    return chr(ord(letter) + 1) if letter else "A"


def _cells(row: str) -> list[str]:
    cells = row.strip("|").split("|") if row.startswith("|") else row.split("\t")
    return [" ".join(cell.split()) for cell in cells]


def _broken(number: int, before: int, section: Piece | None) -> str:
    if before == 0:
        place = f"“{section.name}”" if section else "the paper"
        return f"The paragraphs of {place} begin with number {number}."
    if number == before + 2:
        return f"Paragraph {number} follows {before}: number {before + 1} is missing."
    if number > before:
        return f"Paragraph {number} follows {before}: numbers {before + 1} to {number - 1} are missing."
    return f"Paragraph {number} follows {before}: the numbers go back."
