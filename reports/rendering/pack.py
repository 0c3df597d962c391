"""The pack of a meeting as one PDF: front sheet and agenda, and behind them the papers' own finished PDFs.

It reads what was frozen, and the stored files that it names by their hash.
"""

import datetime as dt
import hashlib
import json
from functools import partial
from typing import Any

from django.template.context import Context

from contest_portal.ui.formats import day
from reports.rendering import fonts, store
from reports.rendering.composition import Content
from reports.rendering.contents import moment, short
from reports.rendering.fetcher import ClosedFetcher
from reports.rendering.joining import Piece, join, pages_in
from reports.rendering.pdf import mark, rendered, templates
from reports.rendering.stamps import Stamp

TEMPLATE = "reports/document/pack.html"
FRONT = "Front sheet and agenda"
# The front names the pages of the papers, which begin behind it: it is set again when it is longer than was thought.
_USUAL = 2


def document(snapshot_text: str) -> bytes:
    """The same text and the same stored files give the same bytes, in any process."""
    content = json.loads(snapshot_text)
    papers = [Piece(item["name"], _titled(item), store.read(item["file"])) for item in _filed(content)]
    lengths = [pages_in(paper.pdf) for paper in papers]
    front, long = b"", _USUAL
    while not front or pages_in(front) != long:
        long = pages_in(front) if front else _USUAL
        front = _front(content, lengths, long, snapshot_text)
    prefix = f"S{content['serial']}-" if content["serial"] else ""
    return join([Piece("front", FRONT, front), *papers], partial(_stamp, prefix), labels=prefix)


def _stamp(prefix: str, number: int, pages: int) -> Stamp:
    return Stamp(f"Supplement page {prefix}{number} of {pages}" if prefix else f"Pack page {number} of {pages}")


def _filed(content: Content) -> list[Content]:
    return [item for part in content["parts"] for item in part["items"] if item["file"]]


def _titled(item: Content) -> str:
    return f"{item['number']}. {item['title']}"


def _front(content: Content, lengths: list[int], long: int, text: str) -> bytes:
    markup = templates().get_template(TEMPLATE).render(Context(front_context(content, lengths, long, text)))
    fonts.require_printable(markup)
    identifier = hashlib.sha256(text.encode()).hexdigest()[:32].encode()
    return rendered(markup, ClosedFetcher({"mark": ("image/svg+xml", mark())}), identifier)


def front_context(content: Content, lengths: list[int], long: int, text: str) -> dict[str, Any]:
    """`lengths` are those of the papers, in order, and `long` that of the front itself."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    made = dt.datetime.fromisoformat(content["made"]["at"])
    ends = [long + sum(lengths[: place + 1]) for place in range(len(lengths))]
    spans = {
        item["name"]: (end - length + 1, end) for item, end, length in zip(_filed(content), ends, lengths, strict=True)
    }
    prefix = f"S{content['serial']}-" if content["serial"] else ""
    return content | {
        "title": title(content),
        "name": name(content),
        "parts": [_part(part, spans, prefix) for part in content["parts"]],
        "errata": content.get("errata", []),
        "day_words": day(dt.date.fromisoformat(content["meeting_day"])),
        "version": "public" if content["rendition"] == "public" else "members’, with what is exempt",
        "made_words": moment(made),
        "stamp": made.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sha256": sha256,
        "hash": short(sha256),
    }


def name(content: Content) -> str:
    return f"Supplement S{content['serial']}" if content["serial"] else "Agenda pack"


def title(content: Content) -> str:
    return f"{name(content)}: {content['board']}, {day(dt.date.fromisoformat(content['meeting_day']))}"


def _part(part: Content, spans: dict[str, tuple[int, int]], prefix: str) -> Content:
    items = [item | {"pages": _pages(spans.get(item.get("name", "")), prefix)} for item in part["items"]]
    return part | {"items": items}


def _pages(span: tuple[int, int] | None, prefix: str) -> str:
    if span is None:
        return ""
    first, last = span
    return f"{prefix}{first}" if first == last else f"{prefix}{first} to {prefix}{last}"
