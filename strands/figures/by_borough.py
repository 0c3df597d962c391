"""A measure borough by borough, where it is published so: what the log says of each, beside its target."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from boroughs.models import Borough
from contest_portal.core.quarters import Quarter
from strands.figures.from_log import KINDS, Proposal, proposed_by_borough
from strands.figures.known import Known
from strands.figures.standing import Rag, colour_of, version_for
from strands.models import Activity, ActivityShare, BoroughTarget, Measure, MeasureVersion, Target
from strands.models.measure_words import Direction, Level, SensitivityClass
from strands.models.observation import percent


@dataclass(frozen=True)
class BoroughLine:
    """No colour before the quarter is over, without a target, or without a number."""

    borough: Borough
    target: BoroughTarget | None
    words: str
    rag: Rag | None

    @property
    def target_words(self) -> str:
        return "No target" if self.target is None else f"{self.target.value.normalize():,f}"


def applies(version: MeasureVersion) -> bool:
    """Only what is published by borough, points to nobody, and is filled from the log."""
    is_open = version.publication_level == Level.BOROUGH and version.sensitivity == SensitivityClass.S0
    return is_open and version.source in KINDS and version.direction != Direction.BAND


@dataclass(frozen=True)
class BoroughMeasure:
    """One measure as one borough stands in it."""

    version: MeasureVersion
    line: BoroughLine


def measures_of(borough: Borough, quarter: Quarter, known: Known, *, user: Any) -> list[BoroughMeasure]:
    """How one borough stands in each measure that is published by borough: two queries for each of these."""
    measures = list(Measure.objects.visible_to(user).select_related("strand"))
    versions: dict[int, list[MeasureVersion]] = defaultdict(list)
    for each in known.versions(measures):
        versions[each.measure_id].append(each)
    found = [version_for(versions[measure.pk], quarter) for measure in measures]
    shown = [version for version in found if version is not None and applies(version)]
    return [BoroughMeasure(version, lines_of(version, quarter, [borough], known)[0]) for version in shown]


def lines_of(version: MeasureVersion, quarter: Quarter, boroughs: Iterable[Borough], known: Known) -> list[BoroughLine]:
    """Two queries, however many boroughs there are."""
    with known.of(Activity, ActivityShare, BoroughTarget):
        said = proposed_by_borough(version.source, quarter)
        targets = {target.borough_id: target for target in version.borough_targets.filter(quarter=quarter)}
    is_over = known.day > quarter.end
    return [_line(version, one, targets.get(one.pk), said.get(one.pk, Proposal()), is_over=is_over) for one in boroughs]


def sentence(lines: list[BoroughLine]) -> str:
    """12 of 20 boroughs with a target and a value are within target; 13 have no target."""
    coloured = [line for line in lines if line.rag]
    within = sum(line.rag == Rag.GREEN for line in coloured)
    without = sum(line.target is None for line in lines)
    said = f"{within} of {len(coloured)} areas with a target and a value are within target"
    return f"{said}; {without} {'has' if without == 1 else 'have'} no target." if without else f"{said}."


def _line(
    version: MeasureVersion, borough: Borough, target: BoroughTarget | None, said: Proposal, *, is_over: bool
) -> BoroughLine:
    number = _number(said)
    aim = Target(measure_version=version, quarter=target.quarter, value=target.value) if target and is_over else None
    return BoroughLine(borough, target, _words(said), colour_of(version, aim, number))


def _number(said: Proposal) -> Decimal | None:
    if said.denominator:
        return percent(said.numerator, said.denominator)
    return None if said.quantity is None or said.quantity.value is None else Decimal(said.quantity.value)


def _words(said: Proposal) -> str:
    if said.denominator:
        return f"{percent(said.numerator, said.denominator)}% ({said.numerator:,} of {said.denominator:,})"
    return "Nothing in the log" if said.quantity is None else str(said.quantity)
