"""What an edition of the strategy makes of the one before: its objectives, and the measures that were in force."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from strands.models import Deliverable, MeasureVersion, Objective, ObjectiveLink, StrategyVersion
from strands.models.measure import MeasureState


@dataclass(frozen=True)
class ObjectiveLine:
    """An objective in the tree: what it came from, what goes on from it, and what the plans promise under it."""

    objective: Objective
    back: tuple[ObjectiveLink, ...]
    on: tuple[ObjectiveLink, ...]
    deliverables: tuple[Deliverable, ...]


@dataclass(frozen=True)
class MeasureFate:
    """What became of a measure that was in force the day before."""

    version: MeasureVersion
    words: str
    is_decided: bool


@dataclass(frozen=True)
class EditionChange:
    strategy: StrategyVersion
    before: StrategyVersion | None
    lines: tuple[ObjectiveLine, ...]
    # Objectives of the edition before that nothing takes up.
    dropped: tuple[Objective, ...]
    fates: tuple[MeasureFate, ...]

    @property
    def sentence(self) -> str:
        """2 of the 5 objectives before go on here; 3 are not taken up."""
        if self.before is None:
            return "No edition before it is recorded."
        taken = {link.before_id for line in self.lines for link in line.back}
        count = len(taken) + len(self.dropped)
        if not count:
            return f"No objective of {self.before} is recorded."
        rest = f"; {len(self.dropped)} {'is' if len(self.dropped) == 1 else 'are'} not taken up" if self.dropped else ""
        return f"{len(taken)} of the {count} objectives of {self.before} go on here{rest}."

    @property
    def open_fates(self) -> int:
        return sum(not fate.is_decided for fate in self.fates)


def change_to(strategy: StrategyVersion) -> EditionChange:
    """A fixed number of queries, however many objectives there are."""
    before = strategy.edition_before()
    objectives = list(strategy.objectives.select_related("strand").order_by("strand__order", "order"))
    links = ObjectiveLink.objects.select_related("before__strategy", "before__strand", "after__strategy")
    back, on = defaultdict(list), defaultdict(list)
    for link in links.filter(after__in=objectives):
        back[link.after_id].append(link)
    for link in links.filter(before__in=objectives):
        on[link.before_id].append(link)
    promised = defaultdict(list)
    for deliverable in Deliverable.objects.filter(objective__in=objectives).select_related("measure"):
        promised[deliverable.objective_id].append(deliverable)
    lines = tuple(
        ObjectiveLine(one, tuple(back[one.pk]), tuple(on[one.pk]), tuple(promised[one.pk])) for one in objectives
    )
    taken = {link.before_id for each in back.values() for link in each}
    dropped = before.objectives.exclude(pk__in=taken).select_related("strand") if before else ()
    return EditionChange(strategy, before, lines, tuple(dropped), tuple(_fates(strategy.starts)))


def _fates(starts: dt.date | None) -> Iterable[MeasureFate]:
    if starts is None:
        return
    eve = starts - dt.timedelta(days=1)
    versions = defaultdict(list)
    rows = MeasureVersion.objects.settled().select_related("measure__strand", "successor")
    for version in rows.order_by("measure__code", "number"):
        versions[version.measure_id].append(version)
    for found in versions.values():
        was = [each for each in found if each.starts <= eve and (each.ends is None or each.ends >= eve)]
        if was:
            yield _fate(was[-1], [each for each in found if each.starts >= starts], eve)


def _fate(was: MeasureVersion, later: list[MeasureVersion], eve: dt.date) -> MeasureFate:
    if was.ends == eve and was.state == MeasureState.RETIRED:
        words = f"Replaced by {was.successor}" if was.successor else "Retired"
        return MeasureFate(was, words, is_decided=True)
    if was.ends == eve and later:
        after = later[0]
        note = f", with a break: {after.comparability_note}" if after.breaks() else ", comparable with what was before"
        return MeasureFate(was, f"Changed{note}", is_decided=True)
    if was.state == MeasureState.UNDER_REVIEW:
        return MeasureFate(was, "Under review: the chair decides", is_decided=False)
    return MeasureFate(was, "Goes on as it was", is_decided=False)
