"""Measures are proposed by one person and decided on by another; so is it that one is retired."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from contest_portal.audit.acting import acting, moment
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from strands.models import Measure, MeasureVersion, Target
from strands.models.measure import MeasureState


@transaction.atomic
def propose_measure(
    measure: Measure, version: MeasureVersion, *, target: Decimal | None, upper: Decimal | None = None, by: Any
) -> MeasureVersion:
    """The first version of a new measure, or a further one; with one target for each quarter left of its year."""
    if not measure._state.adding:
        Measure.objects.proposed_by(by).select_for_update().get(pk=measure.pk)
    with acting(by, reason=version.reason):
        if measure._state.adding:
            measure.save()
        version.measure, version.proposed_by, version.state = measure, by, MeasureState.PROPOSED
        version.number = (measure.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        version.save()
        for quarter in quarters_of_target(version.starts):
            if target is not None and version.is_due_for(quarter):
                Target(measure_version=version, quarter=quarter, value=target, upper=upper).save()
    return version


def quarters_of_target(starts: dt.date) -> list[Quarter]:
    """Whole quarters from that day to the end of its financial year: of a part of one no target is worked out."""
    first = Quarter.of(starts)
    quarters = [Quarter(first.year, number) for number in range(first.number, 5)]
    return [quarter for quarter in quarters if quarter.start >= starts]


@transaction.atomic
def put_under_review(
    version: MeasureVersion, *, reason: str, last_day: dt.date, by: Any, successor: Measure | None = None
) -> MeasureVersion:
    """Propose that the measure is retired after that day. Until the chair decides it has no colour."""
    found = _locked(version)
    if refusal := found.why_not_retire(by):
        raise Refused(refusal)
    if last_day < found.starts:
        raise Refused(f"{found.measure.code} came into force on {found.starts:%-d %B %Y}. Choose a later day.")
    found.state, found.ends, found.reason = MeasureState.UNDER_REVIEW, last_day, reason
    found.successor, found.proposed_by, found.proposed_at = successor, by, moment()
    found.agreed_by = found.agreed_at = found.approved_by = found.approved_at = None
    with acting(by, reason=reason):
        found.save()
    return found


@transaction.atomic
def agree_to_measure(version: MeasureVersion, *, seen: int, by: Any) -> MeasureVersion:
    """Say that a colleague's proposal is right, before the chair decides. `seen` is the version of the row read."""
    found = _locked(version)
    if refusal := found.why_not_agree(by):
        raise Refused(refusal)
    _require_same(found, seen)
    found.agreed_by, found.agreed_at = by, moment()
    with acting(by):
        found.save()
    return found


@transaction.atomic
def decide_on_measure(version: MeasureVersion, *, yes: bool, seen: int, by: Any) -> MeasureVersion:
    """Approve or refuse what was proposed. `seen` is the version number of the row that the person read."""
    found = _locked(version)
    if refusal := found.why_not_decide(by):
        raise Refused(refusal)
    _require_same(found, seen)
    with acting(by):
        if found.state == MeasureState.PROPOSED:
            _decide_on_proposal(found, yes)
        else:
            found.state = MeasureState.RETIRED if yes else MeasureState.IN_FORCE
            found.ends = found.ends if yes else None
        found.approved_by, found.approved_at = by, moment()
        found.save()
    return found


def _decide_on_proposal(found: MeasureVersion, yes: bool) -> None:
    found.state = MeasureState.IN_FORCE if yes else MeasureState.REFUSED
    if not yes:
        return
    states = (MeasureState.IN_FORCE, MeasureState.UNDER_REVIEW)
    for before in found.measure.versions.select_for_update().filter(state__in=states).exclude(pk=found.pk):
        if before.starts >= found.starts:
            raise Refused(f"Version {before.number} holds from {before.starts:%-d %B %Y}; a new one starts later.")
        before.state, before.ends = MeasureState.REPLACED, found.starts - dt.timedelta(days=1)
        before.save()


def _require_same(found: MeasureVersion, seen: int) -> None:
    if found.version != seen:
        raise Refused("The proposal changed after you opened it. Read it again before you decide.")


def _locked(version: MeasureVersion) -> MeasureVersion:
    return MeasureVersion.objects.select_for_update(of=("self",)).select_related("measure").get(pk=version.pk)
