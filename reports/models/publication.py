"""What was published, when and in which bytes, its Word file too; that it was withdrawn; and what was wrong in an
issued paper.

Each is written once: the database refuses any change (`append_only`).
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from boards.models import Board, Meeting
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from reports.models.document import Document
from reports.models.issue import Issue
from reports.models.paper import Paper


class PublicationQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "PublicationQuerySet":
        """What was published is for everybody, signed in or not."""
        return self

    def boards(self) -> Any:
        """Those whose papers these are; as open as the papers."""
        return Board.objects.filter(pk__in=self.values("issue__paper__board"))

    def withdrawable_by(self, user: Any) -> "PublicationQuerySet":
        return self.filter(issue__paper__in=Paper.objects.issuable_by(user), withdrawal=None)

    def listed(self) -> "PublicationQuerySet":
        """Newest first, without the texts that were published: they are long."""
        return self.with_text().defer("issue__snapshot", "issue__open_snapshot")

    def with_text(self) -> "PublicationQuerySet":
        """The same with what was published."""
        rows = self.select_related(
            "issue__item", "issue__paper__board", "issue__paper__meeting", "withdrawal", "document", "word__document"
        )
        return rows.defer("issue__snapshot").order_by("-published_at")


class Publication(TrackedModel):
    """The public version of an issued paper, open to everybody from a moment on. `sha256` is that of its PDF."""

    append_only = True

    issue = models.OneToOneField(Issue, models.PROTECT, related_name="publication")
    document = models.OneToOneField(Document, models.PROTECT, related_name="publication")
    sha256 = models.CharField(max_length=64)
    content_sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due = models.DateField(
        null=True, blank=True, help_text="The last day that left the notice which the board asks for before a meeting."
    )
    late_reason = models.TextField(blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return str(self.issue)

    def get_absolute_url(self) -> str:
        return reverse("published_paper", args=[self.issue.paper.board.key, self.pk])

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")

    @property
    def is_open(self) -> bool:
        """Whether its text is still to be read: one that was superseded is, under a banner."""
        return not self.is_withdrawn or self.withdrawal.successor_id is not None

    def why_not_withdraw(self, user: Any) -> str:
        if self.is_withdrawn:
            return "It was withdrawn already."
        board = self.issue.paper.board
        if not Publication.objects.withdrawable_by(user).filter(pk=self.pk).exists():
            return f"Only the secretary of the {board} withdraws its papers."
        return ""


class PublishedWord(TrackedModel):
    """The Word file of a published paper, open to everybody beside its PDF from a moment on, which may be a later one:
    a worker makes it first."""

    append_only = True

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="word")
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Word file of {self.publication}"


class Withdrawal(TrackedModel):
    """A published paper taken back. Where another one took its place, it stays readable and points there."""

    append_only = True

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="withdrawal")
    successor = models.ForeignKey(Publication, models.PROTECT, null=True, blank=True, related_name="superseded")
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(successor=models.F("publication")), name="paper_supersedes_another")
        ]

    def __str__(self) -> str:
        return f"{self.word} of {self.publication}"

    @property
    def word(self) -> str:
        return "Superseded" if self.successor_id else "Withdrawn"


class ErratumQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "ErratumQuerySet":
        """With the paper that it is about."""
        return self.filter(issue__in=Issue.objects.visible_to(user))

    def public(self) -> "ErratumQuerySet":
        """To papers that are published: everybody reads these."""
        return self.filter(issue__publication__isnull=False, issue__publication__withdrawal__isnull=True)

    def in_order(self) -> "ErratumQuerySet":
        """By paper, with what a list of them needs."""
        rows = self.select_related("issue__item", "issue__paper__board").defer(
            "issue__snapshot", "issue__open_snapshot"
        )
        return rows.order_by("issue__issued_at", "number")


class Erratum(TrackedModel):
    """What was wrong in an issued paper, and what is right. The paper itself stays as it was issued."""

    append_only = True

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="errata")
    number = models.PositiveSmallIntegerField()
    place = models.CharField("where in the paper", max_length=120)
    printed = models.CharField("what was printed", max_length=300)
    corrected = models.CharField("what it should say", max_length=300)
    reason = models.CharField("how it came about", max_length=300)
    figure = models.CharField(max_length=60, blank=True, help_text="Key of the figure, where it is about one.")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_to = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="errata",
        help_text="The board’s next meeting when it was published; empty where none was arranged.",
    )

    objects = ErratumQuerySet.as_manager()

    class Meta:
        ordering = ["issue", "number"]
        constraints = [models.UniqueConstraint(fields=["issue", "number"], name="erratum_number_once")]

    def __str__(self) -> str:
        return f"Erratum {self.number} to {self.issue}"

    @property
    def day(self) -> dt.date:
        return self.published_at.date()

    @property
    def in_words(self) -> str:
        return f"{self.place}: “{self.printed}” was printed and should be “{self.corrected}”. {self.reason}"
