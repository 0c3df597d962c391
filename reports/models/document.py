from typing import Any, Self

from django.db import models
from django.db.models import Q

from contest_portal.core.jobs import JobQuerySet
from reports.models.exemption import Rendition
from reports.models.issue import Issue
from reports.models.paper import Paper
from reports.models.rendered import Rendered
from reports.models.word_template import WordTemplate


class DocumentQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Documents of issues the person may read; the right is looked up again at every download.

        The members' version is for those who read the whole paper."""
        mine = Q(rendition=Rendition.PUBLIC) | Q(issue__paper__in=Paper.objects.read_whole_by(user))
        return self.filter(mine, issue__in=Issue.objects.visible_to(user))

    def retriable_by(self, user: Any) -> Self:
        """Documents the person may ask for again: those of papers that they may issue."""
        return self.visible_to(user).filter(issue__paper__in=Paper.objects.issuable_by(user))


class Document(Rendered):
    """A file of an issue that a worker makes, with the rights of its owner: whoever asked for it last."""

    task = "reports.tasks.render_document"
    page = "document"
    no_longer = (
        "The person who asked for this document may no longer read the paper. Somebody who may can ask for it again."
    )

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="documents")
    format = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("docx", "Word")])
    rendition = models.CharField(max_length=7, choices=Rendition.choices, default=Rendition.MEMBERS)

    # Of a Word document: the board's own, as it was when the paper was issued.
    word_template = models.ForeignKey(WordTemplate, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            # The sweeper looks every two seconds, and nearly every document is ready.
            models.Index(fields=["state", "next_dispatch"], condition=~Q(state="ready"), name="document_not_ready")
        ]
        constraints = [
            models.UniqueConstraint(fields=["issue", "format", "rendition"], name="one_document_per_issue_and_format"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(sha256="") & Q(size__isnull=False, ready_at__isnull=False)),
                name="ready_document_has_bytes",
            ),
            models.CheckConstraint(condition=~Q(state="parked") | ~Q(reason=""), name="parked_document_says_why"),
        ]

    @property
    def snapshot(self) -> str:
        return self.issue.snapshot_of(self.rendition)

    @property
    def content_hash(self) -> str:
        return self.input_hash

    @property
    def is_word(self) -> bool:
        return self.format == "docx"

    @property
    def is_public(self) -> bool:
        return self.rendition == Rendition.PUBLIC

    @property
    def marking(self) -> str:
        """Of the version that it is of."""
        paper = self.issue.paper
        return paper.open_marking if self.is_public else paper.marking

    @property
    def queue_name(self) -> str:
        return f"{self.issue}, {self.issue.paper.day:%-d %B %Y}"

    @property
    def name(self) -> str:
        """PDF; or, where there are two versions, PDF, public version."""
        both = self.issue.open_snapshot != "" and (self.is_public or self.issue.paper.has_exempt)
        return f"{self.get_format_display()}, {self.get_rendition_display()}" if both else self.get_format_display()

    def retriable_by(self, user: Any) -> bool:
        return self.is_parked and self.paper_issuable_by(user)

    def paper_issuable_by(self, user: Any) -> bool:
        return Document.objects.retriable_by(user).filter(pk=self.pk).exists()
