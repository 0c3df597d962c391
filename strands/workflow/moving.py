"""From planned to delivered, postponed or cancelled, by the moves that the model allows."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from contest_portal.audit.acting import acting, moment
from contest_portal.core.quantity import NOT_RECORDED, Quantity
from contest_portal.core.refusal import Refused
from strands.models import Activity
from strands.models.answers import Precision, Status


@dataclass(frozen=True)
class Move:
    """What became of a planned activity. A number of people goes with "delivered", a new day with "planned"."""

    to: Status
    reason: str = ""
    people: Quantity = NOT_RECORDED
    basis: str = ""
    day: dt.date | None = None


def move_activity(activity: Activity, move: Move, *, by: Any) -> Activity:
    """Pressed twice, it is done once."""
    with acting(by, reason=move.reason or f"It was {move.to.label.lower()}"):
        locked = Activity.objects.editable_by(by).select_for_update().get(pk=activity.pk)
        if locked.status == move.to:
            return locked
        refusal = locked.why_not_move(move.to, timezone.localdate()) or _why_not(locked, move)
        if refusal:
            raise Refused(refusal)
        locked.status, locked.status_reason = move.to, move.reason
        _take_over(locked, move)
        locked.changed_at = moment()
        locked.save()
    return locked


def _why_not(activity: Activity, move: Move) -> str:
    if move.to in (Status.POSTPONED, Status.CANCELLED) and not move.reason:
        return f"Say why it was {move.to.label.lower()}."
    if move.people.value is not None and activity.sessions.exists():
        return f"The sessions of {activity.reference} carry the number of people. Leave it empty here."
    return ""


def _take_over(activity: Activity, move: Move) -> None:
    if move.people.value is not None:
        activity.attendance, activity.attendance_qualifier = move.people.value, move.people.qualifier
        activity.attendance_basis = move.basis
    if move.day:
        length = activity.ends - activity.starts if activity.ends else None
        activity.starts, activity.date_precision = move.day, Precision.EXACT
        activity.ends = move.day + length if length is not None else None
