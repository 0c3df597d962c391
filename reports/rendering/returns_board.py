"""The board of returns: each area's return of one quarter, where it is stuck, and how the last two years went.

What is counted here is the running of returns and no published figure. Three queries, however many areas and quarters.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from boroughs.models import Borough
from contest_portal.access.grants import may
from contest_portal.core.quarters import Quarter
from reports.models import Chaser, QuarterlyReturn, ReturnState, ReturnStatus
from reports.models.return_rows import QuarterlyReturnQuerySet
from reports.models.return_rules import Blocking
from reports.models.return_states import IN
from strands.figures.known import Known

# Two years.
LENGTH = 8
# One letter for each state, for where a word has no room; the word stands beside it for screen readers and in the key.
LETTERS = {
    "not_due": "–", "due": "D", "incomplete": "I", "overdue": "O", "excused": "E",
    "submitted": "S", "approved": "P", "sent_back": "B", "accepted": "A",
}  # fmt: skip
NOT_OPENED = "Not opened"


def followed_by(user: Any) -> QuarterlyReturnQuerySet:
    """Returns whose state the person may know: all for those who follow London's, else those they read."""
    return QuarterlyReturn.objects.all() if may(user, "return.status") else QuarterlyReturn.objects.visible_to(user)


@dataclass(frozen=True)
class Standing:
    """One area's return of one quarter, on one day."""

    state: ReturnState | None
    is_nil: bool
    days_late: int
    is_in: bool
    is_owed: bool

    @property
    def on_time(self) -> bool:
        return self.is_in and not self.days_late

    @property
    def letter(self) -> str:
        return LETTERS[self.state.value] if self.state else "–"

    @property
    def key(self) -> str:
        """What its colour goes by."""
        return self.state.value if self.state else "not_due"

    @property
    def words(self) -> str:
        if self.state is None:
            return NOT_OPENED
        parts = [str(self.state.label)]
        parts += ["nil return"] if self.is_nil else []
        parts += [f"{self.days_late} day{'' if self.days_late == 1 else 's'} late"] if self.days_late else []
        return ", ".join(parts)


def standing_of(found: QuarterlyReturn | None, day: dt.date) -> Standing:
    if found is None:
        return Standing(None, is_nil=False, days_late=0, is_in=False, is_owed=False)
    return Standing(
        found.state_on(day),
        is_nil=found.is_nil,
        days_late=found.days_late_on(day),
        is_in=found.status in IN,
        # Nobody is late, or on time, with what is not due yet.
        is_owed=found.status != ReturnStatus.EXCUSED and (found.status in IN or found.due < day),
    )


@dataclass(frozen=True)
class BoardRow:
    """One area: its return of the chosen quarter, and its standing in each quarter shown."""

    borough: Borough
    found: QuarterlyReturn | None
    now: Standing
    waiting: Blocking | None
    chasers: tuple[Chaser, ...]
    past: tuple[Standing, ...]
    readable: bool
    day: dt.date

    @cached_property
    def owed(self) -> int:
        return sum(each.is_owed for each in self.past)

    @cached_property
    def complete(self) -> int:
        return sum(each.is_owed and each.is_in for each in self.past)

    @cached_property
    def on_time(self) -> int:
        return sum(each.is_owed and each.on_time for each in self.past)

    @property
    def is_overdue(self) -> bool:
        return self.found is not None and self.found.is_overdue_on(self.day)


class ReturnsBoard:
    """All areas in one quarter and the seven before, as this person may see them: now, or as known on a day."""

    def __init__(self, quarter: Quarter, *, reader: Any, known: Known) -> None:
        self.quarter, self.reader, self.known, self.day = quarter, reader, known, known.day
        self.quarters = quarter.last(LENGTH)

    @cached_property
    def boroughs(self) -> list[Borough]:
        return list(Borough.objects.visible_to(self.reader).order_by("name"))

    @cached_property
    def returns(self) -> dict[tuple[str, str], QuarterlyReturn]:
        rows = followed_by(self.reader).filter(quarter__gte=self.quarters[0], quarter__lte=self.quarter)
        if not self.known.is_past:
            return {(row.borough_id, row.quarter.key): row for row in rows.select_related("borough")}
        # Whom one follows is asked of today.
        followed = list(rows.values_list("pk", flat=True))
        with self.known.of(QuarterlyReturn):
            then = QuarterlyReturn.objects.filter(pk__in=followed).select_related("borough")
            return {(row.borough_id, row.quarter.key): row for row in then}

    @cached_property
    def chasers(self) -> dict[int, list[Chaser]]:
        found: dict[int, list[Chaser]] = {}
        sent = Chaser.objects.visible_to(self.reader).filter(quarterly_return__quarter=self.quarter)
        with self.known.of(Chaser):
            chasers = list(sent)
        for chaser in chasers:
            found.setdefault(chaser.quarterly_return_id, []).append(chaser)
        return found

    @cached_property
    def rows(self) -> list[BoardRow]:
        reads = may(self.reader, "return.read")
        return [self._row(borough, readable=reads) for borough in self.boroughs]

    def _row(self, borough: Borough, *, readable: bool) -> BoardRow:
        found = self.returns.get((borough.pk, self.quarter.key))
        return BoardRow(
            borough=borough,
            found=found,
            now=standing_of(found, self.day),
            waiting=found.who_is_blocking(self.day) if found else None,
            chasers=tuple(self.chasers.get(found.pk, ())) if found else (),
            past=tuple(standing_of(self.returns.get((borough.pk, each.key)), self.day) for each in self.quarters),
            readable=readable and found is not None,
            day=self.day,
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        """Of the whole quarter, whatever is filtered."""
        now = [row.now for row in self.rows if row.found]
        states = [each.key for each in now]
        return {
            "expected": len(now),
            "received": sum(each.is_in for each in now),
            "nil": sum(each.is_in and each.is_nil for each in now),
            "on_time": sum(each.on_time for each in now),
            "excused": states.count("excused"),
            "overdue": sum(row.is_overdue for row in self.rows),
            "accepted": states.count("accepted"),
        }

    @property
    def key(self) -> Iterable[tuple[str, str, str]]:
        """The letters that are on the page, each with its word."""
        seen = {each.key: each for row in self.rows for each in row.past if each.state}
        return [(key, LETTERS[key], str(ReturnState(key).label)) for key in LETTERS if key in seen]
