"""Values of measures: supplied, checked and made final by three steps, the last by a person of its own."""

from typing import Any

from django.db import transaction

from contest_portal.access.grants import scope_of
from contest_portal.audit.acting import acting, moment
from contest_portal.audit.models import AccessRecord
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from strands.figures.known import Known
from strands.figures.measuring import standing_of
from strands.figures.standing import DataState, is_withheld
from strands.models import Measure, Observation
from strands.models.observation import ObservationState


@transaction.atomic
def supply(measure: Measure, quarter: Quarter, *, by: Any, reason: str = "", **values: Any) -> Observation:
    """Enter a value; beside an earlier one of the quarter it is a revision, which needs its reason.

    What an analyst enters, or confirms from the log, is checked with that. What a strand lead enters is not.
    """
    Measure.objects.entered_by(by).select_for_update(of=("self",)).get(pk=measure.pk)
    standing = standing_of(measure, quarter, Known.now())
    if standing.version is None:
        raise Refused(f"{measure.code} is not measured in {quarter}.")
    if standing.state == DataState.RETIRED:
        raise Refused(f"{measure.code} was closed on {standing.version.ends:%-d %B %Y}, before {quarter} ended.")
    newest = measure.observations.filter(quarter=quarter).order_by("-revision").first()
    if newest is not None and not reason.strip():
        raise Refused("There is a value for this quarter already. Say why it is corrected.")
    with acting(by, reason=reason):
        made = Observation(measure=measure, measure_version=standing.version, quarter=quarter, supplied_by=by, **values)
        made.revision, made.reason = (newest.revision if newest else 0) + 1, reason
        if scope_of(by, "measure.check").everywhere:
            made.state, made.checked_by, made.checked_at = ObservationState.CHECKED, by, moment()
        made.save()
    return made


def record_check(observation: Observation, *, by: Any) -> None:
    """That somebody was shown a number which everybody else may not read."""
    if is_withheld(observation):
        what = f"value of {observation.measure.code}, {observation.quarter.short}"
        AccessRecord(user=by, action="read to check", what=what).save()


@transaction.atomic
def check_observation(observation: Observation, *, by: Any) -> Observation:
    found = _locked(observation)
    if refusal := found.why_not_check(by):
        raise Refused(refusal)
    with acting(by):
        found.state, found.checked_by, found.checked_at = ObservationState.CHECKED, by, moment()
        found.save()
    return found


@transaction.atomic
def approve_observation(observation: Observation, *, by: Any) -> Observation:
    """Make it final. A colour that changes is explained first."""
    found = _locked(observation)
    if refusal := found.why_not_approve(by):
        raise Refused(refusal)
    standing = standing_of(found.measure, found.quarter, Known.now(), observation=found)
    if standing.needs_commentary:
        raise Refused(f"{found.measure.code} is now {standing.rag.label}. Its commentary has to be written first.")  # type: ignore[union-attr]
    with acting(by):
        found.state, found.approved_by, found.approved_at = ObservationState.APPROVED, by, moment()
        found.save()
    return found


def why_not_comment_on(observation: Observation, user: Any) -> str:
    if not Measure.objects.entered_by(user).filter(pk=observation.measure_id).exists():
        return "You do not write about this measure."
    if observation.state == ObservationState.APPROVED:
        return "The value is final, and its commentary with it."
    return ""


@transaction.atomic
def explain(observation: Observation, commentary: str, *, by: Any) -> Observation:
    found = _locked(observation)
    if refusal := why_not_comment_on(found, by):
        raise Refused(refusal)
    with acting(by):
        found.commentary = commentary
        found.save()
    return found


def _locked(observation: Observation) -> Observation:
    rows = Observation.objects.select_for_update(of=("self",)).select_related("measure", "measure_version__measure")
    return rows.get(pk=observation.pk)
