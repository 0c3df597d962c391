"""A dashboard as one plain dict, which is frozen when somebody asks for its PDF: the numbers, charts and tables that
their page showed, in its order.

`context` is what the page's own template was given, so the two cannot differ.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from contest_portal.core.markings import Marking, highest
from contest_portal.core.quarters import Quarter
from contest_portal.ui.charts import described
from reports.figures import Figure
from reports.figures.variation import Spread
from reports.rendering.composition import Content, table_of
from reports.rendering.drawings import map_svg, map_words, smalls_svg, smalls_words
from reports.rendering.page_contents import KIND
from strands.figures.by_borough import BoroughMeasure
from strands.figures.measuring import MeasureRow

FORMAT = 1
SIGNS = "[p] provisional, [r] revised, [c] withheld because it is small."
BY_BOROUGH = "From the log, OFFICIAL activities alone. A target of a borough is its own; London’s is not their sum."
OF_LONDON = (
    "Measures are published for London as a whole, so these are London’s. There is no number for some areas alone: "
    "taking it from London’s would tell the rest."
)


def page_content(name: str, quarter: Quarter, chosen: Iterable[tuple[str, str]], pieces: Iterable[Content]) -> Content:
    found = list(pieces)
    marking = highest([Marking.OFFICIAL, *(piece["marking"] for piece in found if "marking" in piece)])
    page = {
        "title": f"{name} in {quarter}",
        "name": name,
        "quarter": quarter.short,
        "chosen": [list(pair) for pair in chosen],
        "marking": str(marking),
    }
    return {"format": FORMAT, "kind": KIND, "page": page, "pieces": found}


def london_pieces(context: dict[str, Any]) -> Iterator[Content]:
    yield key_numbers(context["key_numbers"])
    for borough in context["own"]:
        numbers = [f"{column.label} {words}" for column, words, _ in borough["numbers"]]
        yield prose(f"Your borough: {borough['name']}", ", ".join(numbers))
    yield mapped(context["by_activities_by_borough"])
    yield spread_table(context["spreads"], context["spread_words"], context["by_activities_by_borough"])
    yield charted(context["by_activities_by_strand"])
    yield charted(context["by_attendance_by_strand"])
    yield from measures(context["measure_rows"], context["measures"].sentence, whole=context["whole"])
    yield charted(context["by_activities_trend"])
    if returns := context.get("by_returns_by_borough"):
        yield charted(returns)


def borough_pieces(context: dict[str, Any]) -> Iterator[Content]:
    found, area = context["found"], context["area"]
    yield key_numbers(context["key_numbers"])
    yield spread_table(context["spreads"], context["spread_words"], context["spread_figure"], area.name)
    yield from area_measures(context["area_measures"], area.name)
    for key in ("activities_by_strand", "attendance_by_strand", "activities_trend"):
        yield charted(found[key])


def strand_pieces(context: dict[str, Any]) -> Iterator[Content]:
    found, strand, multiples = context["found"], context["strand"], context["multiples"]
    yield key_numbers(context["key_numbers"])
    yield from measures(context["measure_rows"], f"{strand.name}: how its measures stand", whole=context["whole"])
    yield mapped(found["activities_by_borough"])
    yield spread_table(context["spreads"], context["spread_words"], context["spread_figure"])
    drawn = {"svg": smalls_svg(small for small, _ in context["smalls"]), "alt": smalls_words(multiples), "tall": True}
    yield charted(multiples) | drawn
    yield charted(found["activities_trend"])
    for trend in context["trends"]:
        yield charted(trend) | {"beside": True}


def key_numbers(found: list[Figure]) -> Content:
    """Each with the words that say how far it is to be relied on."""
    overall = found[0]
    rows = [line(figure.definition.name, figure.words) for figure in found]
    head = {"finding": "Key numbers", "caption": overall.title.partition(", ")[2], "source": overall.source}
    note = f"{overall.status_words}. {overall.note}"
    return table(["Number", "Value"], rows) | head | {"note": note, "marking": str(overall.marking)}


def charted(figure: Figure) -> Content:
    """The finding, the chart where there is one, and the table with its source."""
    found = {
        **table_of(figure),
        "kind": "table",
        "finding": figure.finding,
        "caption": figure.title,
        "source": figure.source,
        "note": figure.note,
        "marking": str(figure.marking),
    }
    for row, content in zip(figure.rows, found["rows"], strict=True):
        content["label"] = f"{row.label} ({row.mark})" if row.mark else row.label
    return found | ({"svg": figure.svg(), "alt": described(figure)} if figure.chart and figure.rows else {})


def mapped(figure: Figure) -> Content:
    drawn = {"svg": map_svg(figure), "alt": map_words(figure), "tall": True} if figure.is_mapped else {}
    return charted(figure) | drawn


def spread_table(found: list[Spread], words: str, figure: Figure, own: str = "") -> Content:
    columns = ["Number", *([own] if own else []), "Lowest", "Middle", "Highest"]
    rows = [
        line(
            f"{spread.label} ({spread.note})" if spread.note else spread.label,
            *([spread.own] if own else []),
            f"{spread.lowest}: {spread.lowest_names}",
            spread.middle,
            f"{spread.highest}: {spread.highest_names}",
        )
        for spread in found
    ]
    head = {"finding": words, "caption": f"How far apart the areas are, {figure.title}", "source": figure.source}
    return table(columns, rows) | head | {"note": figure.definition.beware, "marking": str(figure.marking)}


def measures(rows: list[MeasureRow], heading: str, *, whole: bool) -> Iterator[Content]:
    if not rows:
        return
    lines = [_measure(row) for row in rows]
    head = {"finding": heading, "caption": "Measures and how they stand", "source": "Measures, London as a whole"}
    note = SIGNS if whole else f"{OF_LONDON} {SIGNS}"
    yield table(["Measure", "Value", "Target", "Status", "Standing"], lines) | head | {"note": note}


def area_measures(found: list[BoroughMeasure], name: str) -> Iterator[Content]:
    if not found:
        return
    lines = [
        line(str(each.version), each.line.target_words, each.line.words, str(each.line.rag.label))
        if each.line.rag
        else line(str(each.version), each.line.target_words, each.line.words, "No colour")
        for each in found
    ]
    finding = f"{name}: how it stands in measures that are published by borough"
    head = {"finding": finding, "caption": f"Measures of {name} against its own targets", "source": BY_BOROUGH}
    yield table(["Measure", "Target", "In the log", "Standing"], lines) | head


def _measure(row: MeasureRow) -> Content:
    standing = row.standing
    value = f"{standing.words} ({standing.earlier_words})" if standing.earlier_words else standing.words
    colour = standing.colour_words + ("; commentary required" if standing.needs_commentary else "")
    return line(str(row.version), value, standing.target_words, str(standing.state.label), colour)


def table(columns: list[str], rows: list[Content]) -> Content:
    named = [{"key": str(place), "label": label, "numeric": False} for place, label in enumerate(columns)]
    return {"kind": "table", "columns": named, "rows": rows, "total": None, "note": "", "source": ""}


def line(label: str, *cells: str) -> Content:
    return {"key": label, "label": label, "cells": list(cells), "numbers": [None] * len(cells)}


def prose(heading: str, text: str) -> Content:
    return {"kind": "prose", "finding": heading, "text": text}
