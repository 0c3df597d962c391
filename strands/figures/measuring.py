"""How measures stand, read from the database: three queries for one measure or for all of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from contest_portal.core.quarters import Quarter
from strands.figures.known import Known
from strands.figures.standing import DataState, Rag, Standing, counted, replaced_by, said, state_on, version_for
from strands.models import Measure, MeasureVersion, Observation, Target
from strands.models.measure import UNDECIDED, UNSETTLED
from strands.models.measure_words import Frequency
from strands.models.observation import ObservationState
from strands.models.set_colour import ColourState


@dataclass(frozen=True)
class MeasureRow:
    """One line of the list: the version that names it, and how it stands in the quarter."""

    version: MeasureVersion
    standing: Standing


@dataclass(frozen=True)
class MeasureBoard:
    rows: tuple[MeasureRow, ...]
    # What the chair has to decide on.
    waiting: tuple[MeasureVersion, ...]

    @property
    def colours_asked(self) -> list[Standing]:
        found = [row.standing for row in self.rows if row.standing.observation]
        return [each for each in found if each.observation and each.observation.colour_state == ColourState.ASKED]

    @property
    def sentence(self) -> str:
        """What may truthfully be said of all of them together, from how each of them stands."""
        live = [row.standing for row in self.rows if row.standing.state in _LIVE]
        # By their targets alone, whatever colour was set: what is said has to be true.
        coloured = [standing for standing in live if standing.by_target]
        within = sum(standing.by_target == Rag.GREEN for standing in coloured)
        blanks = [standing for standing in live if not standing.state.has_colour]
        if not coloured:
            said = ["No measure with a target has data yet"]
        elif within == len(coloured):
            said = [f"All {within} measures with data and a target are within target"]
        else:
            said = [f"{within} of {len(coloured)} measures with data and a target are within target"]
        return f"{'; '.join([*said, *_late(blanks), *_without_colour(live)])}."


_LIVE = (DataState.OVERDUE, DataState.INCOMPLETE, DataState.PROVISIONAL, DataState.FINAL)


_RHYTHMS = {
    Frequency.QUARTERLY: "quarterly",
    Frequency.SIX_MONTHLY: "twice a year",
    Frequency.ANNUAL: "once a year",
}
_ORDINALS = ("first", "second", "third", "fourth")


def _late(blanks: list[Standing]) -> Iterator[str]:
    """3 report quarterly, and their first quarter is not yet complete."""
    for frequency, rhythm in _RHYTHMS.items():
        found = [each for each in blanks if each.version is not None and each.version.frequency == frequency]
        if found:
            reports, their = ("reports", "its") if len(found) == 1 else ("report", "their")
            quarter = _ORDINALS[found[0].quarter.number - 1]
            yield f"{len(found)} {reports} {rhythm}, and {their} {quarter} quarter is not yet complete"


def _without_colour(live: list[Standing]) -> Iterator[str]:
    count = sum(each.state.has_colour and not each.rag for each in live)
    if count:
        yield f"{count} {'has' if count == 1 else 'have'} data and no target to be within"


@dataclass(frozen=True)
class ObservationRow:
    """A value as it may be read, and what the reader may do with it."""

    observation: Observation
    words: str
    may_check: bool = False
    may_approve: bool = False
    may_comment: bool = False
    may_ask_colour: bool = False
    may_set_colour: bool = False


def board_of(
    measures: Iterable[Measure], versions: list[MeasureVersion], quarter: Quarter, known: Known
) -> MeasureBoard:
    """Of the measures that a person may see, with the versions of them that the person may see."""
    found = standings(measures, quarter, known)
    named: dict[int, MeasureVersion] = {}
    for version in sorted(versions, key=lambda each: each.number):
        if version.state not in UNSETTLED:
            named[version.measure_id] = version
    rows = [
        MeasureRow(standing.version or named[measure.pk], standing)
        for measure, standing in found.items()
        if measure.pk in named
    ]
    return MeasureBoard(tuple(rows), tuple(version for version in versions if version.state in UNDECIDED))


def listed(
    observations: Iterable[Observation], user: Any, *, may_enter: bool, may_colour: bool
) -> list[ObservationRow]:
    """Another colour can be asked for where the value counts, and can have one."""
    rows = list(observations)
    by_quarter: dict[Quarter, list[Observation]] = defaultdict(list)
    for each in rows:
        by_quarter[each.quarter].append(each)
    counts = {found.pk for found in map(counted, by_quarter.values()) if found and may_colour}
    return [
        ObservationRow(
            each,
            said(each),
            not each.why_not_check(user),
            not each.why_not_approve(user),
            may_enter and each.state != ObservationState.APPROVED,
            each.pk in counts and each.may_have_colour and each.colour_state != ColourState.ASKED,
            not each.why_not_set_colour(user),
        )
        for each in rows
    ]


def standings(measures: Iterable[Measure], quarter: Quarter, known: Known) -> dict[Measure, Standing]:
    """Each in that quarter, with the colour that it had in the one before."""
    found = list(measures)
    pair = (quarter.previous(), quarter)
    settled = known.versions(found)
    versions, observations = _by_measure(settled), _by_measure(known.observations(found, settled, pair))
    targets = {(target.measure_version_id, target.quarter): target for target in known.targets(settled)}
    result = {}
    for measure in found:
        one = versions[measure.pk], observations[measure.pk], targets
        earlier = _standing(*one, pair[0], known.day, None)
        result[measure] = _standing(*one, quarter, known.day, earlier.rag)
    return result


def standings_over(measures: Iterable[Measure], quarters: list[Quarter], known: Known) -> dict[Measure, list[Standing]]:
    """Each in each of the quarters, in their order. What colour one had before is not asked."""
    found = list(measures)
    settled = known.versions(found)
    versions, observations = _by_measure(settled), _by_measure(known.observations(found, settled, quarters))
    targets = {(target.measure_version_id, target.quarter): target for target in known.targets(settled)}
    return {
        measure: [
            _standing(versions[measure.pk], observations[measure.pk], targets, quarter, known.day, None)
            for quarter in quarters
        ]
        for measure in found
    }


def standing_of(
    measure: Measure, quarter: Quarter, known: Known, *, observation: Observation | None = None
) -> Standing:
    """Of one; with `observation` as if that were the one that counts."""
    standing = standings([measure], quarter, known)[measure]
    if observation is None:
        return standing
    return replace(standing, observation=observation, state=state_on(known.day, standing.version, quarter, observation))


def _standing(
    versions: list[MeasureVersion],
    observations: list[Observation],
    targets: dict[tuple[int, Quarter], Target],
    quarter: Quarter,
    day: dt.date,
    before: Rag | None,
) -> Standing:
    version = version_for(versions, quarter)
    revisions = [each for each in observations if each.quarter == quarter]
    observation = counted(revisions)
    target = targets.get((version.pk, quarter)) if version else None
    state = state_on(day, version, quarter, observation)
    return Standing(version, quarter, state, observation, target, before, replaced_by(observation, revisions))


def _by_measure(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.measure_id].append(row)
    return found
