"""How a measure stands in a quarter: its status before its colour, and the colour only where the status allows one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import models

from contest_portal.core.quarters import Quarter
from strands.figures.suppression import CONFIDENTIAL, THRESHOLD, is_small
from strands.models.measure import MeasureState, MeasureVersion, Target
from strands.models.measure_words import Direction, MeasureKind, Rag, SensitivityClass
from strands.models.observation import Observation, ObservationState

# How far outside a band is still amber, in per cent of its nearer end.
BAND_AMBER = 5
# No percentage of a smaller whole is shown where it could point to a person.
SMALLEST_WHOLE = 10


class DataState(models.TextChoices):
    """In the order of precedence. Six are blanks, none of which means the same as another; two get a colour."""

    NOT_APPLICABLE = "not_applicable", "Not measured in this quarter"
    RETIRED = "retired", "Retired"
    UNDER_REVIEW = "under_review", "Under review"
    NOT_DUE = "not_due", "Not yet due"
    OVERDUE = "overdue", "Overdue"
    INCOMPLETE = "incomplete", "Data not yet complete"
    PROVISIONAL = "provisional", "Provisional"
    FINAL = "final", "Final"

    @property
    def has_colour(self) -> bool:
        return self in (DataState.PROVISIONAL, DataState.FINAL)

    @property
    def colour(self) -> str:
        """Of the tag that says the status: only what has data is not grey."""
        return {"provisional": "yellow", "final": "green"}.get(self.value, "grey")


def version_for(versions: Iterable[MeasureVersion], quarter: Quarter) -> MeasureVersion | None:
    """The settled version that held when the quarter ended, or the last before it; None before there was any."""
    found = [version for version in versions if version.starts <= quarter.end and version.state not in _UNSETTLED]
    return max(found, key=lambda version: version.number, default=None)


_UNSETTLED = (MeasureState.PROPOSED, MeasureState.REFUSED)


def counted(observations: Iterable[Observation]) -> Observation | None:
    """Of the revisions of one quarter: the newest that is final, or else the newest that was checked."""
    found = [each for each in observations if each.state != ObservationState.SUPPLIED]
    return max(found, key=lambda each: (each.state == ObservationState.APPROVED, each.revision), default=None)


def replaced_by(observation: Observation | None, revisions: Iterable[Observation]) -> Observation | None:
    """The value that stood before it in its quarter, if it is a correction of one that had been checked."""
    if observation is None:
        return None
    return counted(each for each in revisions if each.revision < observation.revision)


def state_on(
    day: dt.date, version: MeasureVersion | None, quarter: Quarter, observation: Observation | None
) -> DataState:
    if version is None or not version.is_due_for(quarter):
        return DataState.NOT_APPLICABLE
    if version.state == MeasureState.RETIRED and version.ends is not None and version.ends < quarter.end:
        return DataState.RETIRED
    if version.state == MeasureState.UNDER_REVIEW:
        return DataState.UNDER_REVIEW
    if day <= quarter.end:
        return DataState.NOT_DUE
    if observation is None:
        return DataState.OVERDUE if day > version.due(quarter) else DataState.INCOMPLETE
    if not observation.is_complete:
        return DataState.INCOMPLETE
    return DataState.FINAL if observation.state == ObservationState.APPROVED else DataState.PROVISIONAL


def colour_of(version: MeasureVersion, target: Target | None, number: Decimal | None) -> Rag | None:
    """By the thresholds of the version. None without a target, without a number, or where no direction is better."""
    if target is None or number is None or version.direction == Direction.NONE:
        return None
    if version.direction == Direction.BAND:
        return _in_band(target.value, target.upper if target.upper is not None else target.value, number)
    short = target.value - number if version.direction == Direction.HIGHER else number - target.value
    if short <= 0:
        return Rag.GREEN
    within = abs(target.value) * version.amber_percent / 100 if target.value else version.tolerance
    return Rag.AMBER if short <= within else Rag.RED


def _in_band(lower: Decimal, upper: Decimal, number: Decimal) -> Rag:
    if lower <= number <= upper:
        return Rag.GREEN
    end = lower if number < lower else upper
    return Rag.AMBER if abs(number - end) <= abs(end) * BAND_AMBER / 100 else Rag.RED


@dataclass(frozen=True)
class Standing:
    """One measure in one quarter, as everybody may read it: small numbers are withheld here, not on the page."""

    version: MeasureVersion | None
    quarter: Quarter
    state: DataState
    observation: Observation | None
    target: Target | None
    before: Rag | None = None
    # The value that a correction took the place of.
    earlier: Observation | None = None

    @property
    def rag(self) -> Rag | None:
        """The colour that is shown: the one that was set for this value, or the one that the target gives it."""
        found = self.by_target
        return (self.set_colour or found) if found else None

    @property
    def set_colour(self) -> Rag | None:
        return self.observation.set_colour if self.observation else None

    @property
    def colour_words(self) -> str:
        if self.rag is None:
            return "No colour"
        if self.by_target is None or self.rag == self.by_target:
            return str(self.rag.label)
        return f"{self.rag.label} (set by the chair; by its target {self.by_target.label})"

    @property
    def by_target(self) -> Rag | None:
        if self.version is None or self.observation is None or not self.state.has_colour or self.is_withheld:
            return None
        return colour_of(self.version, self.target, self.observation.number)

    @property
    def is_withheld(self) -> bool:
        return self.observation is not None and is_withheld(self.observation)

    @property
    def needs_commentary(self) -> bool:
        """A colour that changes, or a first one that is not green, is explained before it is final."""
        if self.rag is None or self.observation is None or self.observation.commentary.strip():
            return False
        return self.rag != (self.before or Rag.GREEN)

    @property
    def words(self) -> str:
        """The value with its signs, or why there is none. A sign beside a withheld one would tell that it moved."""
        if self.observation is None or not self.state.has_colour:
            return self._blank
        if self.is_withheld:
            return said(self.observation)
        period = f" {self.observation.period_in_words}".rstrip()
        signs = " [p]" * (self.state == DataState.PROVISIONAL) + " [r]" * self.observation.is_revised
        return said(self.observation) + period + signs

    @property
    def earlier_words(self) -> str:
        """Beside a corrected value, the one before it. Nothing beside or in place of a number that is withheld."""
        if self.earlier is None or self.observation is None or not self.state.has_colour:
            return ""
        return "" if self.is_withheld or is_withheld(self.earlier) else f"{said(self.earlier)} before"

    @property
    def _blank(self) -> str:
        if self.state != DataState.INCOMPLETE:
            return str(self.state.label)
        found = self.observation
        if found is not None and found.months is not None:
            return f"{self.state.label}: {said(found)} {found.period_in_words}"
        received, expected = (found.received, found.expected) if found else (0, 1)
        return f"{self.state.label} ({received} of {expected})"

    @property
    def target_words(self) -> str:
        return "No target" if self.target is None else self.target.in_words


def is_withheld(observation: Observation) -> bool:
    """Whether its number is so small that it could point to a person."""
    version = observation.measure_version
    if version.sensitivity == SensitivityClass.S0:
        return False
    s2 = version.sensitivity == SensitivityClass.S2
    if version.kind == MeasureKind.PERCENTAGE:
        return (observation.denominator or 0) < SMALLEST_WHOLE or any(
            is_small(part, s2=s2) for part in _parts(observation)
        )
    return observation.value is not None and is_small(observation.value, s2=s2)


def _parts(observation: Observation) -> tuple[int, int]:
    """Of a percentage the part and the rest: either can be small in a whole that is not."""
    part, whole = observation.numerator or 0, observation.denominator or 0
    return part, whole - part


def moves_few(observation: Observation, revisions: Iterable[Observation]) -> bool:
    """Whether the number that it corrects was shown, and differs by so few that the difference points to them."""
    before = replaced_by(observation, revisions)
    if before is None or observation.measure_version.sensitivity == SensitivityClass.S0:
        return False
    if is_withheld(observation) or is_withheld(before) or observation.value is None or before.value is None:
        return False
    return is_small(abs(observation.value - before.value))


def said(observation: Observation) -> str:
    """The value as everybody may read it."""
    if not is_withheld(observation):
        return in_words(observation)
    is_part = observation.measure_version.kind == MeasureKind.PERCENTAGE
    return CONFIDENTIAL if is_part else f"{CONFIDENTIAL} fewer than {THRESHOLD}"


def in_words(observation: Observation) -> str:
    """57% (4 of 7), at least 4,310, or Yes."""
    kind = observation.measure_version.kind
    if kind == MeasureKind.PERCENTAGE:
        if observation.number is None:
            return "not recorded"
        whole = observation.number.quantize(Decimal(1))
        return f"{whole}% ({observation.numerator:,} of {observation.denominator:,})"
    if kind == MeasureKind.YES_NO and observation.value is not None:
        return "Yes" if observation.value else "No"
    return str(observation.quantity)
