"""Values of measures as figures: [[PV-11]] in a paper says what the pages of measures say, small numbers withheld."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day
from reports.figures.definitions import LONDON, Definition, Sensitivity
from reports.figures.result import Figure
from reports.figures.standing import Standing, ValueStanding
from strands.figures.comparing import cautions, source_of
from strands.figures.known import Known
from strands.figures.measuring import standings
from strands.figures.standing import DataState
from strands.figures.standing import Standing as MeasureStanding
from strands.models import Measure, MeasureVersion
from strands.models.measure_words import MeasureKind

_STATES = {DataState.FINAL: Standing.FINAL, DataState.PROVISIONAL: Standing.PROVISIONAL}
PERMISSION = "measure.read"


@dataclass(frozen=True)
class ValueFigure(Figure):
    """`frozen` is what an issued paper keeps of it beside the number and its words."""

    frozen: tuple[tuple[str, Any], ...] = ()
    cells: tuple[tuple[str, int | None, str], ...] = ()

    def released_cells(self) -> list[tuple[str, int | None, str]]:
        """Of a percentage both its parts. A withheld number left the portal as a word, and stands here without one."""
        return list(self.cells)


def codes_in_force(quarter: Quarter | None = None) -> list[str]:
    """Measures that have a definition; with `quarter` one that was in force when it ended."""
    versions = MeasureVersion.objects.settled()
    if quarter is not None:
        versions = versions.filter(starts__lte=quarter.end)
    return sorted(set(versions.values_list("measure__code", flat=True)))


def values(codes: Iterable[str], quarter: Quarter, known: Known | None = None) -> dict[str, Figure]:
    """By code. A measure that had no definition in force in that quarter is not among them."""
    wanted = list(codes)
    if not wanted:
        return {}
    when = known or Known.now()
    found = standings(Measure.objects.filter(code__in=wanted), quarter, when)
    return {measure.code: _figure(standing, when) for measure, standing in found.items() if standing.version}


def _figure(standing: MeasureStanding, known: Known) -> Figure:
    version, quarter = standing.version, standing.quarter
    if version is None:
        raise ValueError("A measure without a definition has no figure.")
    return ValueFigure(
        definition_of(version),
        quarter,
        ValueStanding(_STATES.get(standing.state, Standing.NOT_COMPLETE), _status_words(standing)),
        known.seen_at,
        finding=f"{version.name}: {standing.words}",
        title=f"{version}, {quarter}",
        words=standing.words,
        known_on=known.past_day,
        frozen=_frozen(standing, version),
        cells=_cells(standing),
    )


def definition_of(version: MeasureVersion) -> Definition:
    return Definition(
        key=version.measure.code,
        name=version.name,
        kind=MeasureKind(version.kind),
        measures=("value",),
        counted=version.definition,
        source=source_of(version),
        beware=cautions(version, [])[0].why,
        population=LONDON.key,
        sensitivity=Sensitivity(version.sensitivity),
        permission=PERMISSION,
    )


def _status_words(standing: MeasureStanding) -> str:
    found = standing.observation
    if found is None or not standing.state.has_colour:
        return standing.words
    if standing.state == DataState.FINAL:
        return f"{standing.state.label}: approved on {day(found.approved_at)}"
    return f"{standing.state.label}: checked on {day(found.checked_at)}, not approved yet"


def _frozen(standing: MeasureStanding, version: MeasureVersion) -> tuple[tuple[str, Any], ...]:
    found = standing.observation
    shown = found is not None and standing.state.has_colour
    return (
        ("version", version.number),
        ("definition", version.definition),
        ("revision", found.revision if found and shown and not standing.is_withheld else None),
        ("as_at", _as_at(standing) if version.kind == MeasureKind.STOCK else ""),
    )


def _as_at(standing: MeasureStanding) -> str:
    found = standing.observation
    return ((found and found.as_at) or standing.quarter.end).isoformat()


def _cells(standing: MeasureStanding) -> tuple[tuple[str, int | None, str], ...]:
    found = standing.observation
    shown = standing.state.has_colour or (found is not None and found.months is not None)
    if found is None or not shown or standing.is_withheld:
        return (("", None, "not_recorded"),)
    if found.numerator is None:
        return (("", found.value, found.qualifier),)
    return (("numerator", found.numerator, "exact"), ("denominator", found.denominator, "exact"))
