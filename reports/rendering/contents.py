"""What the template of a paper places: the snapshot's own words, with tables and charts counted and cut to size."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from contest_portal.core.markings import highest
from reports.rendering.attached import Attached
from reports.rendering.front import front_of
from reports.rendering.numbering import heading_of, marker_of
from reports.rendering.numbers import numbers_csv

LONDON = ZoneInfo("Europe/London")
# One table over many pages costs the layout more than several that each fit on a page or two.
MOST_ROWS = 40
# More than these are set smaller, to stay on the page.
MOST_COLUMNS = 7

_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br"}
_FIGURE_LINK = re.compile(r'<a ([^>]*)href="figure:(\d+)"([^>]*)>(.*?)</a>', re.DOTALL)
_FONTS = re.compile(r"""font-family=("[^"]*"|'[^']*')""")


class Contents:
    """`context` is that of the template, `charts` the drawings that it names as assets."""

    template = "reports/document/document.html"

    def __init__(self, snapshot_text: str) -> None:
        self.sha256 = hashlib.sha256(snapshot_text.encode()).hexdigest()
        self.snapshot: dict[str, Any] = json.loads(snapshot_text)
        self.paper = self.snapshot["paper"]
        self.issued_at = dt.datetime.fromisoformat(self.snapshot["issued"]["at"])
        self.charts: dict[str, str] = {}
        self._tables = self._charts = 0
        self._table_of: dict[int, int] = self._number_tables()

    def context(self) -> dict[str, Any]:
        return {
            "paper": self.paper,
            "front": front_of(self.paper),
            "issued": self.snapshot["issued"],
            "issued_words": moment(self.issued_at),
            "issued_stamp": self.issued_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "marking": self.marking,
            "hash": short(self.sha256),
            "sha256": self.sha256,
            "summary": prose(self.paper["summary"]),
            "sections": [self._section(section) for section in self.snapshot["sections"]],
            "figures": [figure_entry(figure) for figure in self.snapshot["figures"]],
            "contact": self.snapshot["contact"],
            "clearances": self.snapshot.get("clearances", []),
            "approval": self.snapshot.get("approval"),
            "glossary": self.snapshot.get("glossary", []),
            "is_public": self.rendition == "public",
            "version": self._version(),
        }

    def numbers(self) -> Attached | None:
        """The numbers of its figures, tables and charts, for whoever wants to count with them."""
        if not self.snapshot["figures"]:
            return None
        name = f"{slugify('numbers ' + self.paper['report'])}.csv"
        return Attached(name, "The numbers of this paper", numbers_csv(self.snapshot), self.issued_at)

    @property
    def rendition(self) -> str:
        """Empty of what was issued before there were two."""
        return self.snapshot.get("rendition", "")

    def _version(self) -> str:
        """Of the public one always: that a paper has nothing else must not be told by its having no such line."""
        if self.rendition == "public":
            return "public"
        blocks = [block for section in self.snapshot["sections"] for block in section["blocks"]]
        kept_back = "summary_exempt" in self.paper or any({"exempt", "exempt_cells"} & block.keys() for block in blocks)
        return "members’, with what is exempt" if kept_back else ""

    @property
    def marking(self) -> str:
        figures = [figure["marking"] for figure in self.snapshot["figures"]]
        return highest([self.paper["marking"], *figures])

    def _number_tables(self) -> dict[int, int]:
        """The number of the table that shows each figure, for charts that refer to it."""
        tables = [
            block for section in self.snapshot["sections"] for block in section["blocks"] if block["kind"] == "table"
        ]
        return {block["figure"]: number for number, block in reversed(list(enumerate(tables, start=1)))}

    def _section(self, section: dict[str, Any]) -> dict[str, Any]:
        pieces = [self._piece(block) for block in section["blocks"]]
        return section | {
            "heading": heading_of(section["letter"], section["title"]),
            "pieces": pieces,
            "is_contact": section["key"] == "contact",
        }

    def _piece(self, block: dict[str, Any]) -> dict[str, Any]:
        more = {name: block[name] for name in ("exempt", "interest", "exempt_cells") if name in block}
        return self._set(block) | more

    def _set(self, block: dict[str, Any]) -> dict[str, Any]:
        if block["kind"] == "table":
            self._tables += 1
            wide = len(block["columns"]) > MOST_COLUMNS
            return {
                "kind": "table",
                "parts": list(parts_of(block)),
                "number": self._tables,
                "block": block,
                "wide": wide,
            }
        if block["kind"] == "chart":
            return self._chart(block)
        if block["kind"] == "heading":
            return {"kind": "heading", "text": block["text"], "level": block.get("level", 3)}
        html = prose(block["html"], block["number"])
        return {
            "kind": block["kind"],
            "numbered": bool(block["number"]),
            "html": html,
            "source": block.get("source", ""),
        }

    def _chart(self, block: dict[str, Any]) -> dict[str, Any]:
        self._charts += 1
        name = f"chart-{self._charts}"
        self.charts[name] = in_our_fonts(block["svg"])
        table = self._table_of.get(block["figure"])
        return {"kind": "chart", "asset": name, "number": self._charts, "block": block, "table": table,
                "rows": rows_of(block)}  # fmt: skip


