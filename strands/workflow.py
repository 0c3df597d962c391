"""Logging and changing an activity with the rows that belong to it, and opening it to a person by name."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from boroughs.models import Borough
from contest_portal.access.grants import close_to, may, open_to
from contest_portal.audit.acting import acting, moment
from contest_portal.audit.models import AccessRecord, TrackedModel
from contest_portal.core.markings import Marking
from contest_portal.core.models import next_number
from contest_portal.core.refusal import Refused, Stale
from strands.models import (
    Activity,
    ActivityObjective,
    ActivityOpening,
    ActivityPartner,
    ActivityShare,
    ActivityStrand,
    ThreatLevel,
)

NOT_YOUR_BOROUGH = "Choose a borough that you log for; others log their own activities."
READ = "read_activity"


@dataclass(frozen=True)
class Entry:
    """An activity as a person describes it: its own columns, and the keys of what it is linked with.

    `shares` maps GSS codes to per cent, the lead borough's among them, and adds up to 100.
    """

    columns: Mapping[str, Any]
    shares: Mapping[str, Decimal]
    objectives: Collection[int] = ()
    partners: Collection[int] = ()
    other_strands: Collection[str] = ()


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


def change_activity(activity: Activity, entry: Entry, *, version: int, reason: str, by: Any) -> Activity:
    """Save what changed and nothing else. Raises Stale when the activity is no longer at `version`."""
    with acting(by, reason=reason):
        locked = Activity.objects.editable_by(by).select_for_update().filter(pk=activity.pk).first()
        if locked is None or locked.version != version:
            raise Stale(f"“{activity}”")
        if entry.columns["lead_borough"] != locked.lead_borough:
            _check_borough(entry.columns["lead_borough"], by)
        for name, value in entry.columns.items():
            setattr(locked, name, value)
        if _settle(locked, entry) or locked.changed_fields():
            locked.changed_at = moment()
            locked.save()
    return locked


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


def follow_threat_level(level: ThreatLevel, *, reason: str, by: Any) -> ThreatLevel:
    """A new level of its scheme, with a first day; the one that held until now ends on the day before."""
    first = level.starts
    if first is None:
        raise ValueError("A new threat level needs the day on which it came into force.")
    with acting(by, reason=reason):
        for before in level.others_on(first, None).filter(starts__lt=first):
            before.ends = first - dt.timedelta(days=1)
            before.save()
        level.save()
    return level


def change_threat_level(level: ThreatLevel, *, reason: str, by: Any) -> ThreatLevel:
    """Put one level right. The form has seen to it that no two levels of a scheme hold on one day."""
    with acting(by, reason=reason):
        level.save()
    return level


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
    return activity


def _next_reference(activity: Activity) -> str:
    year = activity.quarter.financial_year.replace("/", "-")
    prefix = f"{activity.lead_borough.code}/{year}"
    return f"{prefix}/{next_number(f'activity:{prefix}'):04d}"


def _settle(activity: Activity, entry: Entry) -> int:
    """Make the rows that belong to the activity those of the entry. How many were saved or removed."""
    return (
        _settle_shares(activity, entry.shares)
        + _settle_links(ActivityObjective, activity, "objective_id", entry.objectives)
        + _settle_links(ActivityPartner, activity, "organisation_id", entry.partners)
        + _settle_links(ActivityStrand, activity, "strand_id", entry.other_strands)
    )


def _settle_shares(activity: Activity, wanted: Mapping[str, Decimal]) -> int:
    present = {share.borough_id: share for share in activity.shares.all()}
    count = 0
    for gss_code, percent in wanted.items():
        share = present.pop(gss_code, None) or ActivityShare(activity=activity, borough_id=gss_code)
        if share.percent != percent:
            share.percent = percent
            share.save()
            count += 1
    return count + _remove(present.values())


def _settle_links(model: Any, activity: Activity, column: str, wanted: Collection[Any]) -> int:
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
