"""What people say about a chart. A chart is known by what it shows: its figure, the quarter, the areas, the strand."""

from typing import Any, Self

from django.db import models
from django.db.models import Count
from django.urls import reverse

from contest_portal.access.grants import may
from contest_portal.core.quarters import Quarter, QuarterField
from contest_portal.notifications.comments import Comment, CommentQuerySet
from strands.models import Strand

# A chart asks for one of these of whoever reads it.
RIGHTS = ("dashboard.read", "measure.read", "return.status")


class ChartCommentQuerySet(CommentQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those on charts that the person may read."""
        held = [right for right in RIGHTS if may(user, right)]
        return self.filter(permission__in=held) if "dashboard.read" in held else self.none()

    def in_view(self, quarter: Quarter, over: str, strand: str) -> Self:
        """On the charts of one dashboard."""
        return self.filter(quarter=quarter, over=over, strand=strand or None)

    def on_chart_of(self, comment: "ChartComment") -> Self:
        return self.in_view(comment.quarter, comment.over, comment.strand_id or "").filter(figure=comment.figure)

    def counted(self) -> dict[str, int]:
        """How many there are on each figure of which there are any."""
        return dict(self.order_by().values_list("figure").annotate(Count("pk")))


class ChartComment(Comment):
    """On what a figure shows of one quarter, over some areas or all, of one strand or of all four.

    `over` is what the address of the dashboard says of the areas. `showed` is the chart's own finding when the comment
    was written, since the numbers under it may change.
    """

    figure = models.CharField(max_length=60)
    quarter = QuarterField()
    over = models.CharField(max_length=400, blank=True)
    strand = models.ForeignKey(Strand, models.PROTECT, null=True, blank=True, related_name="+")
    permission = models.CharField(max_length=20, choices=[(right, right) for right in RIGHTS])
    showed = models.CharField("what the chart said then", max_length=500)
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")

    objects = ChartCommentQuerySet.as_manager()

    class Meta(Comment.Meta):
        abstract = False
        indexes = [models.Index(fields=["quarter", "over", "strand"], name="comments_of_a_dashboard")]

    @property
    def about_words(self) -> str:
        return ""

    @property
    def is_open(self) -> bool:
        """Whether it still may be answered and resolved: a reply is resolved with what it answers."""
        return self.answers_id is None and self.resolved_at is None

    def get_absolute_url(self) -> str:
        return reverse("chart_comment", args=[self.pk])

    @property
    def reply_address(self) -> str:
        return reverse("chart_comment_reply", args=[self.pk])

    @property
    def resolution_address(self) -> str:
        return reverse("chart_comment_resolution", args=[self.pk])
