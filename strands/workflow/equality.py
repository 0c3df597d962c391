"""Keeping how many people of each band came to an activity."""

from collections.abc import Mapping
from typing import Any

from contest_portal.audit.acting import acting, moment
from contest_portal.core.refusal import Stale
from strands.models import Activity, EqualityCount
from strands.models.answers import EqualityMonitoring

WHY = "Equality summary"


def keep_equality(activity: Activity, counts: Mapping[str, int], *, version: int, by: Any) -> Activity:
    """Make the counts of the activity these. Raises Stale when it is no longer at `version`."""
    with acting(by, reason=WHY):
        locked = Activity.objects.editable_by(by).select_for_update().filter(pk=activity.pk).first()
        if locked is None or locked.version != version:
            raise Stale(f"“{activity}”")
        if _settle(locked, counts):
            if counts:
                locked.equality_monitoring = EqualityMonitoring.BANDED
            locked.changed_at = moment()
            locked.save()
    return locked


def _settle(activity: Activity, counts: Mapping[str, int]) -> int:
    """How many rows were saved or removed."""
    present = {row.band: row for row in EqualityCount.objects.filter(activity=activity)}
    gone = [row for band, row in present.items() if band not in counts]
    kept = [present.get(band) or EqualityCount(activity=activity, band=band) for band in counts]
    changed = [row for row in kept if row.people != counts[row.band]]
    for row in changed:
        row.people = counts[row.band]
        row.save()
    for row in gone:
        row.delete()
    return len(changed) + len(gone)
