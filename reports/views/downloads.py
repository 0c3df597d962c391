"""The lines of a CSV: first what the numbers mean, then the numbers."""

from collections.abc import Iterator

from contest_portal.core.quantity import Quantity
from contest_portal.ui.formats import moment
from reports.figures import Figure, Passport, SeenPassport
from reports.figures.definitions import MEASURES
from reports.rendering.consolidation import Consolidation
from reports.rendering.figure_lines import Line, number_lines, qualifier_of


def figure_lines(figure: Figure) -> Iterator[Line]:
    """A number has its qualifier in a column of its own, so that a spreadsheet can add the numbers up."""
    yield from _described(figure)
    yield from number_lines(figure)


def passport_lines(figure: Figure, passport: Passport, seen: SeenPassport) -> Iterator[Line]:
    yield from _described(figure)
    yield ["Row", passport.cell.row_label]
    yield ["Column", passport.cell.column_label]
    yield []
    yield ["Reference", "Title", "Date", "Strand", "Boroughs", "Value", "Qualifier"]
    for row in seen.rows:
        names = ", ".join(row.borough_names)
        yield [row.reference, row.title, row.date_words, row.strand_name, names, *_number(passport, row.quantity)]
    if seen.hidden_count:
        yield ["", seen.hidden_label, "", "", "", *_number(passport, seen.hidden_total)]
    yield ["", "Total", "", "", "", *_number(passport, seen.total)]


def consolidation_lines(found: Consolidation) -> Iterator[Line]:
    """Numbers, measures and equality tables, one below the other, in the words of the page."""
    overall = found.overall
    yield [f"Consolidation, {found.quarter}"]
    yield ["Marking", overall.marking]
    yield ["Status", overall.status_words]
    yield ["Population", f"{overall.population_name} ({overall.population})"]
    yield ["Data as at", moment(overall.as_at)]
    yield []
    yield ["Figure", "Value", "Qualifier", "In words"]
    for figure in found.numbers:
        if figure.quantity is not None:
            drawn = figure.definition.measure.drawn(figure.quantity)
            yield [figure.definition.name, drawn, qualifier_of(figure.quantity), figure.words]
    yield []
    yield ["Measure", "Value", "Target", "Status", "Standing", "Commentary"]
    for line in found.lines:
        standing = line.row.standing
        commentary = "Commentary required" if standing.needs_commentary else line.commentary
        state = str(standing.state.label)
        yield [str(line.row.version), standing.words, standing.target_words, state, standing.colour_words, commentary]
    yield []
    yield ["Equality", "Band", "People", "Population and period"]
    for released in found.equality:
        for table in released.tables:
            for label, words in (*table.rows, ("All answers", table.total)):
                yield [table.name, label, words, released.name]


def _described(figure: Figure) -> Iterator[Line]:
    definition = figure.definition
    yield [figure.title]
    yield ["Marking", figure.marking]
    yield ["Status", figure.status_words]
    yield ["What is counted", definition.counted]
    yield ["Kind", str(definition.kind.label)]
    yield ["Unit", definition.unit]
    yield ["Population", f"{figure.population_name} ({figure.population})"]
    yield ["Source", definition.source]
    yield ["Do not compare", definition.beware]
    yield ["Note", figure.note]
    yield ["Data as at", moment(figure.as_at)]
    yield []


def _number(passport: Passport, quantity: Quantity) -> Line:
    return [MEASURES[passport.measure].drawn(quantity), qualifier_of(quantity)]
