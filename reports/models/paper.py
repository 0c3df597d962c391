from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from boards.models import Meeting
from boards.models.meeting import ItemPart
from contest_portal.access.grants import GroupException, NamedException, opened_to, scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.markings import Marking
from contest_portal.core.quarters import QuarterField
from reports.models.paper_template import PaperTemplate


class PaperStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    ISSUED = "issued", "Issued"


MOVES: dict[str, tuple[str, ...]] = {PaperStatus.DRAFT: (PaperStatus.ISSUED,), PaperStatus.ISSUED: ()}


class PaperQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "PaperQuerySet":
        """Issued OFFICIAL Part 1 papers for every role; Part 2 ones and drafts for the board's own people."""
        public = Q(status=PaperStatus.ISSUED, part=ItemPart.PART_1, marking=Marking.OFFICIAL)
        found = public if scope_of(user, "paper.read").everywhere else Q(pk__in=[])
        found |= Q(status=PaperStatus.ISSUED) & _on_boards(scope_of(user, "paper.part2"))
        found |= Q(status=PaperStatus.DRAFT) & _on_boards(scope_of(user, "paper.draft.read"))
        return self.filter(found | self._own(user) | Q(pk__in=opened_to(user, Paper, "read_paper")))

    def editable_by(self, user: Any) -> "PaperQuerySet":
        scope = scope_of(user, "paper.draft")
        return self.filter(Q(status=PaperStatus.DRAFT) & (_on_boards(scope) | self._own(user)))

    def issuable_by(self, user: Any) -> "PaperQuerySet":
        return self.filter(_on_boards(scope_of(user, "paper.issue")))

    def _own(self, user: Any) -> Q:
        return Q(author_id=user.pk) if scope_of(user, "paper.draft") else Q(pk__in=[])


def _on_boards(scope: Any) -> Q:
    return Q() if scope.everywhere else Q(meeting__board__key__in=scope.boards)


class Paper(TrackedModel):
    """A report to a meeting. What was issued is in `issue`, frozen; this row is the paper as it is being written."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    template = models.ForeignKey(PaperTemplate, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    by_line = models.CharField("by", max_length=200)
    quarter = QuarterField(help_text="Figures in the paper are for this quarter.")
    summary = models.TextField(blank=True)
    part = models.CharField(max_length=1, choices=ItemPart.choices, default=ItemPart.PART_1)
    marking = models.CharField(max_length=18, choices=Marking.choices, default=Marking.OFFICIAL)
    status = models.CharField(max_length=8, choices=PaperStatus.choices, default=PaperStatus.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="papers")

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting__day", "title"]
        permissions = [("read_paper", "Read this paper")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == PaperStatus.DRAFT

    def editable_by(self, user: Any) -> bool:
        return Paper.objects.editable_by(user).filter(pk=self.pk).exists()

    def issuable_by(self, user: Any) -> bool:
        return Paper.objects.issuable_by(user).filter(pk=self.pk).exists()


class BlockKind(models.TextChoices):
    HEADING = "heading", "Heading"
    PARAGRAPH = "paragraph", "Paragraph"
    RECOMMENDATION = "recommendation", "Recommendation"
    TABLE = "table", "Table of a figure"
    CHART = "chart", "Chart of a figure"


class Block(TrackedModel):
    """One piece of a paper. Its number is computed from its place, never stored."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="blocks")
    section = models.CharField(max_length=40, help_text="Key of a section of the paper's template.")
    heading = models.CharField(max_length=60, blank=True, help_text="Key of the fixed sub-heading it stands under.")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=BlockKind.choices)
    text = models.TextField(blank=True, help_text="Markdown. A figure is written [[attendance]].")
    figure = models.CharField(max_length=60, blank=True, help_text="Key of the figure, for a table or chart.")
    marking = models.CharField(max_length=18, choices=Marking.choices, default=Marking.OFFICIAL)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["table", "chart"], text="") & ~Q(figure="")
                | ~Q(kind__in=["table", "chart"]) & Q(figure="") & ~Q(text=""),
                name="block_has_text_or_a_figure",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} in {self.paper}"


class PaperException(NamedException):
    """One paper, opened to one person by name."""

    content_object = models.ForeignKey(Paper, models.PROTECT)


class PaperGroupException(GroupException):
    content_object = models.ForeignKey(Paper, models.PROTECT)
