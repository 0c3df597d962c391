"""Comments on charts: what is said of what a figure shows, to everybody who may read the figure."""

from typing import Any

from django.db import transaction

from contest_portal.access.grants import may
from contest_portal.core.refusal import Refused
from contest_portal.notifications.comments import resolve, tell_comment
from reports.figures import Figure
from reports.figures.definitions import is_code
from reports.figures.rights import may_read, right_to_read
from reports.models import ChartComment


@transaction.atomic
def comment_on_chart(figure: Figure, text: str, *, by: Any) -> ChartComment:
    definition, part = figure.definition, figure.part
    if not may_read(by, definition, part):
        raise Refused("Only those who may read a chart comment on it.")
    comment = ChartComment(
        figure=figure.key,
        quarter=figure.quarter,
        over=part.over,
        strand_id=part.strand or None,
        permission=right_to_read(definition, part),
        showed=_said_by(figure),
        text=text,
        by=by,
    )
    return _saved(comment, figure)


@transaction.atomic
def reply_to_comment(answered: ChartComment, figure: Figure, text: str, *, by: Any) -> ChartComment:
    """`figure` is what the chart of the comment shows now."""
    if not answered.is_open:
        raise Refused("It is resolved, so nobody replies to it any more. Write a new comment.")
    comment = ChartComment(
        figure=answered.figure,
        quarter=answered.quarter,
        over=answered.over,
        strand_id=answered.strand_id,
        permission=answered.permission,
        showed=_said_by(figure),
        answers=answered,
        text=text,
        by=by,
    )
    return _saved(comment, figure)


@transaction.atomic
def resolve_comment(pk: int, *, by: Any) -> ChartComment:
    """One of two who resolve it at the same moment is told that it is resolved already."""
    found = ChartComment.objects.visible_to(by).select_for_update().get(pk=pk)
    if found.answers_id:
        raise Refused("A reply is resolved with the comment that it answers.")
    resolve(found, by=by)
    return found


def _said_by(figure: Figure) -> str:
    """Not of a measure: beside a corrected value that is withheld since, the one before it would tell too much."""
    return "" if is_code(figure.key) else figure.finding[:500]


def _saved(comment: ChartComment, figure: Figure) -> ChartComment:
    """Those who took part in the discussion, and still may read the chart, are told that there is more of it."""
    if not may(comment.by, "chart.comment"):
        raise Refused("You read these comments, and write none.")
    comment.save()
    earlier = ChartComment.objects.on_chart_of(comment).select_related("by")
    others = [person for person in dict.fromkeys(each.by for each in earlier) if may(person, comment.permission)]
    tell_comment(comment, others, name=figure.title, link=comment.get_absolute_url(), about="chart_comment")
    return comment
