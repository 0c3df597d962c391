"""Several returns at once: what would become of each, and then the same one by one."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from reports.models import QuarterlyReturn
from reports.models.return_people import senders_by_borough
from reports.workflow.return_decisions import accept_return
from reports.workflow.returns import unlock_return


@dataclass(frozen=True)
class Prospect:
    """What happens to one return, or why nothing does."""

    quarterly_return: QuarterlyReturn
    what: str
    why_not: str
    person: Any = None


def to_accept(chosen: Iterable[QuarterlyReturn], *, by: Any) -> list[Prospect]:
    """Of returns that are in the person's reach."""
    return [
        Prospect(each, "Approved for the borough" if each.next_is_approval else "Accepted", each.why_not_decide(by))
        for each in chosen
    ]


def to_unlock(chosen: Iterable[QuarterlyReturn], *, by: Any) -> list[Prospect]:
    """Each for whoever submitted it, as long as they still send returns there."""
    senders = senders_by_borough()
    return [_unlocking(each, senders.get(each.borough_id, set()), by) for each in chosen]


def _unlocking(found: QuarterlyReturn, senders: set[int], by: Any) -> Prospect:
    person, why_not = found.submitted_by, found.why_locked()
    if not why_not and (person is None or person.pk not in senders or person.pk == by.pk):
        why_not = "Whoever submitted it sends no returns there any more. Open it by itself, for somebody else."
    return Prospect(found, f"{person} may correct it", why_not, person)


@transaction.atomic
def accept_returns(chosen: Iterable[QuarterlyReturn], *, seen: Mapping[int, str], by: Any) -> list[QuarterlyReturn]:
    """Those that can be, all or none: one that is no longer what was previewed refuses them all."""
    found = [each.quarterly_return for each in to_accept(chosen, by=by) if not each.why_not]
    return [accept_return(each, seen=seen.get(each.pk, ""), by=by) for each in found]


@transaction.atomic
def unlock_returns(chosen: Iterable[QuarterlyReturn], *, ends: dt.date, reason: str, by: Any) -> list[Any]:
    """Those that can be, each for whoever submitted it, until the same day and for the same reason."""
    found = [each for each in to_unlock(chosen, by=by) if not each.why_not]
    return [unlock_return(each.quarterly_return, person=each.person, ends=ends, reason=reason, by=by) for each in found]
