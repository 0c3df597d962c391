"""The prose of a snapshot as paragraphs of runs, for Word."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass(frozen=True)
class Run:
    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""


@dataclass
class Line:
    """A paragraph; `marker` is "•" or the number of an item of a list, and `deep` how many lists it stands in."""

    marker: str = ""
    deep: int = 0
    runs: list[Run] = field(default_factory=list)


def lines_of(html: str) -> list[Line]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [line for line in reader.lines if line.runs]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines = [Line()]
        self.lists: list[int] = []  # 0 for bullets, else the next number
        self.bold = self.italic = 0
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: Any = dict(attrs)
        if tag in ("ul", "ol"):
            self.lists.append(int(given.get("start") or 1) if tag == "ol" else 0)
        elif tag == "li":
            self._item()
        elif tag == "p" and self.lines[-1].runs:
            self.lines.append(Line(deep=len(self.lists)))
        elif tag == "br":
            self._say("\n")
        elif tag == "a":
            self.address = given.get("href") or ""
        self._weigh(tag, 1)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.lists.pop()
            self.lines.append(Line(deep=len(self.lists)))
        elif tag == "a":
            if self.address.startswith("figure:"):
                self._say(f" [F{self.address.removeprefix('figure:')}]")
            self.address = ""
        self._weigh(tag, -1)

    def handle_data(self, data: str) -> None:
        if data.strip() or self.lines[-1].runs:
            self._say(data.replace("\n", " "))

    def _item(self) -> None:
        marker = f"{self.lists[-1]}." if self.lists[-1] else "•"
        self.lists[-1] += bool(self.lists[-1])
        self.lines.append(Line(marker, len(self.lists)))

    def _weigh(self, tag: str, by: int) -> None:
        self.bold += by * (tag == "strong")
        self.italic += by * (tag == "em")

    def _say(self, text: str) -> None:
        outside = self.address if self.address.startswith(("http", "mailto")) else ""
        self.lines[-1].runs.append(Run(text, bool(self.bold), bool(self.italic), outside))
