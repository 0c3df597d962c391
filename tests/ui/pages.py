"""Templates rendered without a database, and what every piece of HTML must keep to."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

from django.template import engines
from django.test import RequestFactory

REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "data-reveals")


def render(source: str, path: str = "/list/", **context: Any) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get(path))


class Reader(HTMLParser):
    """Collects ids, references to ids, and whatever the content security policy would refuse."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.references: set[str] = set()
        self.refused: list[str] = []
        self.texts: list[str] = []
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._inside.append(tag)
        self.refused += [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]
        self.refused += [tag] if tag == "style" or (tag == "script" and "src" not in values) else []
        self.refused += [f"{tag} javascript:" for text in values.values() if (text or "").startswith("javascript:")]
        if "id" in values:
            self.ids[values["id"] or ""] += 1
        for name in REFERENCES:
            self.references.update((values.get(name) or "").split())

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(" ".join(data.split()))

    @property
    def repeated(self) -> list[str]:
        return [name for name, count in self.ids.items() if count > 1]

    @property
    def dangling(self) -> set[str]:
        return self.references - set(self.ids)
