"""Messages to people, how they want them emailed, and the outbox of emails that are still to go.

Neither messages nor emails keep a history: nobody rewrites them, and the ledger holds every step of both.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.addresses import address
from contest_portal.notifications.kinds import KINDS, Frequency

KIND_CHOICES = [(kind.key, kind.name) for kind in KINDS.values()]
LEASE = dt.timedelta(minutes=2)
# How long an email waits after each failure. A mail server that is away for a weekend loses nothing.
WAITS = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440)]


class MailState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"


class MailQuerySet(models.QuerySet):
    def claim(self, pk: int) -> "Mail | None":
        """Take an email to send, by one conditional update; None when it is gone, not yet due or somebody's."""
        free = Q(state=MailState.QUEUED, next_try__lte=Now()) | Q(state=MailState.SENDING, lease_until__lt=Now())
        taken = self.filter(free, pk=pk).update(
            state=MailState.SENDING, lease_until=Now() + LEASE, attempts=F("attempts") + 1
        )
        return self.select_related("recipient").get(pk=pk) if taken else None

    def due(self) -> "MailQuerySet":
        """What nobody has taken yet, or took and fell silent about."""
        return self.filter(
            Q(state=MailState.QUEUED, next_try__lte=Now()) | Q(state=MailState.SENDING, lease_until__lt=Now())
        )

    def visible_to(self, user: Any) -> "MailQuerySet":
        return self.filter(recipient_id=user.pk)


class Mail(models.Model):
    """One email in the outbox. Its row is the truth; a worker's message is a hint."""

    recorded_in_ledger = True

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mails")
    subject = models.CharField(max_length=220)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(null=True, blank=True)
    failure = models.CharField("why it was not sent", max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["next_try"], name="mail_to_send", condition=Q(state__in=["queued", "sending"]))]

    def __str__(self) -> str:
        return self.subject

    def finish(self) -> None:
        self._move(state=MailState.SENT, sent_at=Now(), failure="")

    def put_off(self, reason: str) -> None:
        """Try again later; say that it failed when that has been tried often enough."""
        if self.attempts > len(WAITS):
            self._move(state=MailState.FAILED, failure=reason[:300])
            return
        wait = WAITS[self.attempts - 1]
        self._move(state=MailState.QUEUED, next_try=Now() + wait, failure=reason[:300])

    def _move(self, **values: Any) -> None:
        """Only by whoever still has it: an attempt after this one took it over."""
        Mail.objects.filter(pk=self.pk, state=MailState.SENDING, attempts=self.attempts).update(**values)


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "MessageQuerySet":
        """A person's own, and nobody else's."""
        return self.filter(recipient_id=user.pk)

    def of_events(self, events: Collection[str]) -> "MessageQuerySet":
        """What was sent of these, to whomever: for those who may know of what happened, which is for them to ask."""
        return self.filter(event__in=events).order_by("created_at", "pk")

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at=None)

    def mark_read(self) -> int:
        return self.unread().update(read_at=Now())


class Message(models.Model):
    """A notice to one person. It names references and quarters, and never says anything sensitive."""

    recorded_in_ledger = True

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    for_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="notices_to_deputies"
    )
    about = models.CharField(max_length=20, choices=KIND_CHOICES)
    event = models.CharField(max_length=120, blank=True, help_text="What happened: told once to each person.")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    link = models.CharField(max_length=300)
    frequency = models.CharField(max_length=8, choices=Frequency.choices)
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, blank=True, related_name="messages")
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="message_newest_first"),
            models.Index(fields=["recipient"], name="message_unread", condition=Q(read_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "event"], condition=~Q(event=""), name="one_message_per_person_and_event"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return address("message", self.pk)


class MailChoiceQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "MailChoiceQuerySet":
        return self.filter(person_id=user.pk)


class MailChoice(TrackedModel):
    """How one person wants one kind of notice emailed. Where there is none, the kind's own way holds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mail_choices")
    about = models.CharField(max_length=20, choices=KIND_CHOICES)
    frequency = models.CharField(max_length=8, choices=Frequency.choices)

    objects = MailChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "choice of emails"
        constraints = [models.UniqueConstraint(fields=["person", "about"], name="one_choice_per_kind")]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.get_frequency_display()}"
