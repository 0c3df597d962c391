"""What was said of something, as a page and a spreadsheet show it: the words marked, recurring figures over time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from contest_portal.core.markings import Marking
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day
from reports.figures.result import FigureColumn, FigureRow
from reports.models import SaidParagraph
from reports.models.said_paragraph import BEGINS, ENDS, SaidParagraphQuerySet

# Enough for every quarter of many years; and more charts than these would hide the words.
MOST_READ, MOST_CHARTS = 2000, 3
HEAD = ["Day", "Body", "Paper", "Number", "Place", "Text", "Figures in it"]


@dataclass(frozen=True)
class Trend:
    """One figure as papers printed it, quarter by quarter. A chart and its table: contest_portal.ui.tabular."""

    key: str
    name: str
    rows: tuple[FigureRow, ...]
    marking: str
    source: str = "Passports of the papers that said it"
    as_at: str = "the issue of each paper"
    chart: str = "trend"

    @property
    def columns(self) -> tuple[FigureColumn, ...]:
        return FigureColumn("quarter", "Quarter", numeric=False), FigureColumn("value", "As printed")

    @property
    def title(self) -> str:
        return f"{self.name}, {self.rows[0].label} to {self.rows[-1].label}"

    @property
    def finding(self) -> str:
        first, last = self.rows[0], self.rows[-1]
        return f"{self.name}: {first.cells[0]} in {first.label}, {last.cells[0]} in {last.label}."


def marked(text: str) -> SafeString:
    """Escaped, with what was looked for between marks."""
    return SafeString(escape(text).replace(BEGINS, "<mark>").replace(ENDS, "</mark>"))


def trends(found: SaidParagraphQuerySet, marking: str) -> list[Trend]:
    """Of each figure that stands in these paragraphs for more than one quarter; what was printed last, holds."""
    told: dict[str, dict[str, dict[str, Any]]] = {}
    rows = found.exclude(figures=[]).in_order().values_list("quarter", "figures")
    for quarter, figures in rows[:MOST_READ]:
        for figure in figures:
            told.setdefault(figure["key"], {})[quarter] = figure
    several = {key: quarters for key, quarters in told.items() if _numbers(quarters) > 1}
    most = sorted(several, key=lambda key: (-len(several[key]), key))[:MOST_CHARTS]
    return [Trend(key, _name(several[key]), tuple(_rows(several[key])), marking) for key in most]


def _numbers(quarters: dict[str, dict[str, Any]]) -> int:
    return sum(figure["value"] is not None for figure in quarters.values())


def _name(quarters: dict[str, dict[str, Any]]) -> str:
    """The title of a figure ends in its quarter: “Attendance, Q1 2026/27 (April to June 2026)”."""
    title: str = quarters[max(quarters)]["title"]
    return title.rpartition(", Q")[0] or title


def _rows(quarters: dict[str, dict[str, Any]]) -> Iterator[FigureRow]:
    for key in sorted(quarters):
        figure, label = quarters[key], Quarter.from_key(key).short
        yield FigureRow(key, label, (None,), (figure["words"],), (figure["value"],))


def marking_of(found: SaidParagraphQuerySet) -> str:
    """The highest of the papers that these paragraphs stand in, as far as they are read."""
    columns = ("rendition", "issue__paper__marking", "issue__paper__open_marking")
    papers = found.order_by().values_list(*columns).distinct()
    each = {(opened if rendition == "public" else whole) or Marking.OFFICIAL for rendition, whole, opened in papers}
    return Marking.OFFICIAL_SENSITIVE if Marking.OFFICIAL_SENSITIVE in each else Marking.OFFICIAL


def lines(found: Sequence[SaidParagraph]) -> Iterator[list[Any]]:
    """With the marking above them, where they have one that has to be seen."""
    if any(row.marking != Marking.OFFICIAL for row in found):
        yield [Marking.OFFICIAL_SENSITIVE]
    yield HEAD
    for row in found:
        figures = "; ".join(f"{figure['title']}: {figure['words']}" for figure in row.figures)
        when = day(row.day) if row.day else ""
        yield [when, row.body, str(row.paper), row.report, row.where, row.text, figures]
