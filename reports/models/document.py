from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.models.issue import Issue


class DocumentState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RENDERING = "rendering", "Being made"
    READY = "ready", "Ready"
    PARKED = "parked", "Stopped"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "DocumentQuerySet":
        """Documents of issues the person may read; the right is looked up again at every download."""
        return self.filter(issue__in=Issue.objects.visible_to(user))


class Document(models.Model):
    """A file that a worker makes, and the state of making it. This row is the truth; a message is only a hint.

    `token` fences: only the worker that claimed the row last may finish it. Times are the database's clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="documents")
    format = models.CharField(max_length=4, choices=[("pdf", "PDF")])
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents")
    input_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.QUEUED)
    token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    next_dispatch = models.DateTimeField(editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField("progress in per cent", default=0)
    reason = models.TextField("why it stopped", blank=True)
    filename = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issue", "format"], name="one_document_per_issue_and_format"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(sha256="") & Q(size__isnull=False, ready_at__isnull=False)),
                name="ready_document_has_bytes",
            ),
            models.CheckConstraint(condition=~Q(state="parked") | ~Q(reason=""), name="parked_document_says_why"),
        ]

    def __str__(self) -> str:
        return self.filename
