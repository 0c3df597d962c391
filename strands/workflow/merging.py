"""One activity that was logged twice becomes one again. Both records stay, and only one counts."""

from collections.abc import Mapping
from typing import Any

from contest_portal.audit.acting import acting, moment
from contest_portal.core.markings import highest
from contest_portal.core.refusal import Refused, Stale
from strands.models import Activity, Attachment, EqualityCount
from strands.models.answers import Status
from strands.workflow.logging import Entry, change_activity


def merge_activities(
    kept: Activity, other: Activity, entry: Entry, *, versions: Mapping[int, int], reason: str, by: Any
) -> Activity:
    """`entry` is what the kept one says from now on; `versions` those that were compared, by primary key."""
    with acting(by, reason=reason):
        locked = Activity.objects.editable_by(by).select_for_update().order_by("pk").in_bulk([kept.pk, other.pk])
        if {pk: found.version for pk, found in locked.items()} != versions:
            raise Stale(f"“{kept}” or “{other}”")
        gone = locked[other.pk]
        if refusal := why_not_merge(locked[kept.pk], gone):
            raise Refused(refusal)
        changed = change_activity(kept, entry, version=versions[kept.pk], reason=reason, by=by)
        for session in gone.sessions.all():
            session.parent = changed
            session.save()
        _take_over(gone, changed)
        gone.status, gone.merged_into, gone.changed_at = Status.MERGED, changed, moment()
        gone.save()
    return changed


def part_activity(merged: Activity, *, reason: str, by: Any) -> Activity:
    """They were two after all: it counts again, with the status, the files and the equality summary that it had.

    What else the other one took over stays there.
    """
    with acting(by, reason=reason):
        locked = Activity.objects.merged_by(by).select_for_update().filter(pk=merged.pk).first()
        if locked is None:
            raise Stale(f"“{merged}”")
        before = locked.history.exclude(status=Status.MERGED).order_by("-history_date", "-history_id").first()
        locked.status, locked.merged_into, locked.changed_at = before.status, None, moment()
        locked.save()
        for model in (Attachment, EqualityCount):
            for row in model.objects.once_of(locked).exclude(activity=locked):
                _move(row, locked)
    return locked


def _take_over(gone: Activity, kept: Activity) -> None:
    """The files of both; of two equality summaries, which are of the same people, the kept one's."""
    for attachment in Attachment.objects.filter(activity=gone):
        # Beside a sensitive activity it was read by few, whatever its own marking.
        attachment.marking = highest([attachment.marking, gone.marking])
        _move(attachment, kept)
    if not EqualityCount.objects.filter(activity=kept).exists():
        for count in EqualityCount.objects.filter(activity=gone):
            _move(count, kept)


def _move(row: Attachment | EqualityCount, to: Activity) -> None:
    """Its history keeps where it was, so that it finds its way back."""
    row.activity = to
    row.save()


def _place(session: Activity) -> tuple[Any, ...]:
    """Where it stands in its series."""
    return session.starts, session.session_number


def why_not_merge(kept: Activity, other: Activity) -> str:
    if kept.pk == other.pk:
        return "An activity cannot be merged with itself."
    if other.parent_id == kept.pk or kept.parent_id == other.pk:
        return "One of them is a session of the other, and each of the two counts."
    if kept.parent_id and kept.parent_id == other.parent_id and _place(kept) != _place(other):
        return "They are two sessions of one programme, on days or with numbers of their own, and each of them counts."
    if other.sessions.exists() and not kept.can_have_sessions:
        return f"{other.reference} has sessions, and {kept.reference} cannot have any. Merge them the other way round."
    return ""
