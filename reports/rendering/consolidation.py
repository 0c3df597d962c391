"""A quarter on one page, as it is checked before its numbers go into a paper. Everything on it is counted elsewhere."""

from dataclasses import dataclass
from typing import Any

from contest_portal.core.quarters import Quarter
from reports.figures import Figure, figures
from reports.figures.released import ReleasedEquality, equality_released
from reports.figures.standing import QuarterStanding
from strands.figures.known import Known
from strands.figures.measuring import MeasureBoard, MeasureRow, board_of
from strands.figures.standing import DataState
from strands.models import Measure, MeasureVersion, Observation
from strands.models.observation import ObservationState

NUMBERS = ("activities", "attendance", "activities_joint", "boroughs_active", "cost", "returns_accepted")
TABLES = ("activities_by_strand", "attendance_by_strand")
# Of these there is nothing to say for the quarter.
SILENT = (DataState.NOT_APPLICABLE, DataState.RETIRED)


@dataclass(frozen=True)
class MeasureLine:
    """One measure, with what was written about its colour."""

    row: MeasureRow
    may_explain: bool

    @property
    def observation(self) -> Observation | None:
        return self.row.standing.observation

    @property
    def commentary(self) -> str:
        """Only beside a value that is shown."""
        standing = self.row.standing
        return standing.observation.commentary if standing.observation and standing.state.has_colour else ""


@dataclass(frozen=True)
class Consolidation:
    quarter: Quarter
    numbers: tuple[Figure, ...]
    tables: tuple[Figure, ...]
    board: MeasureBoard
    lines: tuple[MeasureLine, ...]
    equality: list[ReleasedEquality]

    @property
    def overall(self) -> Figure:
        """Any of the numbers: they were taken at one moment."""
        return self.numbers[0]

    @property
    def still_open(self) -> list[str]:
        """What has to happen before the quarter can be frozen, in sentences."""
        standing = self.overall.standing
        if not isinstance(standing, QuarterStanding):
            return []
        missing = standing.expected - standing.accepted
        found = [f"{missing} of {standing.expected} returns {'is' if missing == 1 else 'are'} not accepted yet."]
        without = [_code(line) for line in self.lines if not line.row.standing.state.has_colour]
        unexplained = [_code(line) for line in self.lines if line.row.standing.needs_commentary]
        return [
            *(found if missing else []),
            *([f"Data not in yet: {', '.join(without)}."] if without else []),
            *([f"Commentary required: {', '.join(unexplained)}."] if unexplained else []),
        ]


def consolidation(quarter: Quarter, known: Known, *, user: Any) -> Consolidation:
    """The numbers are the same for everybody; which measures stand beside them depends on who reads.

    Of a day that is over, too, only equality tables that had been released by then are shown.
    """
    found = figures([*NUMBERS, *TABLES], quarter, known)
    board = measures_in(quarter, known, user=user)
    mine = Measure.objects.none() if known.is_past else Measure.objects.entered_by(user)
    entered = set(mine.values_list("pk", flat=True))
    return Consolidation(
        quarter,
        tuple(found[key] for key in NUMBERS),
        tuple(found[key] for key in TABLES),
        board,
        tuple(MeasureLine(row, _may_explain(row, entered)) for row in telling(board)),
        equality_released(quarter, known),
    )


def measures_in(quarter: Quarter, known: Known, *, user: Any) -> MeasureBoard:
    """Proposals wait for somebody today; of a day that is over there are the versions that had been in force."""
    measures = list(Measure.objects.visible_to(user).select_related("strand"))
    versions = MeasureVersion.objects.visible_to(user).select_related("measure")
    return board_of(measures, known.versions(measures) if known.is_past else list(versions), quarter, known)


def telling(board: MeasureBoard) -> list[MeasureRow]:
    """The measures of which there is something to say in the quarter."""
    return [row for row in board.rows if row.standing.state not in SILENT]


def _may_explain(row: MeasureRow, entered: set[int]) -> bool:
    found = row.standing.observation
    return found is not None and found.state != ObservationState.APPROVED and found.measure_id in entered


def _code(line: MeasureLine) -> str:
    return line.row.version.measure.code
