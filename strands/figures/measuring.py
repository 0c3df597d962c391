"""How measures stand, read from the database: three queries for one measure or for all of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from contest_portal.core.quarters import Quarter
from strands.figures.standing import Rag, Standing, counted, state_on, version_for
from strands.models import Measure, MeasureVersion, Observation, Target


def standings(measures: Iterable[Measure], quarter: Quarter, day: dt.date) -> dict[Measure, Standing]:
    """Each in that quarter, with the colour that it had in the one before."""
    found = list(measures)
    versions = _by_measure(MeasureVersion.objects.settled().filter(measure__in=found).select_related("measure"))
    pair = (quarter.previous(), quarter)
    rows = Observation.objects.counted().filter(measure__in=found, quarter__in=pair)
    observations = _by_measure(rows.select_related("measure_version"))
    aims = Target.objects.filter(measure_version__measure__in=found, quarter__in=pair)
    targets = {(target.measure_version_id, target.quarter): target for target in aims}
    result = {}
    for measure in found:
        one = versions[measure.pk], observations[measure.pk], targets
        earlier = _standing(*one, pair[0], day, None)
        result[measure] = _standing(*one, quarter, day, earlier.rag)
    return result


def standing_of(
    measure: Measure, quarter: Quarter, day: dt.date, *, observation: Observation | None = None
) -> Standing:
    """Of one; with `observation` as if that were the one that counts."""
    standing = standings([measure], quarter, day)[measure]
    if observation is None:
        return standing
    return replace(standing, observation=observation, state=state_on(day, standing.version, quarter, observation))


def _standing(
    versions: list[MeasureVersion],
    observations: list[Observation],
    targets: dict[tuple[int, Quarter], Target],
    quarter: Quarter,
    day: dt.date,
    before: Rag | None,
) -> Standing:
    version = version_for(versions, quarter)
    observation = counted(each for each in observations if each.quarter == quarter)
    target = targets.get((version.pk, quarter)) if version else None
    return Standing(version, quarter, state_on(day, version, quarter, observation), observation, target, before)


def _by_measure(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.measure_id].append(row)
    return found
