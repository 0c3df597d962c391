"""Tables of measures and of deliverables for papers: what each is, how it stands, and its colour in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from contest_portal.core.quarters import Quarter
from reports.figures import told_gaps
from reports.figures.result import Figure, FigureColumn, FigureRow
from reports.figures.told_words import measures_board, plan_of
from reports.figures.values import values
from strands.figures.delivery import lines
from strands.figures.known import Known
from strands.figures.standing import DataState

NO_COLOUR = "–"


@dataclass(frozen=True)
class ToldTable:
    """`parts` are the figures whose values it tells: they leave the portal with it. `lacks` is what its records do."""

    columns: tuple[FigureColumn, ...]
    rows: tuple[FigureRow, ...]
    lacks: str
    parts: tuple[Figure, ...] = ()


def measures_rows(quarter: Quarter, known: Known) -> ToldTable:
    heads = _columns(("measure", "Measure"), ("value", "Value"), ("target", "Target"), ("state", "Data"),
                     ("colour", "Against target"))  # fmt: skip
    board = measures_board(quarter, known)
    shown = [row for row in board.rows if row.standing.state != DataState.RETIRED]
    rows = tuple(
        _row(
            row.version.measure.code,
            row.version.name,
            (
                row.standing.words if row.standing.state.has_colour else NO_COLOUR,
                row.standing.target_words,
                str(row.standing.state.label),
                row.standing.colour_words if row.standing.rag else NO_COLOUR,
            ),
        )
        for row in shown
    )
    told = values([row.version.measure.code for row in shown], quarter, known)
    return ToldTable(heads, rows, told_gaps.of_measures(board), tuple(told.values()))


def deliverables_rows(quarter: Quarter, known: Known) -> ToldTable:
    heads = _columns(("deliverable", "Deliverable"), ("status", "Status"), ("due", "Due"), ("dates", "First agreed"),
                     ("confidence", "Delivery confidence"))  # fmt: skip
    plan = lines(plan_of(quarter), known.day)
    rows = tuple(
        _row(
            line.deliverable.reference,
            line.deliverable.title,
            (
                str(line.status.label),
                line.due,
                line.dates or "As first agreed",
                str(line.confidence.label) if line.confidence else NO_COLOUR,
            ),
        )
        for line in plan
    )
    return ToldTable(heads, rows, told_gaps.of_plan(plan))


TABLES = {"measures_table": measures_rows, "deliverables_table": deliverables_rows}


def _columns(*named: tuple[str, str]) -> tuple[FigureColumn, ...]:
    return tuple(FigureColumn(key, label, numeric=False) for key, label in named)


def _row(key: str, label: str, cells: Sequence[str]) -> FigureRow:
    nothing = (None,) * len(cells)
    return FigureRow(key, label, nothing, tuple(cells), nothing, links=nothing)
