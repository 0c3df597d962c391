"""What may be done with one return, by whom and when; a refusal is a sentence."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from contest_portal.access.grants import scope_of, stands_in_for
from contest_portal.core.quarters import Quarter
from reports.models.return_states import ReturnState, ReturnStatus, allows


@dataclass(frozen=True)
class Blocking:
    """Where a return is stuck: the step, the post whose turn it is, and since how many days."""

    step: str
    post: str
    days: int


class ReturnRules:
    """Part of QuarterlyReturn; its columns are there."""

    objects: Any
    pk: Any
    borough: Any
    borough_id: str
    quarter: Quarter
    due: dt.date
    usual_due: dt.date | None
    status: str
    is_open: bool
    levels: int
    lead_post: str
    approver_post: str
    moved_at: dt.datetime | None
    received_at: dt.datetime | None
    submitted_at: dt.datetime | None
    submitted_by_id: int | None
    submitted_for_id: int | None
    approved_by_id: int | None
    unlockings: Any
    get_status_display: Any

    def is_overdue_on(self, day: dt.date) -> bool:
        return self.status in (ReturnStatus.OPEN, ReturnStatus.SENT_BACK) and self.due < day

    # The day as which it was read; None for today.
    seen_on: dt.date | None = None

    def state_on(self, day: dt.date) -> ReturnState:
        if self.status != ReturnStatus.OPEN:
            return ReturnState(self.status)
        if self.quarter.end >= day:
            return ReturnState.NOT_DUE
        if self.due < day:
            return ReturnState.OVERDUE
        return ReturnState.INCOMPLETE if self.usual_due and self.usual_due < day else ReturnState.DUE

    @property
    def state(self) -> ReturnState:
        return self.state_on(self.seen_on or timezone.localdate())

    def days_late_on(self, day: dt.date) -> int:
        """Calendar days between the due date and the submission, or that day while there is none.

        A correction sent after an acceptance makes nothing late, and an excused return is never late.
        """
        if self.status == ReturnStatus.EXCUSED:
            return 0
        moment = self.received_at or self.submitted_at
        sent = day if self.is_open or moment is None else timezone.localdate(moment)
        return max(0, (sent - self.due).days)

    @property
    def days_late(self) -> int:
        return self.days_late_on(self.seen_on or timezone.localdate())

    def why_not_edit(self, user: Any) -> str:
        """Why this person cannot change its texts now, in a sentence; empty when they can."""
        if not type(self).objects.submittable_by(user).filter(pk=self.pk).exists():
            return f"Only a Prevent lead for {self.borough} writes in this return."
        if not self.is_open and not self.is_unlocked_for(user):
            return f"This return is {self.get_status_display().lower()}, so its text cannot change any more."
        return ""

    def is_unlocked_for(self, user: Any) -> bool:
        """May this person correct it today, after it was accepted?"""
        if self.status != ReturnStatus.ACCEPTED:
            return False
        return self.unlockings.on(timezone.localdate()).filter(person=user.pk).exists()

    def why_too_early(self, day: dt.date) -> str:
        if self.quarter.end >= day:
            return f"The quarter runs until {self.quarter.end:%-d %B %Y}; its return can be submitted after that."
        return ""

    def why_not_submit(self, user: Any) -> str:
        """Why this person cannot submit it now, in a sentence; empty when they can."""
        if not type(self).objects.submittable_by(user).filter(pk=self.pk).exists():
            return f"Only a Prevent lead for {self.borough} submits this return."
        if not self.is_open and not self.is_unlocked_for(user):
            return f"This return is {self.get_status_display().lower()} and cannot be submitted again."
        return self.why_too_early(timezone.localdate())

    def why_not_accept(self, user: Any) -> str:
        """Approve or accept it, whichever comes next."""
        if not type(self).objects.accepted_by(user).filter(pk=self.pk).exists():
            return "You cannot accept returns of this borough."
        return self.why_not_decide(user)

    def why_not_decide(self, user: Any) -> str:
        """The same of a return that is known to be in the person's reach. It costs no query of its own."""
        if self.status not in (ReturnStatus.SUBMITTED, ReturnStatus.APPROVED):
            return "Only a submitted return can be accepted."
        return self._own_work(user) or self._not_their_level(user)

    def _own_work(self, user: Any) -> str:
        """Nobody decides on what they sent, on what was sent for them, or in the place of somebody who did either."""
        senders = {self.submitted_by_id, self.submitted_for_id}
        if self.submitted_by_id == user.pk:
            return "You submitted this return, so somebody else has to accept it."
        if self.submitted_for_id == user.pk:
            return "This return was submitted on your behalf, so somebody else has to accept it."
        stands_for = stands_in_for(user, "return.accept", borough=self.borough_id)
        if stands_for is not None and stands_for.pk in senders:
            return f"You stand in for {stands_for}, who submitted this return, so somebody else has to accept it."
        return ""

    def _not_their_level(self, user: Any) -> str:
        """Where the borough approves first, London accepts only afterwards."""
        if self.levels == 1:
            return ""
        scope = scope_of(user, "return.accept")
        london = scope.everywhere or bool(scope.strands)
        if self.status == ReturnStatus.SUBMITTED and london and self.borough_id not in scope.boroughs:
            return f"{self.approver_post} of {self.borough} approves this return first."
        if self.status == ReturnStatus.APPROVED and not london:
            return "The borough has approved this return; a strand lead accepts it for London."
        if self.approved_by_id == user.pk:
            return "You approved this return for the borough, so somebody else accepts it for London."
        return ""

    @property
    def next_is_approval(self) -> bool:
        return self.levels > 1 and self.status == ReturnStatus.SUBMITTED

    def why_not_unlock(self, user: Any) -> str:
        if not type(self).objects.arranged_by(user).filter(pk=self.pk).exists():
            return "You cannot open this return for a correction."
        return self.why_locked()

    def why_locked(self) -> str:
        """Why there is nothing to open; empty when it is accepted."""
        if self.status != ReturnStatus.ACCEPTED:
            return "Only an accepted return is opened for a correction; this one is not locked."
        return ""

    def why_not_submit_for(self, user: Any) -> str:
        """On behalf of the borough's own lead."""
        if not type(self).objects.arranged_by(user).filter(pk=self.pk).exists():
            return "You cannot submit this return for anybody."
        if not self.is_open:
            return f"This return is {self.get_status_display().lower()} and cannot be submitted again."
        return self.why_too_early(timezone.localdate())

    def why_not_send_back(self, user: Any) -> str:
        if not type(self).objects.decided_by(user).filter(pk=self.pk).exists():
            return "You cannot send back returns of this borough."
        if self.status not in (ReturnStatus.SUBMITTED, ReturnStatus.APPROVED):
            return "Only a submitted return can be sent back."
        return ""

    def why_not_excuse(self, user: Any) -> str:
        if not type(self).objects.arranged_by(user).filter(pk=self.pk).exists():
            return "You cannot excuse this return."
        if not allows(self.status, ReturnStatus.EXCUSED):
            return f"This return is {self.get_status_display().lower()}; only one that is still open can be excused."
        return ""

    def who_is_blocking(self, day: dt.date) -> "Blocking | None":
        """What it waits for, which post that is, and for how many days; None when it waits for nobody.

        Posts, never people. It costs no query.
        """
        step = self._waits_for(day)
        if step is None:
            return None
        since = timezone.localdate(self.moved_at) if self.moved_at else self.quarter.end + dt.timedelta(days=1)
        return Blocking(*step, max(0, (day - since).days))

    def _waits_for(self, day: dt.date) -> tuple[str, str] | None:
        lead = f"{self.lead_post}, {self.borough}"
        if self.status == ReturnStatus.OPEN and self.quarter.end < day:
            return "To be written", lead
        if self.status == ReturnStatus.SENT_BACK:
            return "To be put right", lead
        if self.status == ReturnStatus.SUBMITTED:
            word = "approved" if self.levels > 1 else "accepted"
            return f"To be {word}", f"{self.approver_post}, {self.borough}"
        return ("To be accepted", "Strand lead") if self.status == ReturnStatus.APPROVED else None
