from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.urls import reverse

from contest_portal.notifications.comments import Comment, CommentQuerySet
from reports.models.quarterly_return import QuarterlyReturn
from strands.models import Activity


class ReturnCommentQuerySet(CommentQuerySet):
    def on_lines(self, activities: Collection[int]) -> "ReturnCommentQuerySet":
        """Those on the whole return, and those on the lines of these activities: what a reader of these lines reads."""
        return self.filter(Q(activity=None) | Q(activity__in=activities))


class ReturnComment(Comment):
    """On a return, or on one line of it. A line is known by its activity, so a comment outlives a resubmission."""

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.PROTECT, related_name="comments")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="return_comments")

    objects = ReturnCommentQuerySet.as_manager()

    @property
    def about_words(self) -> str:
        return f"the line {self.activity.reference}" if self.activity else ""

    @property
    def resolution_address(self) -> str:
        return reverse("return_comment_resolution", args=[self.quarterly_return_id, self.pk])
