"""What the log says about a measure: a proposal, which a person confirms or puts right before it counts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contest_portal.core.quantity import NOT_RECORDED, Quantity, total
from contest_portal.core.quarters import Quarter
from strands.models import Activity
from strands.models.measure_words import Source

KINDS = {Source.STAFF_TRAINED: "training", Source.PANELS_HELD: "channel_panel", Source.DEBRIEFED: "exercise"}
DEBRIEF_WITHIN = dt.timedelta(days=60)


@dataclass(frozen=True)
class Proposal:
    """What the log would fill in, and how many activities it read."""

    quantity: Quantity | None = None
    numerator: int | None = None
    denominator: int | None = None
    read: int = 0

    @property
    def is_empty(self) -> bool:
        return self.quantity is None and not self.denominator


def proposed(source: str, quarter: Quarter) -> Proposal | None:
    """None for a measure that the log does not fill. OFFICIAL activities only: it makes totals, never rows."""
    if source not in KINDS:
        return None
    return _said(source, list(_delivered(source, quarter).values_list("starts", "particulars")))


def proposed_by_borough(source: str, quarter: Quarter) -> dict[str, Proposal]:
    """The same by GSS code: joint work is in the row of each borough that took part, so rows may add up to more."""
    if source not in KINDS:
        return {}
    found: dict[str, list[tuple[dt.date, Mapping[str, Any]]]] = defaultdict(list)
    for code, *row in _delivered(source, quarter).values_list("shares__borough", "starts", "particulars"):
        found[code].append((row[0], row[1]))
    return {code: _said(source, rows) for code, rows in found.items()}


def _delivered(source: str, quarter: Quarter) -> Any:
    return Activity.objects.official().delivered().in_quarter(quarter).filter(kind=KINDS[Source(source)])


def _said(source: str, rows: list[tuple[dt.date, Mapping[str, Any]]]) -> Proposal:
    if source == Source.STAFF_TRAINED:
        return Proposal(_trained(kept for _, kept in rows) if rows else None, read=len(rows))
    return _share(rows, _was_held if source == Source.PANELS_HELD else _was_debriefed)


def _trained(answers: Iterable[Mapping[str, Any]]) -> Quantity:
    """Who completed it; who attended where that was not asked."""
    return total(_quantity(kept.get("completed") or kept.get("attended")) for kept in answers)


def _quantity(kept: Mapping[str, Any] | None) -> Quantity:
    return Quantity(kept["value"], kept["qualifier"]) if kept else NOT_RECORDED


def _share(rows: list[tuple[dt.date, Mapping[str, Any]]], counts: Any) -> Proposal:
    answered = [counts(starts, kept) for starts, kept in rows]
    known = [answer for answer in answered if answer is not None]
    return Proposal(numerator=sum(known), denominator=len(known), read=len(rows))


def _was_held(starts: dt.date, kept: Mapping[str, Any]) -> bool | None:
    return kept.get("held")


def _was_debriefed(starts: dt.date, kept: Mapping[str, Any]) -> bool:
    cold = kept.get("cold_debrief")
    return cold is not None and dt.date.fromisoformat(cold) - starts <= DEBRIEF_WITHIN
