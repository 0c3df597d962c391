"""What was known of measures when a day ended."""

from collections.abc import Iterable
from dataclasses import dataclass

from contest_portal.audit.known_day import KnownDay
from contest_portal.core.quarters import Quarter
from strands.models import Measure, MeasureVersion, Observation, Target
from strands.models.measure import UNSETTLED
from strands.models.observation import ObservationState


@dataclass(frozen=True)
class Known(KnownDay):
    """With the versions, values and targets that there were."""

    def versions(self, measures: Iterable[Measure]) -> list[MeasureVersion]:
        """Those that had ever been in force, newest first in each measure."""
        named = {measure.pk: measure for measure in measures}
        found = [each for each in self.rows(MeasureVersion, measure__in=named) if each.state not in UNSETTLED]
        for version in found:
            version.measure = named[version.measure_id]
        return sorted(found, key=lambda each: (each.measure.code, -each.number))

    def observations(
        self, measures: Iterable[Measure], versions: Iterable[MeasureVersion], quarters: Iterable[Quarter] | None = None
    ) -> list[Observation]:
        """Those that somebody had checked, newest first, with their measures and versions."""
        named = {measure.pk: measure for measure in measures}
        held = {version.pk: version for version in versions}
        where = {} if quarters is None else {"quarter__in": list(quarters)}
        rows = self.rows(Observation, measure__in=named, **where)
        found = [each for each in rows if each.state != ObservationState.SUPPLIED]
        for observation in found:
            observation.measure = named[observation.measure_id]
            observation.measure_version = held[observation.measure_version_id]
        return sorted(found, key=lambda each: (each.quarter, each.revision), reverse=True)

    def targets(self, versions: Iterable[MeasureVersion]) -> list[Target]:
        held = {version.pk: version for version in versions}
        found = self.rows(Target, measure_version__in=held)
        for target in found:
            target.measure_version = held[target.measure_version_id]
        return sorted(found, key=lambda each: each.quarter)
