"""The next activities of a series, planned in one go."""

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid5

from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from strands.models import Activity, Deliverable, Measure
from strands.models.answers import Precision, Status
from strands.models.copying import kept_answers, next_session
from strands.workflow.logging import Entry, log_activity

SAME = ("title", "kind", "strand", "lead_borough", "place", "audience", "purpose", "marking", "parent")


def repeat_activity(source: Activity, days: Sequence[dt.date], *, form_key: UUID, by: Any) -> list[Activity]:
    """One planned activity for each day, like the source and numbered after it. Sent twice, made once."""
    if not Activity.objects.editable_by(by).filter(pk=source.pk).exists():
        raise Refused("Only those who log for its borough can repeat an activity.")
    first = _first_number(source)
    with acting(by, reason=f"Repeats {source.reference}"):
        return [
            log_activity(_entry(source, day, first + at if first else None), form_key=uuid5(form_key, str(at)), by=by)
            for at, day in enumerate(days)
        ]


def _first_number(source: Activity) -> int | None:
    """Sessions of a programme are numbered on; so is a series that has numbers without one."""
    if source.parent:
        return next_session(source.parent)
    return source.session_number + 1 if source.session_number else None


def _entry(source: Activity, day: dt.date, number: int | None) -> Entry:
    count = source.session_count
    columns = {name: getattr(source, name) for name in SAME} | {
        "status": Status.PLANNED,
        "starts": day,
        "date_precision": Precision.EXACT,
        "particulars": kept_answers(source.kind, source.particulars),
        "session_number": number,
        "session_count": max(count, number) if count and number else count,
    }
    return Entry(
        columns,
        shares={share.borough_id: share.percent for share in source.shares.all()},
        objectives=[link.objective_id for link in source.objective_links.all()],
        partners=[link.organisation_id for link in source.partner_links.all()],
        other_strands=[link.strand_id for link in source.strand_links.all()],
        deliverables=[line.pk for line in Deliverable.objects.in_force_on(day).filter(activity_links__activity=source)],
        measures=[line.pk for line in Measure.objects.in_force_on(day).filter(activity_links__activity=source)],
    )


def days_after(start: dt.date, rhythm: str, times: int) -> list[dt.date]:
    """The days that follow in that rhythm, the first day not among them."""
    return [RHYTHMS[rhythm](start, at) for at in range(1, times + 1)]


def _months_on(start: dt.date, count: int) -> dt.date:
    """The same day of a later month, or its last one where that month is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


RHYTHMS: dict[str, Callable[[dt.date, int], dt.date]] = {
    "weekly": lambda start, at: start + dt.timedelta(weeks=at),
    "fortnightly": lambda start, at: start + dt.timedelta(weeks=2 * at),
    "monthly": _months_on,
}
