"""Where a value of a measure comes from: what it counts, who stands behind it, and what it was before."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day
from strands.figures.comparing import Caution, cautions, source_of
from strands.figures.known import Known
from strands.figures.measuring import standing_of
from strands.figures.standing import DataState, Standing, said
from strands.models import Measure, MeasureVersion, Observation
from strands.models.measure_words import MeasureKind
from strands.models.observation import ObservationState


@dataclass(frozen=True)
class Step:
    """What somebody did with the value. A post without a moment says that nobody has done it yet."""

    what: str
    post: str
    at: dt.datetime | None


@dataclass(frozen=True)
class Revision:
    observation: Observation
    words: str
    counts: bool
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        return f"Revision {self.observation.revision}" if self.observation.is_revised else "First value"


@dataclass(frozen=True)
class ValuePassport:
    """The same for every reader: versions in force and values that somebody checked, small ones withheld."""

    measure: Measure
    standing: Standing
    version: MeasureVersion
    revisions: tuple[Revision, ...]
    cautions: tuple[Caution, ...]

    @property
    def has_value(self) -> bool:
        return self.standing.observation is not None and self.standing.state.has_colour

    @property
    def counted(self) -> Revision | None:
        return next((each for each in self.revisions if each.counts), None)

    @property
    def is_corrected(self) -> bool:
        """Beside a withheld number nothing tells whether, or how, it moved."""
        return len(self.revisions) > 1 and self.has_value

    @property
    def holds_for(self) -> str:
        """As at 30 September 2026; or 1 July 2026 to 30 September 2026."""
        found, quarter = self.standing.observation, self.standing.quarter
        if self.version.kind in (MeasureKind.FLOW, MeasureKind.PERCENTAGE):
            return f"{day(quarter.start)} to {day(quarter.end)}, {quarter.short}"
        return f"As at {day((found and found.as_at) or quarter.end)}, the end of {quarter.short}"

    @property
    def status_words(self) -> str:
        """Approved on 21 October 2026: beside the tag that says final."""
        found = self.standing.observation
        if found is None or not self.has_value:
            return "There is no number to show yet"
        if self.standing.state == DataState.FINAL:
            return f"Approved on {day(found.approved_at)}"
        return f"Checked on {day(found.checked_at)}, not approved yet"

    @property
    def facts(self) -> list[dict[str, Any]]:
        version = self.version
        facts = {
            "Version": f"{version.number}, valid from {day(version.starts)}, approved on {day(version.approved_at)}",
            "What is counted": version.definition,
            "Kind of number": version.get_kind_display(),
            "It holds for": self.holds_for,
            "Unit": version.unit,
            "Source": source_of(version),
            "Level": f"Collected for: {version.get_collection_level_display()}. "
            f"Published no lower than: {version.get_publication_level_display()}.",
            "Sensitivity": version.get_sensitivity_display(),
            "Target": self.standing.target_words,
        }
        return [{"key": {"text": name}, "value": {"text": value}} for name, value in facts.items()]


def value_passport(measure: Measure, quarter: Quarter, known: Known) -> ValuePassport | None:
    """None where no version of the measure was in force by the end of the quarter."""
    standing = standing_of(measure, quarter, known)
    if standing.version is None:
        return None
    versions = known.versions([measure])
    observations = known.observations([measure], versions, [quarter])
    known.with_people(observations, "supplied_by", "checked_by", "approved_by")
    counted = standing.observation
    # How a number moved that is withheld would tell more than it may.
    revisions = [_revision(each, counts=counted is not None and each.pk == counted.pk) for each in observations]
    shown = tuple(each for each in revisions if each.counts or not standing.is_withheld)
    return ValuePassport(measure, standing, standing.version, shown, tuple(cautions(standing.version, versions)))


def _revision(observation: Observation, *, counts: bool) -> Revision:
    return Revision(observation, said(observation), counts, tuple(_steps(observation)))


def _steps(found: Observation) -> list[Step]:
    steps = [
        Step("Supplied", _post(found.supplied_by), found.supplied_at),
        Step("Checked", _post(found.checked_by), found.checked_at),
    ]
    if found.state == ObservationState.APPROVED:
        return [*steps, Step("Approved", _post(found.approved_by), found.approved_at)]
    return [*steps, Step("Approved", "Not yet: it is provisional", None)]


def _post(person: Any) -> str:
    return person.post or person.name
