"""Work that a worker does and a person waits for. The row is the truth, and a message to a worker only a hint.

A worker claims the row before it does anything, holds it by a lease on the database's clock, and is fenced by a token:
whoever claimed it last may change it. The sweeper sends again what nobody has claimed, and takes back what was
claimed and abandoned.
"""

import datetime as dt
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

import structlog
from celery import current_app
from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.db.models.functions import Greatest, Now
from kombu.exceptions import OperationalError

RESEND = dt.timedelta(seconds=10)
# Somebody who has waited a minute gains nothing from a message every ten seconds.
RESEND_LATER = dt.timedelta(seconds=60)
MOST_FAILURES = 3
# Claims that came to nothing because a worker, the broker or the database went away are not the job's own fault.
MOST_CLAIMS = 12
WORKER_LOST = (
    f"The programs that were doing this stopped {MOST_CLAIMS} times before it was done. "
    "Tell whoever runs the portal, then try again."
)

log = structlog.get_logger(__name__)


class JobState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    WORKING = "working", "Being made"
    READY = "ready", "Ready"
    PARKED = "parked", "Stopped"


# What is ready starts anew where somebody says so: a spreadsheet that was checked is then loaded.
MOVES: dict[str, tuple[str, ...]] = {
    JobState.QUEUED: (JobState.WORKING, JobState.PARKED),
    JobState.WORKING: (JobState.READY, JobState.QUEUED, JobState.PARKED),
    JobState.PARKED: (JobState.QUEUED,),
    JobState.READY: (JobState.QUEUED,),
}


class Abandoned(Exception):
    """The job is no longer ours: what was done for it must not stay."""


class JobQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """A person's own, and nobody else's."""
        return self.filter(owner_id=user.pk) if user.is_authenticated and user.is_active else self.none()

    def claim(self, pk: UUID | str) -> Any:
        """Take a job by one conditional update; None when there is nothing to do or somebody was faster."""
        token = uuid4()
        free = Q(state=JobState.QUEUED) | Q(state=JobState.WORKING, lease_until__lt=Now())
        self.filter(free, pk=pk).update(
            state=JobState.WORKING,
            token=token,
            lease_until=Now() + self.model.lease,
            claimed_at=Now(),
            attempts=F("attempts") + 1,
        )
        return self.select_related("owner").filter(pk=pk, token=token).first()

    def take_back_expired(self) -> int:
        """Queue again what was claimed and then fell silent; park what that has happened to too often."""
        expired = self.filter(state=JobState.WORKING, lease_until__lt=Now())
        expired.filter(attempts__gte=MOST_CLAIMS).update(**_parked(WORKER_LOST))
        return expired.update(**_queued())

    def take_due(self, most: int = 100) -> list[UUID]:
        """Jobs whose message is to be sent now, or again. Each goes to one sweeper."""
        due = self.filter(state=JobState.QUEUED, next_dispatch__lte=Now()).order_by("next_dispatch")
        with transaction.atomic():
            found = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:most])
            waited = When(dispatched_at__lt=Now() - RESEND_LATER, then=Now() + RESEND_LATER)
            self.filter(pk__in=found).update(next_dispatch=Case(waited, default=Now() + RESEND))
        return found

    def unheard_for(self, patience: dt.timedelta) -> bool:
        """Messages were sent that long ago, and since then nobody has claimed or is doing anything."""
        since = Now() - patience
        busy = Q(claimed_at__gt=since) | Q(state=JobState.WORKING, lease_until__gt=Now())
        waiting = self.filter(state=JobState.QUEUED, dispatched_at__lt=since)
        return waiting.exists() and not self.filter(busy).exists()


def _queued() -> dict[str, Any]:
    return {
        "state": JobState.QUEUED,
        "token": None,
        "lease_until": None,
        "next_dispatch": Now(),
        "dispatched_at": None,
        "progress": 0,
    }


def _parked(reason: str) -> dict[str, Any]:
    return {"state": JobState.PARKED, "token": None, "lease_until": None, "reason": reason}


class Job(models.Model):
    """`attempts` counts claims, and `failures` those that the job itself brought down."""

    task: ClassVar[str]
    # How long it may say nothing before somebody else may take it.
    lease: ClassVar[dt.timedelta] = dt.timedelta(seconds=30)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    next_dispatch = models.DateTimeField(db_default=Now(), editable=False)
    dispatched_at = models.DateTimeField(null=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField("progress in per cent", default=0)
    reason = models.TextField("why it stopped", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_ready(self) -> bool:
        return self.state == JobState.READY

    @property
    def is_parked(self) -> bool:
        return self.state == JobState.PARKED

    @property
    def is_settled(self) -> bool:
        return self.is_ready or self.is_parked

    def announce(self) -> bool:
        """Tell a worker. False when the broker cannot be reached; the sweeper will tell it later."""
        return announce(type(self), self.pk)

    def report(self, progress: int, *, lease: dt.timedelta | None = None) -> None:
        """Say how far it is, which renews the lease."""
        until = Now() + (lease or self.lease)
        if not self._mine().update(progress=Greatest("progress", models.Value(progress)), lease_until=until):
            raise Abandoned

    def finish(self, **values: Any) -> None:
        """It is done, with these values. Raises Abandoned when the job was taken from us: then nothing may stay."""
        done = {"state": JobState.READY, "token": None, "lease_until": None, "progress": 100, "reason": ""}
        if not self._mine().update(**done | values):
            raise Abandoned

    def fail(self, reason: str) -> None:
        """It failed: try again, and after three failures leave it to a person. `reason` is for them."""
        failures = F("failures") + 1
        if not self._mine().filter(failures__gte=MOST_FAILURES - 1).update(failures=failures, **_parked(reason)):
            self._mine().update(failures=failures, reason=reason, **_queued())

    def park(self, reason: str) -> None:
        """It cannot succeed, however often it is tried."""
        self._mine().update(failures=F("failures") + 1, **_parked(reason))

    def stop(self, reason: str) -> bool:
        """Somebody does not want it now. Who is making it notices at the next report; False when it was settled."""
        unsettled = [JobState.QUEUED, JobState.WORKING]
        return type(self)._base_manager.filter(pk=self.pk, state__in=unsettled).update(**_parked(reason)) == 1

    def queue_again(self, *states: str, **values: Any) -> bool:
        """Start anew from one of these states. False when it is in none of them: somebody was faster."""
        fresh = {"attempts": 0, "failures": 0, "reason": "", "next_dispatch": Now() + RESEND}
        found = type(self)._base_manager.filter(pk=self.pk, state__in=states)
        return found.update(**_queued() | fresh | values) == 1

    def _mine(self) -> Any:
        return type(self)._base_manager.filter(pk=self.pk, token=self.token, state=JobState.WORKING)


def announce(model: type[Job], pk: UUID) -> bool:
    try:
        current_app.send_task(model.task, args=[str(pk)])
    except OperationalError as failure:
        log.warning("job_message_not_sent", job=str(pk), reason=str(failure))
        return False
    model._base_manager.filter(pk=pk, state=JobState.QUEUED, dispatched_at=None).update(dispatched_at=Now())
    return True


def sweep(model: Any) -> int:
    """Take back what was claimed and abandoned, and send what is due. The number of messages sent."""
    model.objects.take_back_expired()
    return sum(announce(model, pk) for pk in model.objects.take_due())
