"""Who reads an activity in full: opened to a person by name, and kept when it is OFFICIAL-SENSITIVE."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from contest_portal.access.grants import close_to, may, open_to
from contest_portal.audit.acting import acting, moment
from contest_portal.audit.models import AccessRecord
from contest_portal.core.markings import Marking
from contest_portal.core.refusal import Refused
from strands.models import Activity, ActivityOpening

READ = "read_activity"


@transaction.atomic
def open_activity(activity: Activity, *, person: Any, reason: str, by: Any) -> ActivityOpening:
    """Let one person read it in full, until somebody closes it again."""
    Activity.objects.editable_by(by).select_for_update().get(pk=activity.pk)
    refusal = why_not_open(activity, person)
    if refusal:
        raise Refused(refusal)
    with acting(by, reason=reason):
        open_to(person, activity, READ)
        opening = ActivityOpening(activity=activity, person=person, reason=reason, opened_by=by)
        opening.save()
    return opening


def close_activity(opening: ActivityOpening, *, by: Any) -> None:
    """Take the right back. The row stays, to tell that it was there. Closing twice is closing once."""
    if opening.closed_at:
        return
    with acting(by, reason="Closed again"):
        close_to(opening.person, opening.activity, READ)
        opening.closed_by = by
        opening.closed_at = moment()
        opening.save()


def person_with(email: str) -> Any:
    """Whoever signs in with that address; None when nobody does."""
    return get_user_model()._default_manager.filter(email__iexact=email, is_active=True).first()


def why_not_open(activity: Activity, person: Any) -> str:
    if not may(person, "activity.list"):
        return f"{person} has no role that reads activities. They need a role before an activity can be opened to them."
    if activity.openings.current().filter(person=person).exists():
        return f"The activity is already open to {person}."
    if activity.read_in_full_by(person):
        return f"{person} reads this activity in full already, through a role."
    return ""


def record_reading(activities: Iterable[Activity], action: str, *, by: Any) -> None:
    """Keep that somebody read the OFFICIAL-SENSITIVE ones among them, one record for each."""
    sensitive = [activity for activity in activities if activity.marking == Marking.OFFICIAL_SENSITIVE]
    AccessRecord.objects.bulk_create(
        [AccessRecord(user=by, action=action, what=f"activity {activity.reference}") for activity in sensitive]
    )
