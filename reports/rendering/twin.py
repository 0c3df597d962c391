"""A paper's content as a page places it: the same order, letters and numbers as the PDF, every figure a link."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from contest_portal.core.quarters import Quarter
from contest_portal.ui.charts import identity, inline
from reports.figures.result import rows_url
from reports.figures.told import address_of, is_told
from reports.models.paper import kinds_for
from reports.rendering.composition import Content
from reports.rendering.front import front_of
from reports.rendering.numbering import heading_of, marker_of
from reports.rendering.remarks import Remark

# The page of figure `n`, of one cell where a row and column are given.
Address = Callable[[int, str, str], str]

_TARGET = re.compile(r'href="figure:(\d+)"')


def issued_address(paper_pk: int) -> Address:
    """To the rows as they were frozen."""

    def address(n: int, row: str = "", column: str = "") -> str:
        query = urlencode({"row": row, "column": column}) if column else ""
        return reverse("paper_figure", args=[paper_pk, n]) + (f"?{query}" if query else "")

    return address


def live_address(content: Content) -> Address:
    """To the rows as the log has them now."""
    keys = {figure["n"]: figure["key"] for figure in content["figures"]}
    quarter = Quarter.from_key(content["paper"]["quarter"])

    def address(n: int, row: str = "", column: str = "") -> str:
        return address_of(keys[n], quarter) if is_told(keys[n]) else rows_url(keys[n], quarter, row, column)

    return address


class Twin:
    """`remarks` stand in the margin, each beside the block that it is about; `shapes` are the sections of the template
    of a paper that can be added to; `margins` say what each block rests on, `talk` how much is open on each that can be
    commented on, `promises` which of them promise something."""

    def __init__(
        self,
        content: Content,
        address: Address,
        remarks: Iterable[Remark] = (),
        shapes: Iterable[dict[str, Any]] = (),
        margins: Mapping[str, Any] | None = None,
        talk: Mapping[str, str] = MappingProxyType({}),
        promises: Mapping[str, Any] | None = None,
    ) -> None:
        self.margins, self.promises = margins or {}, promises or {}
        self.kinds = {shape["key"]: [kind.value for kind in kinds_for(shape)] for shape in shapes}
        self.content = content
        self.paper: Content = content["paper"]
        self.address = address
        self.notes: dict[str, list[Remark]] = {}
        for remark in remarks:
            self.notes.setdefault(remark.place, []).append(remark)
        self.talk = talk
        self._drawn: Counter[str] = Counter()

    @property
    def front(self) -> Content:
        return front_of(self.paper)

    @property
    def summary(self) -> SafeString:
        return self._prose(self.paper["summary"])

    @property
    def summary_margin(self) -> Any:
        return self.margins.get("summary")

    @property
    def summary_notes(self) -> list[Remark]:
        return self.notes.get("summary", [])

    @property
    def front_notes(self) -> list[Remark]:
        return self.notes.get("front", [])

    @property
    def contents(self) -> list[Content]:
        """The sections that have a heading."""
        return [section for section in self.sections() if section["heading"]]

    @property
    def contact(self) -> list[str]:
        return self.content["contact"]

    @property
    def figures(self) -> list[Content]:
        return [figure | {"url": self.address(figure["n"], "", "")} for figure in self.content["figures"]]

    def sections(self) -> list[Content]:
        return [
            section
            | {
                "heading": heading_of(section["letter"], section["title"]),
                "slots": self._slots(section),
                "is_contact": section["key"] == "contact",
                "kinds": self.kinds.get(section["key"], []),
                "notes": self.notes.get(f"section-{section['key']}", []),
            }
            for section in self.content["sections"]
        ]

    def _slots(self, section: Content) -> list[Content]:
        """The section's opening, then each fixed sub-heading with what stands under it."""
        slots: list[Content] = [{"heading": None, "key": "", "blocks": []}]
        for block in section["blocks"]:
            placed = self.placed(block)
            if "heading" in block:
                slots.append({"heading": placed, "key": block["heading"], "blocks": []})
            else:
                slots[-1]["blocks"].append(placed)
        return slots

    def placed(self, block: Content) -> Content:
        more: Content = {"notes": self.notes.get(block["id"], []), "is_own": "marking" in block}
        more |= {"margin": self.margins.get(block["id"]), "promise": self.promises.get(block["id"])}
        if "number" in block:
            more["marker"] = marker_of(block["number"])
        if block["id"] in self.talk:
            more["talk"] = self.talk[block["id"]]
        if "html" in block:
            more["html"] = self._prose(block["html"])
        if "svg" in block:
            self._drawn[identity(block["svg"])] += 1
            more["svg"] = inline(block["svg"], self._drawn[identity(block["svg"])])
        if "columns" in block:
            more |= {"lines": self._lines(block), "rows_url": self.address(block["figure"], "", "")}
        return block | more

    def _prose(self, html: str) -> SafeString:
        """The composition has cleaned it; only the targets of figures are filled in here."""

        def target(match: re.Match[str]) -> str:
            return f'href="{escape(self.address(int(match[1]), "", ""))}"'

        return mark_safe(_TARGET.sub(target, html))  # noqa: S308

    def _lines(self, table: Content) -> list[Content]:
        lines = [*table["rows"], *([table["total"]] if table["total"] else [])]
        return [line | {"total": line is table["total"], "cells": self._cells(table, line)} for line in lines]

    def _cells(self, table: Content, line: Content) -> list[Content]:
        beside: Any = zip(table["columns"][1:], line["cells"], line["numbers"], strict=True)
        return [
            {
                "words": words,
                "numeric": column["numeric"],
                "url": self.address(table["figure"], line["key"], column["key"]) if number and number[0] != 0 else "",
            }
            for column, words, number in beside
        ]
