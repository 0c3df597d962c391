import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest, Now

from reports.models.issue import Issue
from reports.models.paper import Paper

LEASE = dt.timedelta(seconds=15)
RESEND = dt.timedelta(seconds=10)
# Somebody who has waited a minute gains nothing from a message every ten seconds.
RESEND_LATER = dt.timedelta(seconds=60)
MOST_FAILURES = 3
# Claims that came to nothing because a worker, the broker or the database went away are not the paper's fault.
MOST_CLAIMS = 12
CLAIMED = 10
WORKER_LOST = (
    f"The programs that were making this document stopped {MOST_CLAIMS} times before it was done. "
    "Tell whoever runs the portal, then try again."
)


class DocumentState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RENDERING = "rendering", "Being made"
    READY = "ready", "Ready"
    PARKED = "parked", "Stopped"


MOVES: dict[str, tuple[str, ...]] = {
    DocumentState.QUEUED: (DocumentState.RENDERING,),
    DocumentState.RENDERING: (DocumentState.READY, DocumentState.QUEUED, DocumentState.PARKED),
    DocumentState.PARKED: (DocumentState.QUEUED,),
    DocumentState.READY: (),
}


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "DocumentQuerySet":
        """Documents of issues the person may read; the right is looked up again at every download."""
        return self.filter(issue__in=Issue.objects.visible_to(user))

    def retriable_by(self, user: Any) -> "DocumentQuerySet":
        """Documents the person may ask for again: those of papers that they may issue."""
        return self.visible_to(user).filter(issue__paper__in=Paper.objects.issuable_by(user))

    def claim(self, pk: UUID | str) -> "Document | None":
        """Take a document to make, by one conditional update; None when there is nothing to do or somebody was faster.

        A document whose lease has run out can be taken from whoever had it: the new token fences them off.
        """
        token = uuid4()
        free = Q(state=DocumentState.QUEUED) | Q(state=DocumentState.RENDERING, lease_until__lt=Now())
        self.filter(free, pk=pk).update(
            state=DocumentState.RENDERING,
            token=token,
            lease_until=Now() + LEASE,
            claimed_at=Now(),
            attempts=F("attempts") + 1,
            progress=CLAIMED,
        )
        return self.select_related("issue", "requested_by").filter(pk=pk, token=token).first()

    def take_back_expired(self) -> int:
        """Queue again what somebody claimed and then fell silent about; park what that has happened to too often."""
        expired = self.filter(state=DocumentState.RENDERING, lease_until__lt=Now())
        expired.filter(attempts__gte=MOST_CLAIMS).update(**_parked(WORKER_LOST))
        return expired.update(**_queued())

    def take_due(self, most: int = 100) -> list[UUID]:
        """Documents whose message is to be sent now, or again. Each goes to one sweeper, with a time for the next."""
        due = self.filter(state=DocumentState.QUEUED, next_dispatch__lte=Now()).order_by("next_dispatch")
        with transaction.atomic():
            found = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:most])
            waited = When(dispatched_at__lt=Now() - RESEND_LATER, then=Now() + RESEND_LATER)
            self.filter(pk__in=found).update(next_dispatch=Case(waited, default=Now() + RESEND))
        return found

    def mark_sent(self, pk: UUID) -> None:
        """The broker has taken a message. Until then nobody can be called deaf to it."""
        self.filter(pk=pk, state=DocumentState.QUEUED, dispatched_at=None).update(dispatched_at=Now())

    def unheard_for(self, patience: dt.timedelta) -> bool:
        """Messages were sent that long ago, and since then nobody has claimed or is making anything."""
        since = Now() - patience
        busy = Q(claimed_at__gt=since) | Q(state=DocumentState.RENDERING, lease_until__gt=Now())
        waiting = self.filter(state=DocumentState.QUEUED, dispatched_at__lt=since)
        return waiting.exists() and not self.filter(busy).exists()


def _queued() -> dict[str, Any]:
    return {
        "state": DocumentState.QUEUED,
        "token": None,
        "lease_until": None,
        "next_dispatch": Now(),
        "dispatched_at": None,
        "progress": 0,
    }


def _parked(reason: str) -> dict[str, Any]:
    return {"state": DocumentState.PARKED, "token": None, "lease_until": None, "reason": reason}


class Document(models.Model):
    """A file that a worker makes, and the state of making it. This row is the truth; a message is only a hint.

    `token` fences: only the worker that claimed the row last may change it. Times are the database's clock.
    `attempts` counts claims, and `failures` those that the paper itself brought down, since a person last queued it.
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
    dispatched_at = models.DateTimeField(null=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField("progress in per cent", default=0)
    reason = models.TextField("why it stopped", blank=True)
    filename = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            # The sweeper looks every two seconds, and nearly every document is ready.
            models.Index(fields=["state", "next_dispatch"], condition=~Q(state="ready"), name="document_not_ready")
        ]
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

    @property
    def is_ready(self) -> bool:
        return self.state == DocumentState.READY

    @property
    def is_parked(self) -> bool:
        return self.state == DocumentState.PARKED

    @property
    def is_settled(self) -> bool:
        return self.is_ready or self.is_parked

    def retriable_by(self, user: Any) -> bool:
        return self.is_parked and Document.objects.retriable_by(user).filter(pk=self.pk).exists()

    def report(self, progress: int) -> bool:
        """Say how far it is, which renews the lease. False when the document is no longer ours to make."""
        changed = self._mine().update(progress=Greatest("progress", Value(progress)), lease_until=Now() + LEASE)
        return changed == 1

    def finish(self, sha256: str, size: int) -> bool:
        """The file is stored. False when the document was taken from us meanwhile; then nothing changes."""
        changed = self._mine().update(
            state=DocumentState.READY,
            token=None,
            lease_until=None,
            progress=100,
            reason="",
            sha256=sha256,
            size=size,
            ready_at=Now(),
        )
        return changed == 1

    def fail(self, reason: str) -> None:
        """Making it failed: try again, and after three failures leave it to a person. `reason` is for them."""
        failures = F("failures") + 1
        if not self._mine().filter(failures__gte=MOST_FAILURES - 1).update(failures=failures, **_parked(reason)):
            self._mine().update(failures=failures, reason=reason, **_queued())

    def park(self, reason: str) -> None:
        """Making it cannot succeed, however often it is tried."""
        self._mine().update(failures=F("failures") + 1, **_parked(reason))

    def queue_again(self, *, by: Any) -> bool:
        """Start anew with a parked document, with the rights of whoever asks. False when it is not parked."""
        fresh = {"attempts": 0, "failures": 0, "reason": "", "requested_by": by, "next_dispatch": Now() + RESEND}
        changed = Document.objects.filter(pk=self.pk, state=DocumentState.PARKED).update(**_queued() | fresh)
        return changed == 1

    def _mine(self) -> DocumentQuerySet:
        return Document.objects.filter(pk=self.pk, token=self.token, state=DocumentState.RENDERING)
