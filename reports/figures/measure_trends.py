"""A measure over the last quarters. Where its definition broke, a new series begins, and no line joins the two."""

from collections.abc import Iterable
from dataclasses import replace

from contest_portal.core.quarters import Quarter
from reports.figures.reading import TREND_LENGTH
from reports.figures.result import Figure, FigureColumn, FigureRow, rows_url
from reports.figures.standing import Standing as FigureState
from reports.figures.standing import ValueStanding
from reports.figures.values import definition_of
from strands.figures.known import Known
from strands.figures.measuring import standings_over
from strands.figures.standing import DataState, Standing
from strands.models import Measure, MeasureVersion

BREAK = "New definition"
_SILENT = (DataState.NOT_APPLICABLE, DataState.RETIRED, DataState.NOT_DUE)


def measure_trends(measures: Iterable[Measure], quarter: Quarter, known: Known) -> list[Figure]:
    """One for each measure that has something to say in any of the quarters. The same for every reader."""
    quarters = quarter.last(TREND_LENGTH)
    found = standings_over(measures, quarters, known)
    return [trend for standings in found.values() if (trend := _trend(standings, quarter, known))]


def _trend(standings: list[Standing], quarter: Quarter, known: Known) -> Figure | None:
    told = [each for each in standings if each.version is not None and each.state not in _SILENT]
    if not told or not any(each.state.has_colour for each in told):
        return None
    version = told[-1].version
    if version is None:
        return None
    rows = _rows(told, known)
    drawn = sum(row.values[0] is not None for row in rows) > 1
    definition = replace(definition_of(version), chart="trend" if drawn else "")
    return Figure(
        definition,
        quarter,
        ValueStanding(FigureState.PROVISIONAL, told[-1].words),
        known.seen_at,
        finding=_finding(version, told, rows),
        title=f"{version}, {told[0].quarter.short} to {told[-1].quarter.short}",
        columns=(FigureColumn("quarter", "Quarter", numeric=False), FigureColumn("value", _unit(version))),
        rows=tuple(rows),
        known_on=known.past_day,
    )


def _rows(told: list[Standing], known: Known) -> list[FigureRow]:
    rows, before = [], None
    for each in told:
        version, observation = each.version, each.observation
        shown = observation is not None and each.state.has_colour and not each.is_withheld
        number = observation.number if observation is not None and shown else None
        broke = before is not None and version is not None and version.number != before and version.breaks()
        code = version.measure.code if version else ""
        rows.append(
            FigureRow(
                each.quarter.key,
                each.quarter.short,
                (None,),
                (each.words,),
                (None if number is None else float(number),),
                url=rows_url(code, each.quarter, known_on=known.past_day),
                breaks=BREAK if broke else "",
            )
        )
        before = version.number if version else before
    return rows


def _finding(version: MeasureVersion, told: list[Standing], rows: list[FigureRow]) -> str:
    """The newest value beside the one before it, unless its definition changed between the two."""
    valued = [(row, each) for row, each in zip(rows, told, strict=True) if each.state.has_colour]
    row, last = valued[-1]
    words = f"{version.name}: {last.words} in {last.quarter.short}"
    if len(valued) == 1:
        return words
    between = rows[rows.index(valued[-2][0]) + 1 : rows.index(row) + 1]
    if any(each.breaks for each in between):
        return f"{words}. Its definition is new, so nothing before is compared with it"
    return f"{words}, after {valued[-2][1].words} in {valued[-2][1].quarter.short}"


def _unit(version: MeasureVersion) -> str:
    return version.unit[:1].upper() + version.unit[1:]
