"""What the log and the returns say of one quarter, each question asked once however many figures want to know."""

import datetime as dt
from contextlib import AbstractContextManager
from functools import cache, cached_property

from django.utils import timezone

from boroughs.models import Borough
from contest_portal.core.quarters import Quarter
from reports.figures.parts import WHOLE, Part
from reports.figures.standing import QuarterStanding
from reports.figures.tally import Line, Tally, counted, published, tallies
from reports.models import QuarterlyReturn
from strands.figures.known import Known
from strands.models import Activity, ActivityShare, RollUp, Strand

TREND_LENGTH = 12


class Reading:
    """One moment's view of a quarter: now, or as it was known on a day. It makes totals, never rows, for no reader."""

    part: Part = WHOLE

    def __init__(self, quarter: Quarter, known: Known | None = None) -> None:
        self.quarter = quarter
        self.known = known or Known.of_the_act()
        self.as_at: dt.datetime = self.known.seen_at
        self.today = timezone.localdate(self.as_at)
        self.tally = cache(self._tally)

    @cached_property
    def boroughs(self) -> list[Borough]:
        """LONDON_33, by name."""
        return list(Borough.objects.order_by("name"))

    @cached_property
    def strands(self) -> list[Strand]:
        return list(Strand.objects.order_by("order"))

    @cached_property
    def returns(self) -> dict[str, QuarterlyReturn]:
        """By borough. A borough whose return has not been opened yet is not in it."""
        with self.then():
            return {found.borough_id: found for found in QuarterlyReturn.objects.filter(quarter=self.quarter)}

    def has_accepted(self, borough: str) -> bool:
        return borough in self.returns and self.returns[borough].has_accepted

    @cached_property
    def standing(self) -> QuarterStanding:
        revised = sum(found.revision > 0 for found in self.returns.values())
        accepted = sum(found.has_accepted for found in self.returns.values())
        return QuarterStanding(self.quarter, self.today, accepted, len(self.boroughs), revised)

    @cached_property
    def trend_quarters(self) -> list[Quarter]:
        """Up to this quarter, or to the last one that is over: a part of a quarter would look like a fall."""
        over = Quarter.of(self.today).previous()
        return min(self.quarter, over).last(TREND_LENGTH)

    @cached_property
    def log_begins(self) -> Quarter | None:
        """The quarter of the first activity that figures count; None where there is none."""
        with self.then():
            day = Activity.objects.published().oldest_first().values_list("starts", flat=True).first()
        return Quarter.of(day) if day else None

    def is_before_log(self, quarter: Quarter) -> bool:
        """Of that quarter there is no log, which is not the same as a quarter in which nothing was delivered."""
        return self.log_begins is None or quarter < self.log_begins

    @cached_property
    def trend(self) -> dict[tuple[str, ...], Tally]:
        if self.known.is_past:
            with self.then():
                lines = counted(published(self.trend_quarters), "quarter", "strand", once=True)
        else:
            lines = RollUp.objects.published(self.trend_quarters).filter(once=True).summed("quarter", "strand", "once")
        return tallies(lines, "quarter", "strand")

    @property
    def so_far(self) -> str:
        """Stands before a finding for as long as the quarter is not over."""
        return "So far, " if self.today <= self.quarter.end else ""

    def _tally(self, *splits: str) -> dict[tuple[str, ...], Tally]:
        return tallies(self.cells, *splits)

    @cached_property
    def cells(self) -> list[Line]:
        """Of the quarter: from the roll-up, or as it was known from the log as it was."""
        names = ("borough", "strand")
        if not self.known.is_past:
            return RollUp.objects.published([self.quarter]).summed(*names, "once")
        with self.then():
            return [line for once in (True, False) for line in counted(published([self.quarter]), *names, once=once)]

    def then(self) -> AbstractContextManager[None]:
        """Within it log and returns are read as they were known. What counted then is what was OFFICIAL then."""
        return self.known.of(Activity, ActivityShare, QuarterlyReturn)
