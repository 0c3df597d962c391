import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from contest_portal.core.jobs import Job, JobQuerySet
from reports.models.archived_paper import ArchivedPaper


class ArchivedCopyQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of papers that the person may read; looked up again at every download."""
        return self.filter(paper__in=ArchivedPaper.objects.visible_to(user))

    def kept_by(self, user: Any) -> Self:
        return self.filter(paper__in=ArchivedPaper.objects.kept_by(user))


class ArchivedCopy(Job):
    """An archived paper as PDF or Word, which a worker makes once from the paper's text."""

    task = "reports.tasks.make_archived_copy"
    lease: ClassVar[dt.timedelta] = dt.timedelta(seconds=15)

    paper = models.ForeignKey(ArchivedPaper, models.PROTECT, related_name="copies")
    format = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("docx", "Word")])
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)

    objects = ArchivedCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-format"]
        indexes = [
            models.Index(fields=["state", "next_dispatch"], condition=~Q(state="ready"), name="archived_copy_not_ready")
        ]
        constraints = [
            models.UniqueConstraint(fields=["paper", "format"], name="one_copy_of_an_archived_paper_per_format"),
            models.CheckConstraint(condition=~Q(state="parked") | ~Q(reason=""), name="parked_copy_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_format_display()} of {self.paper}"

    def get_absolute_url(self) -> str:
        return reverse("archived_copy", args=[self.pk])
