"""Logging and changing an activity with the rows that belong to it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from boroughs.models import Borough
from contest_portal.audit.acting import acting, moment
from contest_portal.audit.models import TrackedModel
from contest_portal.core.models import next_number
from contest_portal.core.refusal import Refused, Stale
from strands.models import (
    Activity,
    ActivityDeliverable,
    ActivityFunding,
    ActivityMeasure,
    ActivityObjective,
    ActivityPartner,
    ActivityShare,
    ActivityStrand,
)
from strands.workflow.joint_work import partners_of, tell_partners

NOT_YOUR_BOROUGH = "Choose a borough that you log for; others log their own activities."


@dataclass(frozen=True)
class Entry:
    """An activity as a person describes it: its own columns, and the keys of what it is linked with.

    Plan lines that are not said stay as they are.

    `shares` maps GSS codes to per cent, the lead borough's among them, and adds up to 100. `funding` maps lines of
    funding to pounds, or to None where the line alone is known.
    """

    columns: Mapping[str, Any]
    shares: Mapping[str, Decimal]
    objectives: Collection[int] = ()
    partners: Collection[int] = ()
    other_strands: Collection[str] = ()
    funding: Mapping[int, Decimal | None] = field(default_factory=dict)
    deliverables: Collection[int] | None = None
    measures: Collection[int] | None = None


def log_activity(entry: Entry, *, form_key: UUID, by: Any) -> Activity:
    """A new activity with the next reference of its lead borough and financial year, such as BEN/2026-27/0042.

    The same form sent again gives the activity that it made the first time. The reference stays when the lead
    borough or the date is corrected later.
    """
    found = _sent_before(form_key, by)
    if found:
        return found
    _check_borough(entry.columns["lead_borough"], by)
    try:
        with acting(by):
            return _log(entry, form_key, by)
    except IntegrityError:
        # The same form came twice at once. The other one was first; the number taken here has gone back.
        found = _sent_before(form_key, by)
        if found is None:
            raise
        return found


def change_activity(
    activity: Activity, entry: Entry, *, version: int, reason: str, by: Any, tell: bool = True
) -> Activity:
    """Save what changed and nothing else. Raises Stale when the activity is no longer at `version`.

    Who changes many at once tells partners of all together instead.
    """
    with acting(by, reason=reason):
        locked = Activity.objects.editable_by(by).select_for_update().filter(pk=activity.pk).first()
        if locked is None or locked.version != version:
            raise Stale(f"“{activity}”")
        if entry.columns["lead_borough"] != locked.lead_borough:
            _check_borough(entry.columns["lead_borough"], by)
        before = partners_of(locked) | {locked.lead_borough_id}
        for name, value in entry.columns.items():
            setattr(locked, name, value)
        if _settle(locked, entry) or locked.changed_fields():
            locked.changed_at = moment()
            locked.save()
            if tell:
                tell_partners(locked, before=before, by=by)
    return locked


def _sent_before(form_key: UUID, by: Any) -> Activity | None:
    found = Activity.objects.filter(form_key=form_key).first()
    if found and found.logged_by_id != by.pk:
        raise Refused("Somebody else sent this form. Open a new one and enter the activity there.")
    return found


def _check_borough(borough: Borough, by: Any) -> None:
    if not Borough.objects.logged_by(by).filter(pk=borough.pk).exists():
        raise Refused(NOT_YOUR_BOROUGH)


def _log(entry: Entry, form_key: UUID, by: Any) -> Activity:
    activity = Activity(form_key=form_key, logged_by=by, **entry.columns)
    activity.reference = _next_reference(activity)
    activity.save()
    _settle(activity, entry)
    tell_partners(activity, before=set(), by=by)
    return activity


def _next_reference(activity: Activity) -> str:
    year = activity.quarter.financial_year.replace("/", "-")
    prefix = f"{activity.lead_borough.code}/{year}"
    return f"{prefix}/{next_number(f'activity:{prefix}'):04d}"


def _settle(activity: Activity, entry: Entry) -> int:
    """Make the rows that belong to the activity those of the entry. How many were saved or removed."""
    return (
        _settle_amounts(ActivityShare, activity, ("borough_id", "percent"), entry.shares)
        + _settle_amounts(ActivityFunding, activity, ("line_id", "amount"), entry.funding)
        + _settle_links(ActivityObjective, activity, "objective_id", entry.objectives)
        + _settle_links(ActivityPartner, activity, "organisation_id", entry.partners)
        + _settle_links(ActivityStrand, activity, "strand_id", entry.other_strands)
        + _settle_links(ActivityDeliverable, activity, "deliverable_id", entry.deliverables)
        + _settle_links(ActivityMeasure, activity, "measure_id", entry.measures)
    )


def _settle_amounts(model: Any, activity: Activity, columns: tuple[str, str], wanted: Mapping[Any, Any]) -> int:
    """Rows that hold an amount for a key, such as per cent for a borough."""
    of, held = columns
    present = {getattr(row, of): row for row in model.objects.filter(activity=activity)}
    count = 0
    for key, amount in wanted.items():
        row = present.pop(key, None)
        if row is None or getattr(row, held) != amount:
            row = row or model(activity=activity, **{of: key})
            setattr(row, held, amount)
            row.save()
            count += 1
    return count + _remove(present.values())


def _settle_links(model: Any, activity: Activity, column: str, wanted: Collection[Any] | None) -> int:
    if wanted is None:
        return 0
    present = {getattr(row, column): row for row in model.objects.filter(activity=activity)}
    new = [key for key in wanted if key not in present]
    for key in new:
        model(activity=activity, **{column: key}).save()
    return len(new) + _remove(row for key, row in present.items() if key not in wanted)


def _remove(rows: Iterable[TrackedModel]) -> int:
    gone = list(rows)
    for row in gone:
        row.delete()
    return len(gone)
