"""The program that takes the lines out of a Word file: `text_lines` starts it.

Its answer is JSON: a refusal, or lines of [text, hint]. Only the standard library is used.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

MEMORY = 1 << 30
PROCESSOR_SECONDS = 15
FURNITURE, UNREAD, ROW = "furniture", "unread", "row"

Lines = list[list[str]]


class Unfit(Exception):
    """Why a file is refused, in one sentence."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    content = sys.stdin.buffer.read()
    try:
        lines, refusal = word_lines(content), ""
    except Unfit as reason:
        lines, refusal = [], str(reason)
    sys.stdout.write(json.dumps({"refusal": refusal, "lines": lines, "notes": []}))


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def word_lines(content: bytes) -> Lines:
    """`inspecting` has looked at the package before: it is a Word file, and holds nothing that acts."""
    with ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist() if name.startswith("word/")}
    document = _parsed(parts["word/document.xml"])
    if next(document.iter(f"{W}del"), None) is not None or next(document.iter(f"{W}ins"), None) is not None:
        raise Unfit("The file has suggested changes in it. Settle them in Word, and save it again.")
    word, body = Word(parts), document.find(f"{W}body")
    lines = _beside(parts, "header", FURNITURE)
    lines += [line for block in (body if body is not None else ()) for line in word.block(block)]
    return lines + _beside(parts, "footnotes|endnotes", UNREAD) + _beside(parts, "footer", FURNITURE)


def _beside(parts: dict[str, bytes], names: str, hint: str) -> Lines:
    """What stands at the head, the foot or under the text."""
    found = []
    for name in sorted(parts):
        if re.match(rf"word/(?:{names})\d*\.xml$", name):
            paragraphs = _parsed(parts[name]).iter(f"{W}p")
            said = (" ".join(_text(paragraph).split()) for paragraph in paragraphs)
            found += [[text, hint] for text in said if text]
    return found


class Word:
    """Paragraphs with the numbers and bullets that Word prints beside them."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.headings: dict[str, str] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.styled: dict[str, Any] = {}
        if "word/numbering.xml" in parts:
            self._read_numbering(_parsed(parts["word/numbering.xml"]))
        if "word/styles.xml" in parts:
            self._read_styles(_parsed(parts["word/styles.xml"]))

    def _read_numbering(self, root: Any) -> None:
        abstract = {}
        for each in root.iter(f"{W}abstractNum"):
            abstract[each.get(f"{W}abstractNumId")] = {
                int(level.get(f"{W}ilvl")): (
                    _value(level, "numFmt"),
                    _value(level, "lvlText"),
                    int(_value(level, "start") or 1),
                )
                for level in each.iter(f"{W}lvl")
            }
        for each in root.iter(f"{W}num"):
            self.levels[each.get(f"{W}numId")] = abstract.get(_value(each, "abstractNumId"), {})

    def _read_styles(self, root: Any) -> None:
        for style in root.iter(f"{W}style"):
            key, name = style.get(f"{W}styleId"), _value(style, "name").lower()
            found = re.match(r"heading (\d)$", name)
            if found or name == "title":
                self.headings[key] = f"h{min(int(found[1]), 6)}" if found else "h1"
            numbering = style.find(f"{W}pPr/{W}numPr")
            if numbering is not None:
                self.styled[key] = numbering

    def block(self, block: Any) -> Iterator[list[str]]:
        if block.tag == f"{W}p":
            yield from self._paragraph(block)
        elif block.tag == f"{W}tbl":
            for row in block.iter(f"{W}tr"):
                cells = [" ".join(_text(cell).split()) for cell in row.findall(f"{W}tc")]
                yield ["\t".join(cells), ROW]
            yield ["", ""]
        else:
            for inner in block.findall(f"{W}sdtContent/*"):
                yield from self.block(inner)

    def _paragraph(self, paragraph: Any) -> Iterator[list[str]]:
        style = _value(paragraph, "pPr/w:pStyle")
        text = _text(paragraph)
        if not text.strip():
            yield ["", ""]
            return
        numbering = paragraph.find(f"{W}pPr/{W}numPr")
        marker = self._marker(numbering if numbering is not None else self.styled.get(style))
        first, *others = (marker + text).split("\n")
        yield [first, self.headings.get(style, "")]
        yield from ([other, ""] for other in others)
        # Word sets paragraphs apart without an empty line; points of a list belong together.
        yield ["", ""]

    def _marker(self, numbering: Any) -> str:
        if numbering is None:
            return ""
        key, level = _value(numbering, "numId"), int(_value(numbering, "ilvl") or 0)
        kind, pattern, start = self.levels.get(key, {}).get(level, ("none", "", 1))
        if kind == "bullet":
            return "• "
        if kind == "none":
            return ""
        self.counts[key, level] = self.counts.get((key, level), start - 1) + 1
        for other in [place for place in self.counts if place[0] == key and place[1] > level]:
            del self.counts[other]
        return self._drawn(key, pattern) + " "

    def _drawn(self, key: str, pattern: str) -> str:
        def number(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            kind, _, start = self.levels[key].get(level, ("decimal", "", 1))
            return _in_letters(self.counts.get((key, level), start), kind)

        return re.sub(r"%(\d)", number, pattern)


def _parsed(part: bytes) -> Any:
    """`inspecting` has refused files that define entities, and this program has little memory and time."""
    return ElementTree.fromstring(part)  # noqa: S314


def _value(element: Any, path: str) -> str:
    found = element.find("/".join(f"{W}{step.removeprefix('w:')}" for step in path.split("/")))
    return found.get(f"{W}val") or "" if found is not None else ""


def _text(element: Any) -> str:
    """Text, tabs and line ends; of two ways of saying the same, the first."""
    said = ""
    for child in element:
        if child.tag == FALLBACK or child.tag == f"{W}pPr":
            continue
        if child.tag == f"{W}t":
            said += child.text or ""
        elif child.tag in (f"{W}tab", f"{W}ptab"):
            said += "\t"
        elif child.tag in (f"{W}br", f"{W}cr"):
            said += "\n"
        elif child.tag == f"{W}noBreakHyphen":
            said += "‑"
        else:
            said += _text(child) + (" " if child.tag == f"{W}p" else "")
    return said


def _in_letters(number: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman"):
        letters = ""
        for value, sign in ROMAN:
            letters += sign * (number // value)
            number %= value
        return letters.upper() if kind == "upperRoman" else letters
    return str(number)


if __name__ == "__main__":
    main()
