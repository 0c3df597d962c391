"""Everything that a page says: its text, what its drawings say, and whatever stands in an attribute or a remark."""

from collections.abc import Iterator
from html.parser import HTMLParser

_SILENT = frozenset({"class", "d", "style", "type", "transform", "fill", "stroke", "font-family", "text-anchor"})


def said_by_page(markup: str) -> Iterator[tuple[str, str]]:
    """Text, and whatever stands in an attribute that can carry words."""
    reader = _Reader()
    reader.feed(markup)
    yield "the public page", " ".join(reader.texts)
    yield "what a drawing of the public page says", " ".join(reader.drawn)
    yield from (("what the public page says of a picture or link", text) for text in reader.values)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.drawn: list[str] = []
        self.values: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "svg"
        self.values += [value for name, value in attrs if value and name not in _SILENT]

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "svg"

    def handle_data(self, data: str) -> None:
        (self.drawn if self.depth else self.texts).append(data)

    def handle_comment(self, data: str) -> None:
        self.values.append(data)
