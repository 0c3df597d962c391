"""How many returns came on time, quarter by quarter, in the form that charts and tables of the design system take."""

import datetime as dt
from dataclasses import dataclass, field

from contest_portal.core.markings import Marking
from contest_portal.core.quarters import Quarter
from reports.rendering.returns_board import ReturnsBoard


@dataclass(frozen=True)
class TimelinessColumn:
    key: str
    label: str
    numeric: bool = True


@dataclass(frozen=True)
class TimelinessRow:
    key: str
    label: str
    cells: tuple[str, str]
    values: tuple[float | None, float | None]
    url: str | None = None


@dataclass(frozen=True)
class Timeliness:
    """Shares of the returns that were owed. A quarter in which nothing is owed yet is left out."""

    title: str
    finding: str
    rows: tuple[TimelinessRow, ...]
    as_at: dt.date
    columns: tuple[TimelinessColumn, ...] = (
        TimelinessColumn("quarter", "Quarter", numeric=False),
        TimelinessColumn("on_time", "On time, %"),
        TimelinessColumn("complete", "In by now, %"),
    )
    chart: str = "trend"
    source: str = "Quarterly returns, of those that were owed and not excused"
    marking: str = field(default=Marking.OFFICIAL)


def timeliness(board: ReturnsBoard) -> Timeliness:
    rows = tuple(row for at, quarter in enumerate(board.quarters) if (row := _row(board, at, quarter)))
    first, last = board.quarters[0], board.quarters[-1]
    title = f"Returns on time, {first.short} to {last.short}"
    return Timeliness(title, _finding(rows), rows, board.day)


def _row(board: ReturnsBoard, at: int, quarter: Quarter) -> TimelinessRow | None:
    owed = [row.past[at] for row in board.rows if row.past[at].is_owed]
    if not owed:
        return None
    counts = (sum(each.on_time for each in owed), sum(each.is_in for each in owed))
    shares = [round(100 * count / len(owed)) for count in counts]
    cells = [f"{share}% ({count} of {len(owed)})" for share, count in zip(shares, counts, strict=True)]
    return TimelinessRow(quarter.key, quarter.short, (cells[0], cells[1]), (float(shares[0]), float(shares[1])))


def _finding(rows: tuple[TimelinessRow, ...]) -> str:
    if not rows:
        return "No return is owed yet"
    return f"{rows[-1].cells[0]} of returns came on time in {rows[-1].label}"
