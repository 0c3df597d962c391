"""Joint activities: partner boroughs are told that they are named, and add notes of their own; and comments."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse

from boroughs.models import Borough
from contest_portal.access.grants import holders_in, may, scope_of
from contest_portal.accounts.models import User
from contest_portal.core.refusal import Refused
from contest_portal.notifications.comments import tell_comment, tell_follow_up_due
from contest_portal.notifications.telling import tell
from strands.models import Activity, ActivityComment, ActivityShare, PartnerNote

# How many references a message about many activities names.
FEW = 3


def partners_of(activity: Activity) -> set[str]:
    """GSS codes of the boroughs beside the lead."""
    rows = ActivityShare.objects.filter(activity=activity).exclude(borough=activity.lead_borough_id)
    return set(rows.values_list("borough_id", flat=True))


def tell_partners(activity: Activity, *, before: set[str], by: Any) -> None:
    """Each borough that the activity names now and did not before. The title is not sent: it may be sensitive."""
    new = partners_of(activity) - before
    people = [person for holders in holders_in("activity.log", new).values() for person in holders if person != by]
    text = (
        f"{activity.lead_borough} logged {activity.reference} as joint work with your borough. Add your own note there."
    )
    subject = f"{activity.reference}: joint work with your borough"
    tell(people, subject, text, link=activity.get_absolute_url(), about="joint_activity")


def tell_partners_together(named: Mapping[str, list[Activity]], *, by: Any) -> None:
    """The same for many activities at once: one message to each borough, by GSS code with those that name it now."""
    for code, holders in holders_in("activity.log", named).items():
        rows = named[code]
        first, more = ", ".join(row.reference for row in rows[:FEW]), len(rows) - FEW
        listed = f"{first} and {more:,} more" if more > 0 else first
        text = f"A spreadsheet was loaded that names your borough as a partner in {listed}. Add your own notes there."
        is_one = len(rows) == 1
        name = rows[0].reference if is_one else f"{len(rows):,} activities"
        link = rows[0].get_absolute_url() if is_one else f"{reverse('activities')}?borough={code}&joint=yes"
        subject = f"{name}: joint work with your borough"
        tell([person for person in holders if person != by], subject, text, link=link, about="joint_activity")


def note_of(activity: Activity, borough: Borough) -> PartnerNote:
    """The borough's note, saved or new."""
    found = PartnerNote.objects.filter(activity=activity, borough=borough).first()
    return found or PartnerNote(activity=activity, borough=borough)


def boroughs_noting(activity: Activity, user: Any) -> list[Borough]:
    """Partner boroughs of the activity for which this person writes a note."""
    scope = scope_of(user, "activity.log")
    return [share.borough for share in activity.shares_beside_the_lead if share.borough_id in scope.boroughs]


@transaction.atomic
def write_note(note: PartnerNote, *, by: Any) -> PartnerNote:
    if note.borough not in boroughs_noting(note.activity, by):
        raise Refused(f"Only {note.borough} writes its own note.")
    note.by = by
    note.save()
    holders = holders_in("activity.log", [note.activity.lead_borough_id])
    people = [person for person in holders[note.activity.lead_borough_id] if person != by]
    name = note.activity.reference
    text = f"{note.borough} wrote its own note on {name}."
    tell(people, f"{name}: a note of {note.borough}", text, link=note.activity.get_absolute_url(), about="partner_note")
    return note


# --- comments -------------------------------------------------------------------------------------


def people_of(activity: Activity, user: Any) -> list[User]:
    """Who can be asked to follow something up: those who log for its boroughs, and the person."""
    holders = holders_in("activity.log", [share.borough_id for share in activity.shares.all()])
    found = [person for people in holders.values() for person in people]
    return list(dict.fromkeys([user, *found]))


def why_not_comment(activity: Activity, user: Any) -> str:
    if not may(user, "comment.write"):
        return "Your role reads activities and does not comment on them."
    return "" if activity.read_in_full_by(user) else "Only those who read an activity in full comment on it."


@transaction.atomic
def comment_on(activity: Activity, values: dict[str, Any], *, by: Any) -> ActivityComment:
    if refusal := why_not_comment(activity, by):
        raise Refused(refusal)
    comment = ActivityComment(activity=activity, by=by, **values)
    comment.save()
    earlier = [found.by for found in activity.comments.select_related("by")]
    others = [
        person for person in dict.fromkeys([*people_of(activity, by), *earlier]) if activity.read_in_full_by(person)
    ]
    tell_comment(comment, others, name=activity.reference, link=activity.get_absolute_url())
    return comment


def remind_follow_ups(day: dt.date) -> None:
    """Those whose day has come, once each; only while the person still reads the activity."""
    due = ActivityComment.objects.to_follow_up_on(day).select_related("activity", "follow_up_by")
    for comment in due:
        if comment.activity.read_in_full_by(comment.follow_up_by):
            tell_follow_up_due(comment, name=comment.activity.reference, link=comment.activity.get_absolute_url())
