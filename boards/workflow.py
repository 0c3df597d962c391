from typing import Any

from django.db import transaction
from django.utils import timezone

from boards.models import AgendaItem, Board, Meeting
from contest_portal.core.refusal import Refused


@transaction.atomic
def arrange_meeting(meeting: Meeting, *, by: Any) -> Meeting:
    """Save a new meeting with its board's standing items at the head of the agenda, numbered from 1."""
    if reason := meeting.board.why_not_arrange(by, timezone.localdate()):
        raise Refused(reason)
    meeting.save()
    for title in meeting.board.standing_items:
        AgendaItem(meeting=meeting, number=meeting.next_item_number(), title=title).save()
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by: Any) -> Meeting:
    """Save what was changed. Papers that were issued for it keep the date that they were issued with."""
    if not Meeting.objects.arranged_by(by).filter(pk=meeting.pk).exists():
        raise Refused(f"Only the secretary of the {meeting.board} changes its meetings.")
    meeting.save()
    return meeting


@transaction.atomic
def change_publishing(board: Board, *, by: Any) -> Board:
    """Save how the board publishes. What was issued already stays as it was issued."""
    if reason := board.why_not_arrange(by, timezone.localdate()):
        raise Refused(reason)
    board.save()
    return board
