"""What the log says of a part of London, under the same questions as of all of it."""

from functools import cached_property

from boroughs.models import Borough
from contest_portal.core.quarters import Quarter
from reports.figures.parts import WHOLE, Part
from reports.figures.reading import Reading
from reports.figures.standing import QuarterStanding
from reports.figures.tally import Tally, published, tallies
from strands.figures.known import Known
from strands.models import Strand


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

    @cached_property
    def trend(self) -> dict[tuple[str, ...], Tally]:
        with self.then():
            return tallies(self.part.of(published(self.trend_quarters)), "quarter", "strand")

    def _tally(self, *splits: str) -> dict[tuple[str, ...], Tally]:
        with self.then():
            return tallies(self.part.of(published([self.quarter])), *splits)


def reading_of(quarter: Quarter, known: Known | None = None, part: Part = WHOLE) -> Reading:
    return PartReading(quarter, known, part) if part.query else Reading(quarter, known)
