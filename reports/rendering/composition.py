"""A paper as one plain dict: order, letters, numbers, prose, tables, charts and the figures in them.

A draft is composed from live figures each time it is shown; an issue freezes one composition (snapshot) of each
rendition. Page and PDF are both made from this dict, so they cannot differ.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import mark_safe

from contest_portal.core.quantity import Quantity
from contest_portal.core.quarters import Quarter
from contest_portal.ui.charts import described
from contest_portal.ui.formats import day
from reports.figures import Figure, figures
from reports.figures.definitions import is_code
from reports.figures.registry import FIGURES
from reports.figures.released import with_parts
from reports.figures.told import told
from reports.figures.values import ValueFigure, values
from reports.models import Block, Paper
from reports.rendering import markdown
from reports.rendering.glossary import glossary_of
from reports.rendering.kept_back import opened_figures, told_cells
from reports.rendering.numbering import Part, Section, arrange
from reports.rendering.references import NOT_HERE, Place, places_of
from reports.rendering.renditions import MembersPaper, MembersPiece, OpenPaper, OpenPiece, members_paper, open_paper
from strands.figures.known import Known

FORMAT = 1
# [[quarter]] stands for the quarter that the paper's figures are of; it is a word, not a figure.
QUARTER = "quarter"
Content = dict[str, Any]


class PaperFigures:
    """The figures of one paper, read at one moment and numbered in the order in which the paper first names them."""

    def __init__(self, quarter: Quarter, keys: Iterable[str], read: Mapping[str, Figure] | None = None) -> None:
        """`read` are figures that another rendition of the paper has read at this moment."""
        self.quarter = quarter
        named = list(dict.fromkeys(keys))
        self.found = read_figures(named, quarter) if read is None else {key: read[key] for key in named if key in read}
        self.order: list[str] = []
        # The blocks that a text can refer to, and the letter of the section that is being set.
        self.places: dict[str, Place] = {}
        self.section = ""

    def number(self, key: str) -> int:
        if key not in self.order:
            self.order.append(key)
        return self.order.index(key) + 1

    def in_prose(self, key: str) -> str:
        """The HTML for [[key]]. A table is no word of a sentence, so its key counts as unknown there."""
        if key == QUARTER:
            return escape(self.quarter)
        if markdown.is_reference(key):
            place = self.places.get(key.removeprefix(markdown.REFERENCE))
            return escape(place.seen_from(self.section) if place else NOT_HERE)
        figure = self.found.get(key)
        if figure is None or figure.shape != "value":
            return markdown.unknown(key)
        return markdown.figure_link(self.number(key), figure.words)

    def name_of(self, key: str) -> str:
        """Also of one whose number another one tells."""
        return with_parts(self.found.values())[key].definition.name

    def named(self) -> list[tuple[int, Figure]]:
        return [(number, self.found[key]) for number, key in enumerate(self.order, start=1)]


def read_figures(keys: Iterable[str], quarter: Quarter, known: Known | None = None) -> dict[str, Figure]:
    """Those of any kind that there are, as things stand or as they were known then."""
    named = list(keys)
    log = figures([key for key in named if key in FIGURES], quarter, known)
    return told(named, quarter, known) | log | values([key for key in named if is_code(key)], quarter, known)


def keys_of(source: OpenPaper) -> list[str]:
    """Keys of every figure that the paper names, known or not, in order of appearance where they appear at all."""
    keys = markdown.keys_in(source.summary)
    for piece in source.pieces:
        keys += [piece.figure] if piece.is_drawn else markdown.keys_in(piece.text)
    return keys


def compose(paper: Paper, number: str = "") -> tuple[Content, PaperFigures]:
    """The whole paper as its blocks and the log stand now. `number` is its number once it is being issued."""
    return composed(members_paper(paper), number)


def compose_open(paper: Paper, number: str = "", read: PaperFigures | None = None) -> Content:
    """The same of its public rendition, with the figures that were read for the whole."""
    return composed(open_paper(paper), number, read.found if read else None)[0]


def composed(
    source: OpenPaper, number: str = "", read: Mapping[str, Figure] | None = None
) -> tuple[Content, PaperFigures]:
    named = PaperFigures(source.quarter, keys_of(source), read)
    if source.kept_back:
        named.found = opened_figures(named.found, source.kept_back, closes_up=source.closes_up)
    sections = arrange(source.sections, source.pieces)
    named.places = places_of(sections, source.sections)
    content = {
        "format": FORMAT,
        "rendition": source.rendition,
        "paper": _front(source, number, markdown.to_html(source.summary, named.in_prose)),
        "sections": [_section(section, named) for section in sections],
        "contact": source.contact,
        "template": source.template,
    }
    if source.with_glossary:
        content |= {"glossary": glossary_of(content, source.day)}
    return content | {"figures": [_passport_head(number, figure) for number, figure in named.named()]}, named


def preview(paper: Paper, block: Block, text: str | None = None) -> str:
    """The prose of one block as it would be set, with `text` instead of its own where that is given."""
    words = block.text if text is None else text
    named = PaperFigures(paper.quarter, markdown.keys_in(words))
    named.places = places_in(members_paper(paper))
    return mark_safe(markdown.to_html(words, named.in_prose))  # noqa: S308


def places_in(source: OpenPaper) -> dict[str, Place]:
    """The blocks that a text can refer to, by id."""
    return places_of(arrange(source.sections, source.pieces), source.sections)


def _abstract(source: OpenPaper, number: str) -> str:
    name = f"{source.series} {number}" if number else f"Draft {source.series.lower()}"
    if source.goes_to_meeting:
        return f"{name} {'of' if number else 'to'} the {day(source.day)} meeting of the {source.board}"
    return f"{name} of the {source.board}, {day(source.day)}"


def _front(source: OpenPaper, number: str, summary: str) -> Content:
    """`meeting_day` is the day that stands on the paper, which is its own where it goes to no meeting."""
    kept_back = isinstance(source, MembersPaper) and source.summary_exempt
    return {
        "title": source.title,
        "by_line": source.by_line,
        "board": source.board,
        "abstract": _abstract(source, number),
        "series": source.series,
        "report": number,
        "day_label": source.day_label,
        "by_label": source.by_label,
        "front": [[line.label, line.words] for line in source.front if line.words],
        "disclaimer": source.disclaimer,
        "has_summary": source.has_summary,
        "summary_heading": source.summary_heading,
        "meeting_day": source.day.isoformat(),
        "meeting_words": day(source.day),
        "summary": summary,
        "marking": source.marking,
        "part": source.part,
        "quarter": source.quarter.key,
        "quarter_words": str(source.quarter),
    } | ({"summary_exempt": kept_back} if kept_back else {})


def _section(section: Section, named: PaperFigures) -> Content:
    named.section = section.short
    return {
        "key": section.key,
        "letter": section.letter,
        "title": section.title,
        "lead_in": section.lead_in,
        "standing": section.standing,
        "blocks": [_block(section, part, named) for part in section.parts],
    }


def _block(section: Section, part: Part, named: PaperFigures) -> Content:
    if part.block is None:
        standing = {"id": f"{part.kind}-{section.key}-{part.heading}".strip("-"), "kind": part.kind}
        if part.kind == "heading":
            return standing | {"text": part.text, "level": part.level, "heading": part.heading}
        return standing | {"number": part.number, "html": markdown.to_html(part.text, named.in_prose)}
    own = {"id": str(part.block.pk), "kind": part.kind, "marking": part.block.marking} | _more(part.block)
    if part.kind == "heading":
        return own | {"text": part.text, "level": part.level}
    if part.block.is_drawn:
        return own | _drawn(part.block, named)
    return own | {"number": part.number, "html": markdown.to_html(part.text, named.in_prose)}


def _more(piece: OpenPiece) -> Content:
    """What only some have: the source of typed numbers, and in the members' rendition why something is exempt."""
    more = {"source": piece.source} if piece.source and not piece.is_drawn else {}
    if isinstance(piece, MembersPiece) and piece.exempt:
        more |= {"exempt": piece.exempt, "interest": piece.interest}
    return more


