"""How deliverables stand, in words: line by line, for a download, and all of them in one honest sentence."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from strands.models import Deliverable
from strands.models.deliverable_words import Confidence, DeliverableStatus


@dataclass(frozen=True)
class DeliverableLine:
    """Its status stands before its colour, which only something under way has."""

    deliverable: Deliverable
    status: DeliverableStatus
    confidence: Confidence | None
    is_late: bool
    due: str
    dates: str


def line(deliverable: Deliverable, today: dt.date) -> DeliverableLine:
    last = deliverable.last
    due = f"{last.actual:%-d %B %Y}" if last.actual else last.forecast_in_words
    return DeliverableLine(
        deliverable,
        deliverable.status_on(today),
        deliverable.confidence_shown,
        deliverable.is_late(today),
        due,
        _dates(deliverable),
    )


def lines(deliverables: Iterable[Deliverable], today: dt.date) -> list[DeliverableLine]:
    return [line(deliverable, today) for deliverable in deliverables]


def sentence(deliverables: list[Deliverable], today: dt.date) -> str:
    """10 deliverables: 3 delivered, 6 under way or overdue, 1 not started. 2 are late."""
    if not deliverables:
        return ""
    found = Counter(each.status_on(today) for each in deliverables)
    parts = [f"{found[status]} {status.label.lower()}" for status in DeliverableStatus if found[status]]
    late = sum(each.is_late(today) for each in deliverables)
    count = len(deliverables)
    said = f"{count} deliverable{'' if count == 1 else 's'}: {', '.join(parts)}."
    if late == 0:
        return f"{said} None is later than first agreed."
    return f"{said} {late} {'is' if late == 1 else 'are'} later than first agreed, or overdue."


def table(deliverables: Iterable[Deliverable], today: dt.date) -> list[list[Any]]:
    """Heading and rows of the download."""
    return [HEADING, *(_cells(line(deliverable, today)) for deliverable in deliverables)]


HEADING = [
    *("Reference", "Title", "Strand", "Objective", "Plan", "Owner (a post)", "Status", "Delivery confidence", "Why"),
    *("First agreed for", "Now forecast for", "Delivered on", "Days later", "Times put off", "Reasons"),
    *("Population", "Areas that have it"),
]


def _cells(row: DeliverableLine) -> list[Any]:
    found, last = row.deliverable, row.deliverable.last
    return [
        *(found.reference, found.title, found.strand.name, str(found.objective or ""), found.plan, found.owner),
        *(row.status.label, str(row.confidence.label if row.confidence else ""), found.why),
        *(last.baseline_in_words, last.forecast_in_words, last.actual.isoformat() if last.actual else ""),
        *(last.days_late, found.slip_count, "; ".join(map(str, last.slips.all()))),
        *(str(found.population or ""), found.areas_words),
    ]


def _dates(deliverable: Deliverable) -> str:
    """First agreed for 31 March 2027, put off 3 times; or nothing where it stands as first agreed."""
    last, times = deliverable.last, deliverable.slip_count
    if not last.days_late and not times:
        return ""
    often = {0: "", 1: ", put off once", 2: ", put off twice"}.get(times, f", put off {times} times")
    return f"First agreed for {last.baseline_in_words}{often}"
