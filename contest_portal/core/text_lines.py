"""The lines of a text, a page or a Word file that somebody sent, taken out in a child with little memory and time."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from contest_portal.core.inspecting import answer_of, inspect, why_not_of_size

READERS = {"txt": "page_reading.py", "html": "page_reading.py", "htm": "page_reading.py", "docx": "word_reading.py"}
LINES, CHARACTERS, LONGEST_LINE = 6_000, 1_000_000, 20_000
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class TextLines:
    """`lines` are pairs of a text and a hint, which says what the file knows of it: h1 to h6, row, furniture
    or unread."""

    refusal: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def text_lines(name: str, content: bytes) -> TextLines:
    """Whatever goes wrong in there is a refusal. A Word file is inspected like an attachment first."""
    extension = name.rpartition(".")[2].lower()
    if extension not in READERS:
        return TextLines("The file must be plain text (.txt), a page (.html) or a Word file (.docx).")
    refusal = inspect(name, content).refusal if extension == "docx" else why_not_of_size(content)
    if refusal:
        return TextLines(refusal)
    answer, _ = answer_of(Path(__file__).with_name(READERS[extension]), extension, content)
    lines = [(_shown(text), hint) for text, hint in answer.get("lines", [])]
    return TextLines(answer["refusal"] or _why_too_long(lines), lines, list(answer.get("notes", [])))


def _shown(text: str) -> str:
    """Signs that no paper prints are shown as damage, and not lost."""
    return CONTROL.sub("\ufffd", text.replace("\xa0", " ").replace("\x0b", " "))


def _why_too_long(lines: list[tuple[str, str]]) -> str:
    if len(lines) > LINES or sum(len(text) for text, _ in lines) > CHARACTERS:
        return f"The text is too long for a paper: it has more than {LINES:,} lines or a million letters."
    if any(len(text) > LONGEST_LINE for text, _ in lines):
        return "The text has a line that is far too long for a paper."
    return "" if any(text.strip() for text, _ in lines) else "There is no text in the file."
