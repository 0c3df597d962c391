import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from boroughs.models import Borough
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.quarters import Quarter, QuarterField


class ReturnStatus(models.TextChoices):
    OPEN = "open", "Open"
    SUBMITTED = "submitted", "Submitted"
    SENT_BACK = "sent_back", "Sent back"
    ACCEPTED = "accepted", "Accepted"


# Allowed moves. The diagram in docs/ is made from this table.
MOVES: dict[str, tuple[str, ...]] = {
    ReturnStatus.OPEN: (ReturnStatus.SUBMITTED,),
    ReturnStatus.SUBMITTED: (ReturnStatus.ACCEPTED, ReturnStatus.SENT_BACK),
    ReturnStatus.SENT_BACK: (ReturnStatus.SUBMITTED,),
    ReturnStatus.ACCEPTED: (),
}


class ReturnState(models.TextChoices):
    """Where a return stands on one day: its status, told apart by the calendar while it is open."""

    NOT_DUE = "not_due", "Not due yet"
    DUE = "due", "Due"
    OVERDUE = "overdue", "Overdue"
    SUBMITTED = "submitted", "Submitted"
    SENT_BACK = "sent_back", "Sent back"
    ACCEPTED = "accepted", "Accepted"

    @property
    def colour(self) -> str:
        colours = {"due": "yellow", "overdue": "red", "submitted": "blue", "sent_back": "orange", "accepted": "green"}
        return colours.get(self.value, "grey")


# A nil return is in, and says nothing. It is told apart wherever the state is shown.
NIL = ("nil", "Nil return")
IN = (ReturnStatus.SUBMITTED, ReturnStatus.ACCEPTED)


class QuarterlyReturnQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "QuarterlyReturnQuerySet":
        """Own boroughs'; all of them for strand leads, analysts and secretaries, who check them."""
        return self.filter(_within(scope_of(user, "return.read")))

    def submittable_by(self, user: Any) -> "QuarterlyReturnQuerySet":
        return self.filter(_within(scope_of(user, "return.submit")))

    def decided_by(self, user: Any) -> "QuarterlyReturnQuerySet":
        """Those the person may send back (and accept, where the role goes that far)."""
        return self.filter(_within(scope_of(user, "return.send_back")))

    def overdue_on(self, day: dt.date) -> "QuarterlyReturnQuerySet":
        return self.filter(due__lt=day, status__in=[ReturnStatus.OPEN, ReturnStatus.SENT_BACK])

    def are_in(self) -> "QuarterlyReturnQuerySet":
        """Those that were submitted and not sent back."""
        return self.filter(status__in=IN)

    def in_states(self, states: Iterable[str], day: dt.date) -> "QuarterlyReturnQuerySet":
        """Those in any of these states on that day; NIL is one of them."""
        open_, running = Q(status=ReturnStatus.OPEN), Q(quarter__gte=Quarter.of(day))
        meant = {
            ReturnState.NOT_DUE: open_ & running,
            ReturnState.DUE: open_ & ~running & Q(due__gte=day),
            ReturnState.OVERDUE: open_ & ~running & Q(due__lt=day),
            NIL[0]: Q(status__in=IN) & ~Q(nil_reason=""),
        }
        found = Q(pk__in=[])
        for state in states:
            found |= meant.get(state, Q(status=state))
        return self.filter(found)


def _within(scope: Any) -> Q:
    if scope.everywhere or scope.strands or scope.boards:
        return Q()
    return Q(borough__in=scope.boroughs)


