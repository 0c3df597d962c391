"""Comments on a return or on a single line of it, and the follow-ups they ask for."""

import datetime as dt
from typing import Any

from django.db import transaction

from contest_portal.access.grants import holders_of, may
from contest_portal.accounts.models import User
from contest_portal.core.refusal import Refused
from contest_portal.notifications.comments import tell_comment, tell_follow_up_due
from reports.models import QuarterlyReturn, ReturnComment


def people_of(found: QuarterlyReturn, user: Any) -> list[User]:
    """Who can be asked to follow something up: those who submit it, and the person."""
    return list(dict.fromkeys([user, *holders_of("return.submit", borough=found.borough_id)]))


@transaction.atomic
def comment_on_return(found: QuarterlyReturn, values: dict[str, Any], *, by: Any) -> ReturnComment:
    if not may(by, "comment.write") or not _reads(found, by):
        raise Refused("Only those who read a return and work on it comment on it.")
    comment = ReturnComment(quarterly_return=found, by=by, **values)
    comment.save()
    earlier = [each.by for each in found.comments.select_related("by")]
    others = [person for person in dict.fromkeys([*people_of(found, by), *earlier]) if _reads(found, person)]
    tell_comment(comment, others, name=str(found), link=found.get_absolute_url())
    return comment


def remind_follow_ups(day: dt.date) -> None:
    due = ReturnComment.objects.to_follow_up_on(day).select_related("quarterly_return__borough", "follow_up_by")
    for comment in due:
        found = comment.quarterly_return
        if _reads(found, comment.follow_up_by):
            tell_follow_up_due(comment, name=str(found), link=found.get_absolute_url())


def _reads(found: QuarterlyReturn, person: Any) -> bool:
    return QuarterlyReturn.objects.visible_to(person).filter(pk=found.pk).exists()
