"""What was sent for the returns of one quarter, to whom and when: the call, the reminders and the chasers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from contest_portal.core.quarters import Quarter
from contest_portal.notifications.models import Message
from reports.models import Chaser, QuarterlyReturn
from reports.models.chaser import CALLED, SOON_DUE, event_of
from reports.rendering.returns_board import followed_by
from strands.figures.known import Known


@dataclass(frozen=True)
class SentRow:
    """What one area was sent."""

    found: QuarterlyReturn
    calls: tuple[Message, ...]
    reminders: tuple[Message, ...]
    chasers: tuple[Chaser, ...]


class ReturnsSent:
    """For somebody who follows these returns: now, or as known on a day."""

    def __init__(self, quarter: Quarter, *, reader: Any, known: Known) -> None:
        self.quarter, self.known = quarter, known
        self.returns = followed_by(reader).filter(quarter=quarter).select_related("borough").order_by("borough__name")

    @cached_property
    def rows(self) -> list[SentRow]:
        returns = list(self.returns)
        with self.known.of(Chaser):
            chasers = _by(Chaser.objects.filter(quarterly_return__in=returns), "quarterly_return_id")
        told = _by(self._told(returns), "event")
        return [
            SentRow(found, told[event_of(CALLED, found)], told[event_of(SOON_DUE, found)], chasers[found.pk])
            for found in returns
        ]

    def _told(self, returns: Iterable[QuarterlyReturn]) -> Any:
        events = [event_of(kind, found) for found in returns for kind in (CALLED, SOON_DUE)]
        rows = Message.objects.of_events(events).select_related("recipient", "for_person")
        return rows.filter(created_at__lt=self.known.until) if self.known.is_past else rows

    @property
    def sentence(self) -> str:
        """33 of 33 areas were called, by 33 messages; 4 reminders and 7 chasers went out after that."""
        calls = sum(len(row.calls) for row in self.rows)
        called = sum(bool(row.calls) for row in self.rows)
        reminders = sum(len(row.reminders) for row in self.rows)
        chasers = sum(len(row.chasers) for row in self.rows)
        return (
            f"{called} of {len(self.rows)} areas were called, by {calls} message{_s(calls)}; "
            f"{reminders} reminder{_s(reminders)} and {chasers} chaser{_s(chasers)} went out after that."
        )


def _by(rows: Iterable[Any], name: str) -> dict[Any, tuple[Any, ...]]:
    found: dict[Any, tuple[Any, ...]] = defaultdict(tuple)
    for row in rows:
        found[getattr(row, name)] += (row,)
    return found


def _s(count: int) -> str:
    return "" if count == 1 else "s"