class QuarterlyReturn(TrackedModel):
    """What one borough reports for one quarter. Its lines are frozen from the log at the moment it is submitted."""

    borough = models.ForeignKey(Borough, models.PROTECT, related_name="returns")
    quarter = QuarterField()
    due = models.DateField()
    status = models.CharField(max_length=10, choices=ReturnStatus.choices, default=ReturnStatus.OPEN)
    commentary = models.TextField(
        "what the board should know", blank=True, help_text="In a sentence or two. Do not name individuals."
    )
    nil_reason = models.CharField(
        "why there is nothing to report", max_length=300, blank=True, help_text="Needed for a nil return."
    )
    submission = models.PositiveSmallIntegerField("submissions so far", default=0)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="submitted_returns"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="accepted_returns"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was submitted.")

    objects = QuarterlyReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter", "borough__name"]
        constraints = [
            models.UniqueConstraint(fields=["borough", "quarter"], name="one_return_per_borough_and_quarter"),
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=True, submitted_at__isnull=True)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="return_submitted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
                name="return_accepted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=models.F("submitted_by")),
                name="return_not_accepted_by_its_submitter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.borough}, {self.quarter.short}"

    def get_absolute_url(self) -> str:
        return reverse("quarterly_return", args=[self.pk])

    @property
    def reference(self) -> str:
        """Such as BEN/2026-27-Q1/2: the second submission of the borough for that quarter."""
        return f"{self.borough.code}/{self.quarter.key}/{self.submission}"

    @property
    def is_open(self) -> bool:
        return self.status in (ReturnStatus.OPEN, ReturnStatus.SENT_BACK)

    @property
    def is_nil(self) -> bool:
        return self.status in IN and bool(self.nil_reason)

    def is_overdue_on(self, day: dt.date) -> bool:
        return self.is_open and self.due < day

    def state_on(self, day: dt.date) -> ReturnState:
        if self.status != ReturnStatus.OPEN:
            return ReturnState(self.status)
        if self.quarter.end >= day:
            return ReturnState.NOT_DUE
        return ReturnState.OVERDUE if self.due < day else ReturnState.DUE

    @property
    def state(self) -> ReturnState:
        return self.state_on(timezone.localdate())

    def days_late_on(self, day: dt.date) -> int:
        """Calendar days between the due date and the submission, or that day while there is none."""
        sent = day if self.is_open or self.submitted_at is None else timezone.localdate(self.submitted_at)
        return max(0, (sent - self.due).days)

    @property
    def days_late(self) -> int:
        return self.days_late_on(timezone.localdate())

    def why_not_edit(self, user: Any) -> str:
        """Why this person cannot change its texts now, in a sentence; empty when they can."""
        if not QuarterlyReturn.objects.submittable_by(user).filter(pk=self.pk).exists():
            return f"Only a Prevent lead for {self.borough} writes in this return."
        if not self.is_open:
            return f"This return is {self.get_status_display().lower()}, so its text cannot change any more."
        return ""

    def why_incomplete(self, lines: list[Any]) -> str:
        """What is missing before it can be submitted with these lines."""
        if not lines and not self.nil_reason:
            return "Say why there is nothing to report: a nil return needs a reason."
        return ""

    def why_too_early(self, day: dt.date) -> str:
        if self.quarter.end >= day:
            return f"The quarter runs until {self.quarter.end:%-d %B %Y}; its return can be submitted after that."
        return ""

    def why_not_submit(self, user: Any) -> str:
        """Why this person cannot submit it now, in a sentence; empty when they can."""
        if not QuarterlyReturn.objects.submittable_by(user).filter(pk=self.pk).exists():
            return f"Only a Prevent lead for {self.borough} submits this return."
        if ReturnStatus.SUBMITTED not in MOVES[self.status]:
            return f"This return is {self.get_status_display().lower()} and cannot be submitted again."
        return self.why_too_early(timezone.localdate())

    def why_not_accept(self, user: Any) -> str:
        scope = scope_of(user, "return.accept")
        if not (scope.everywhere or scope.strands or self.borough_id in scope.boroughs):
            return "You cannot accept returns of this borough."
        if ReturnStatus.ACCEPTED not in MOVES[self.status]:
            return "Only a submitted return can be accepted."
        if self.submitted_by_id == user.pk:
            return "You submitted this return, so somebody else has to accept it."
        return ""

    def why_not_send_back(self, user: Any) -> str:
        if not QuarterlyReturn.objects.decided_by(user).filter(pk=self.pk).exists():
            return "You cannot send back returns of this borough."
        if ReturnStatus.SENT_BACK not in MOVES[self.status]:
            return "Only a submitted return can be sent back."
        return ""


class ReturnDecision(TrackedModel):
    """Accepted, or sent back with a reason: by whom, when, and of exactly which content. All of them are kept."""

    append_only = True

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.PROTECT, related_name="decisions")
    submission = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=10, choices=[("accepted", "Accepted"), ("sent_back", "Sent back")])
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="return_decisions")
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(decision="accepted") | ~Q(reason=""), name="sent_back_with_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} {self.quarterly_return}"