def _drawn(block: OpenPiece, named: PaperFigures) -> Content:
    figure = named.found.get(block.figure)
    if figure is None or figure.shape != "table" or (block.kind == "chart" and not figure.chart):
        return {"kind": "missing", "html": markdown.unknown(block.figure)}
    common = {"figure": named.number(block.figure), "caption": figure.title, "finding": figure.finding}
    table = table_of(figure) | common | {"source": figure.source, "note": figure.note}
    if isinstance(block, MembersPiece) and block.exempt_cells:
        table["exempt_cells"] = told_cells(figure, block.exempt_cells)
    if block.kind == "table":
        return table
    return table | {"svg": figure.svg(), "alt": described(figure)}


def table_of(figure: Figure) -> Content:
    """`cells` run beside the columns after the first, which names the row."""
    columns = [{"key": column.key, "label": column.label, "numeric": column.numeric} for column in figure.columns]
    total = figure.total and _row(figure.total)
    return {"columns": columns, "rows": [_row(row) for row in figure.rows], "total": total}


def _row(row: Any) -> Content:
    """`numbers` run beside the cells: what stands behind the words, None where there are only words."""
    numbers = [quantity and number_of(quantity) for quantity in row.quantities]
    return {"key": row.key, "label": row.label, "cells": list(row.cells), "numbers": numbers}


def number_of(quantity: Quantity) -> list[Any]:
    return [quantity.value, str(quantity.qualifier)]


def _passport_head(number: int, figure: Figure) -> Content:
    """Of a measure's value also what it rests on, since no rows stand behind it."""
    own: Content = {"value": dict(figure.frozen)} if isinstance(figure, ValueFigure) else {}
    own |= {"kept_back": True} if figure.kept_back else {}
    return own | {
        "n": number,
        "key": figure.key,
        "title": figure.title,
        "shape": figure.shape,
        "words": figure.words or figure.finding,
        "number": figure.quantity and number_of(figure.quantity),
        "kind": figure.kind,
        "measure": figure.definition.measure.key,
        "quarter_words": str(figure.quarter),
        "population_name": figure.population_name,
        "status": figure.status,
        "status_words": figure.status_words,
        "as_at": figure.as_at.isoformat(),
        "source": figure.source,
        "marking": figure.marking,
        "note": figure.note,
    }
