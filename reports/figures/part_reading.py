"""What the log says of a part of London, under the same questions as of all of it."""

from functools import cached_property

from boroughs.models import Borough
from contest_portal.core.quarters import Quarter
from reports.figures.parts import WHOLE, Part
from reports.figures.reading import Reading
from reports.figures.standing import QuarterStanding
from reports.figures.tally import Line, Tally, counted, published, tallies
from strands.figures.known import Known
from strands.models import RollUp, Strand
from strands.models.roll_up import RollUpQuerySet

ONCE = (True, False)


class PartReading(Reading):
    """A reading of a part. How far the quarter has come is still said of all London, for who is late is not for all."""

    def __init__(self, quarter: Quarter, known: Known | None, part: Part) -> None:
        super().__init__(quarter, known)
        self.part = part

    @cached_property
    def boroughs(self) -> list[Borough]:
        return [borough for borough in self._all if self.part.boroughs is None or borough.pk in self.part.boroughs]

    @cached_property
    def _all(self) -> list[Borough]:
        return list(Borough.objects.order_by("name"))

    @cached_property
    def strands(self) -> list[Strand]:
        return [strand for strand in super().strands if self.part.strand in ("", strand.pk)]

    @cached_property
    def standing(self) -> QuarterStanding:
        accepted = [found for found in self.returns.values() if found.has_accepted]
        revised = sum(found.revision > 0 for found in self.returns.values())
        return QuarterStanding(self.quarter, self.today, len(accepted), len(self._all), revised)

    @property
    def is_rolled_up(self) -> bool:
        """Of several areas together the roll-up cannot tell which activities they shared, so the log is asked."""
        return not self.known.is_past and (self.part.boroughs is None or len(self.part.boroughs) == 1)

    @cached_property
    def cells(self) -> list[Line]:
        """An activity of one area stands in that area's cell alone, which counts as London does and as the area."""
        names = ("borough", "strand")
        if not self.is_rolled_up:
            return [line for once in ONCE for line in self._counted([self.quarter], *names, once=once)]
        found = self._rolled([self.quarter], *names, "once")
        return found if self.part.boroughs is None else [line | {"once": once} for line in found for once in ONCE]

    @cached_property
    def trend(self) -> dict[tuple[str, ...], Tally]:
        names = ("quarter", "strand")
        if not self.is_rolled_up:
            return tallies(self._counted(self.trend_quarters, *names, once=True), *names)
        lines = self._rolled(self.trend_quarters, *names, "once")
        once = self.part.boroughs is None
        return tallies([line | {"once": True} for line in lines if line["once"] is once], *names)

    @cached_property
    def areas_over_time(self) -> dict[tuple[str, ...], Tally]:
        """By quarter and borough; what several share is in the row of each of them."""
        names = ("quarter", "borough")
        if self.known.is_past:
            return tallies(self._counted(self.trend_quarters, *names, once=False), *names)
        return tallies(self._of_strand(self.trend_quarters).filter(once=False).summed(*names, "once"), *names)

    def _counted(self, quarters: list[Quarter], *names: str, once: bool) -> list[Line]:
        with self.then():
            return counted(self.part.of(published(quarters)), *names, once=once)

    def _rolled(self, quarters: list[Quarter], *names: str) -> list[Line]:
        found = self._of_strand(quarters)
        if self.part.boroughs is not None:
            found = found.filter(borough__in=self.part.boroughs, once=False)
        return found.summed(*names)

    def _of_strand(self, quarters: list[Quarter]) -> RollUpQuerySet:
        found = RollUp.objects.published(quarters)
        return found.filter(strand=self.part.strand) if self.part.strand else found


def reading_of(quarter: Quarter, known: Known | None = None, part: Part = WHOLE) -> Reading:
    return PartReading(quarter, known, part) if part.query else Reading(quarter, known)
