import datetime as dt
import hashlib
from typing import Any, Self

from django.db import models
from django.db.models import Q

from contest_portal.access.grants import may, rights_of
from contest_portal.core.jobs import JobQuerySet, JobState
from contest_portal.core.markings import Marking
from reports.models.rendered import Rendered

SETTLED = (JobState.READY, JobState.PARKED)
GONE = "It was kept for 30 days and is gone. Open the dashboard, on the day that it was of, and ask for it again."


class PageDocumentQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """A person's own, as long as they may read what they could when they asked."""
        if not may(user, "dashboard.read"):
            return self.none()
        return super().visible_to(user).filter(rights=rights_of(user))

    def forget(self, *, asked_before: dt.datetime) -> set[str]:
        """What was frozen and made before that moment: the row stays and says so. Hashes of files that nobody has."""
        old = self.filter(created_at__lt=asked_before, state__in=SETTLED).exclude(snapshot="")
        files = set(old.exclude(sha256="").values_list("sha256", flat=True))
        old.update(state=JobState.PARKED, reason=GONE, snapshot="", sha256="", size=None, ready_at=None)
        return files - set(self.filter(sha256__in=files).values_list("sha256", flat=True))


class PageDocument(Rendered):
    """The PDF of a dashboard, as the person saw it who asked for it. It is theirs alone.

    Its content was frozen when they asked. Asked for again on the same day with nothing changed, it is the same one;
    `input_hash` is that of the content without the moment.
    """

    task = "reports.tasks.render_page"
    page = "page_document"
    no_longer = "You may read other things now than when you asked for it. Open the dashboard and ask again."

    title = models.CharField(max_length=300)
    address = models.CharField(max_length=1000, help_text="The dashboard, as it was looked at.")
    marking = models.CharField(max_length=18, choices=Marking.choices)
    snapshot = models.TextField(help_text="Canonical JSON. reports.rendering.page_content says what is in it.")
    # Of the person's grants when they asked: with others, it is not theirs to read any more.
    rights = models.TextField(blank=True)

    objects = PageDocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_dispatch"], condition=~Q(state="ready"), name="page_document_not_ready")
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "input_hash", "rights"], name="one_page_document_for_a_content"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(sha256="") & Q(size__isnull=False, ready_at__isnull=False)),
                name="ready_page_document_has_bytes",
            ),
            models.CheckConstraint(condition=~Q(state="parked") | ~Q(reason=""), name="parked_page_document_says_why"),
        ]

    @property
    def content_hash(self) -> str:
        return hashlib.sha256(self.snapshot.encode()).hexdigest()
