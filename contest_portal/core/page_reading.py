"""The program that takes the lines out of a plain text or a page: `text_lines` starts it.

Its answer is JSON: a refusal, lines of [text, hint], and notes on what was found. Only the standard library is used.
"""

import json
import re
import resource
import sys
from collections.abc import Callable
from html.parser import HTMLParser

MEMORY = 1 << 30
PROCESSOR_SECONDS = 15
FURNITURE, UNREAD, ROW = "furniture", "unread", "row"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

Lines = list[list[str]]


class Unfit(Exception):
    """Why a file is refused, in one sentence."""


def main(extension: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    content = sys.stdin.buffer.read()
    try:
        (lines, notes), refusal = READERS[extension](content), ""
    except Unfit as reason:
        lines, notes, refusal = [], [], str(reason)
    sys.stdout.write(json.dumps({"refusal": refusal, "lines": lines, "notes": notes}))


def decoded(content: bytes) -> tuple[str, list[str]]:
    """Old files say nothing of their letters: Unicode if it can be, else those of Windows."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        told = "The letters of the file are not Unicode. They were read as those of Windows: look for wrong ones."
        return content.decode("cp1252", "replace"), [told]


def text_lines(content: bytes) -> tuple[Lines, list[str]]:
    text, notes = decoded(content)
    if len(CONTROL.findall(text)) > len(text) // 100 or content.startswith((b"%PDF", b"PK\x03\x04", b"{\\rtf")):
        raise Unfit("The file is not plain text, whatever its name says.")
    if re.match(r"\s*<(?:!doctype|html|\?xml)", text, re.IGNORECASE):
        raise Unfit("The file is a page and not plain text. Give it a name that ends in .html.")
    return [[line, ""] for line in re.split(r"\r\n|\r|\n|\f", text)], notes


class Page(HTMLParser):
    """Lines as a browser would set them: blocks apart, with the numbers and bullets that it would print."""

    silent = {"script", "style", "template", "noscript", "title", "head"}
    aside = {"nav", "footer"}
    blocks = {
        "p", "div", "section", "article", "header", "main", "ul", "ol", "dl", "dt", "dd", "table", "blockquote", "pre",
        "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "hr", "form", "fieldset", "address", "aside", "figure",
        "nav", "footer",
    }  # fmt: skip
    void = {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "embed", "source", "track"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: Lines = []
        self.open: list[str] = []
        self.lists: list[int | None] = []
        self.cells: list[str] | None = None
        self.text = self.marker = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag in self.blocks:
            self._end_block(empty=tag not in ("li", "tr"))
        if tag not in self.void:
            self.open.append(tag)
        if tag == "br":
            self._end_block(empty=False)
        elif tag == "img" and about.get("alt"):
            self._end_block(empty=True)
            self.lines += [[f"[Picture: {about['alt']}]", UNREAD], ["", ""]]
        elif tag in ("ol", "ul"):
            first = about.get("start") or "1"
            self.lists.append(int(first) if tag == "ol" and first.isdigit() else 1 if tag == "ol" else None)
        elif tag == "li":
            self._marker(about)
        elif tag in ("td", "th") and self.text.strip():
            self._end_cell()
        elif tag == "tr":
            self._end_row()
            self.cells = []

    def _marker(self, about: dict[str, str | None]) -> None:
        number = self.lists[-1] if self.lists else None
        given = about.get("value") or ""
        if number is not None and self.lists:
            number = int(given) if given.isdigit() else number
            self.lists[-1] = number + 1
        self.marker = f"{number}. " if number is not None else "• "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag in self.blocks:
            if tag == "table":
                self._end_row()
            self._end_block(empty=tag not in ("li",))
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def _end_cell(self) -> None:
        if self.cells is not None:
            self.cells.append(" ".join(self.text.split()))
            self.text = ""

    def _end_row(self) -> None:
        """Also of one that the page does not end."""
        if self.cells is not None and self.text.strip():
            self._end_cell()
        if self.cells:
            self.lines.append(["\t".join(self.cells), self._hint() or ROW])
        self.cells = None

    def handle_data(self, data: str) -> None:
        if not self.silent & set(self.open):
            self.text += data

    def _hint(self) -> str:
        if self.aside & set(self.open):
            return FURNITURE
        return next((tag for tag in reversed(self.open) if re.fullmatch(r"h[1-6]", tag)), "")

    def _end_block(self, *, empty: bool) -> None:
        if self.cells is not None:
            self.text += " "
            return
        said = " ".join(self.text.split())
        if said:
            self.lines.append([self.marker + said, self._hint()])
            self.marker = ""
        if empty and self.lines and self.lines[-1][0]:
            self.lines.append(["", ""])
        self.text = ""

    def close(self) -> None:
        super().close()
        self._end_block(empty=True)


def page_lines(content: bytes) -> tuple[Lines, list[str]]:
    text, notes = decoded(content)
    if not re.search(r"<\s*(?:html|body|p|div|h1|table|!doctype)\b", text, re.IGNORECASE):
        raise Unfit("The file is not a page, whatever its name says.")
    page = Page()
    page.feed(text)
    page.close()
    return page.lines, notes


READERS: dict[str, Callable[[bytes], tuple[Lines, list[str]]]] = {
    "txt": text_lines,
    "html": page_lines,
    "htm": page_lines,
}

if __name__ == "__main__":
    main(sys.argv[1])
