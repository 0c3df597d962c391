"""A dashboard as a workbook: what the numbers mean on the first sheet, then the numbers."""

import io
from collections.abc import Sequence

from contest_portal.core.markings import highest
from contest_portal.ui.formats import moment
from contest_portal.ui.xlsx import workbook
from reports.figures import Figure
from reports.rendering.figure_lines import Line, number_lines, qualifier_of

# A spreadsheet allows no more in the name of a sheet.
NAME = 31
HEAD: Line = [
    "Figure", "What is counted", "Kind", "Unit", "Counted over", "Period", "Source", "Do not compare", "Note",
]  # fmt: skip


def dashboard_workbook(found: Sequence[Figure], title: str) -> bytes:
    into = io.BytesIO()
    marking = highest(figure.marking for figure in found)
    above = [
        marking,
        title,
        f"{found[0].status_words}. Data as at {moment(found[0].as_at)}, {found[0].population_name}",
    ]
    with workbook(into, title=title, comments=marking) as sheets:
        sheets.table("Definitions", [HEAD, *[_meaning(figure) for figure in found]], above=above)
        numbers = [figure for figure in found if figure.quantity is not None]
        sheets.table("Key numbers", [["Figure", "Value", "Qualifier", "In words"], *map(_number, numbers)], above=above)
        for figure in found:
            if figure.quantity is None:
                sheets.table(figure.definition.name[:NAME], list(number_lines(figure)), above=[*above, figure.finding])
    return into.getvalue()


def _meaning(figure: Figure) -> Line:
    definition = figure.definition
    return [
        definition.name,
        definition.counted,
        str(definition.kind.label),
        definition.unit,
        f"{figure.population_name} ({figure.population})",
        figure.title.rsplit(", ", 1)[-1],
        definition.source,
        definition.beware,
        figure.note,
    ]


def _number(figure: Figure) -> Line:
    drawn = figure.definition.measure.drawn(figure.quantity) if figure.quantity else None
    return [figure.definition.name, drawn, qualifier_of(figure.quantity), figure.words]
