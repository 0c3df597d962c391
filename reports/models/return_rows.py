"""Which returns: whose, in which state, and how far they have come."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedQuerySet
from contest_portal.core.conditions import NOTHING, any_of
from contest_portal.core.quarters import Quarter
from reports.models.return_delegate import ReturnDelegate
from reports.models.return_states import IN, NIL, ReturnState, ReturnStatus


class QuarterlyReturnQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "QuarterlyReturnQuerySet":
        """Own boroughs'; all of them for strand leads, analysts and secretaries, who check them."""
        return self._within(user, "return.read", _named_deputy, _delegated)

    def submittable_by(self, user: Any) -> "QuarterlyReturnQuerySet":
        """Own boroughs', and those that the person was named as deputy for."""
        return self._within(user, "return.submit", _named_deputy)

    def accepted_by(self, user: Any) -> "QuarterlyReturnQuerySet":
        """Those that the person may approve or accept as far as the place goes; who sent them is another question."""
        return self._within(user, "return.accept", _delegated)

    def arranged_by(self, user: Any) -> "QuarterlyReturnQuerySet":
        """Those that the person may excuse, and unlock for a correction."""
        return self._within(user, "return.arrange")

    def decided_by(self, user: Any) -> "QuarterlyReturnQuerySet":
        """Those the person may send back (and accept, where the role goes that far)."""
        return self._within(user, "return.send_back", _delegated)

    def _within(self, user: Any, permission: str, *besides: Callable[[Any], Q]) -> "QuarterlyReturnQuerySet":
        """All where the permission reaches a strand, a board or everywhere; else own boroughs' and those `besides`."""
        scope = scope_of(user, permission)
        if scope.everywhere or scope.strands or scope.boards:
            return self
        own = Q(borough__in=scope.boroughs) if scope.boroughs else NOTHING
        return self.filter(any_of(own, *(found(user) for found in besides)))

    def overdue_on(self, day: dt.date) -> "QuarterlyReturnQuerySet":
        return self.filter(due__lt=day, status__in=[ReturnStatus.OPEN, ReturnStatus.SENT_BACK])

    def are_in(self) -> "QuarterlyReturnQuerySet":
        """Those that were submitted and not sent back."""
        return self.filter(status__in=IN)

    def in_states(self, states: Iterable[str], day: dt.date) -> "QuarterlyReturnQuerySet":
        """Those in any of these states on that day; NIL is one of them."""
        open_, running = Q(status=ReturnStatus.OPEN), Q(quarter__gte=Quarter.of(day))
        called, lagging = open_ & ~running, Q(usual_due__lt=day, due__gte=day)
        meant = {
            ReturnState.NOT_DUE: open_ & running,
            ReturnState.DUE: called & Q(due__gte=day) & ~lagging,
            ReturnState.INCOMPLETE: called & lagging,
            ReturnState.OVERDUE: called & Q(due__lt=day),
            NIL[0]: Q(status__in=IN) & ~Q(nil_reason=""),
        }
        return self.filter(any_of(*(meant.get(state, Q(status=state)) for state in states)))


def _delegated(user: Any) -> Q:
    """Of boroughs whose returns the person approves for a while, as long as they approve any of their own."""
    if not scope_of(user, "return.accept"):
        return NOTHING
    return Q(borough__in=ReturnDelegate.objects.on(timezone.localdate()).filter(person=user.pk).values("borough"))


def _named_deputy(user: Any) -> Q:
    """Named as deputy, as long as the person has a part in returns at all."""
    return Q(deputy=user.pk) if scope_of(user, "return.submit") else NOTHING