def in_our_fonts(svg: str) -> str:
    return _FONTS.sub('font-family="Portal Inter, Portal Inter Ext"', svg)


def prose(html: str, number: str = "") -> SafeString:
    """Prose of the snapshot, cleaned once more, with its number, and with figures that lead to the end of the paper."""
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "class"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "figure"},
        link_rel=None,
    ).strip()
    linked = _FIGURE_LINK.sub(r'<a class="figure" href="#figure-\2" data-n="\2">\4</a>', clean)
    if number:
        # The number is the paragraph's first word, not a list's marker: sub-headings, tables and charts come between.
        label = format_html('<p><span class="number">{}</span>', marker_of(number))
        linked = label + linked.removeprefix("<p>") if linked.startswith("<p>") else f"{label}</p>{linked}"
    return mark_safe(linked)  # noqa: S308


def parts_of(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The table in pieces of at most MOST_ROWS rows, as even as can be; total, note and source stand under the last."""
    rows = rows_of(table)
    pieces = max(1, -(-len(rows) // MOST_ROWS))
    size = -(-len(rows) // pieces) or 1
    for piece in range(pieces):
        part = {"rows": rows[piece * size : (piece + 1) * size], "continued": piece > 0}
        if piece == pieces - 1:
            part |= {"total": total_of(table), "note": table["note"], "source": table["source"]}
        yield part


def rows_of(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [_row(table, row) for row in table["rows"]]


def total_of(table: dict[str, Any]) -> dict[str, Any] | None:
    return _row(table, table["total"]) if table["total"] else None


def _row(table: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """The first column names the row; each cell after it knows whether its column is one of numbers."""
    numeric = [column["numeric"] for column in table["columns"][1:]]
    cells = [{"text": text, "numeric": number} for text, number in zip(row["cells"], numeric, strict=True)]
    return {"label": row["label"], "cells": cells}


def figure_entry(figure: dict[str, Any]) -> dict[str, Any]:
    name = figure["title"].removesuffix(f", {figure['quarter_words']}")
    return figure | {
        "name": name,
        "counts": counts(figure, name),
        "as_at_words": moment(dt.datetime.fromisoformat(figure["as_at"])),
        "behind": behind(figure["rows"]),
    }


def behind(rows: list[dict[str, Any]]) -> str:
    """How many rows there are, in words. Some figures count areas, which are rows without an activity."""
    activities = len({row["activity_id"] for row in rows} - {None})
    if activities:
        return "1 activity" if activities == 1 else f"{activities:,} activities"
    return f"{len(rows)} area{'' if len(rows) == 1 else 's'}" if rows else ""


def counts(figure: dict[str, Any], name: str) -> str:
    kinds = {"flow": "counted over the period", "stock": "as it stood at the end of the period"}
    kind = kinds.get(figure["kind"], "")
    return f"{name}, {kind}" if kind else name


def moment(at: dt.datetime) -> str:
    local = at.astimezone(LONDON)
    half = "am" if local.hour < 12 else "pm"
    return f"{local.day} {local:%B %Y} at {local.hour % 12 or 12}:{local:%M}{half}"


def short(sha256: str) -> str:
    return " ".join(sha256[start : start + 4] for start in range(0, 12, 4))
