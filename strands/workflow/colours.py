"""Another colour for a value than its target gives it. Who works on the measure asks, the chair decides."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from contest_portal.access.grants import holders_of
from contest_portal.audit.acting import acting, moment
from contest_portal.core.refusal import Refused
from contest_portal.notifications.telling import tell
from strands.figures.known import Known
from strands.figures.measuring import standing_of
from strands.models import Measure, Observation
from strands.models.set_colour import ColourState


def why_not_ask(observation: Observation, user: Any) -> str:
    if not Measure.objects.proposed_by(user).filter(pk=observation.measure_id).exists():
        return "You do not work on this measure."
    standing = standing_of(observation.measure, observation.quarter, Known.now())
    if standing.observation is None or standing.observation.pk != observation.pk:
        return "Another value of the quarter counts, or none does yet."
    if standing.by_target is None:
        return "It has no colour: there is no target, no number that may be shown, or neither way is better."
    return "Another colour is asked for already." if observation.colour_state == ColourState.ASKED else ""


@transaction.atomic
def ask_for_colour(observation: Observation, colour: str, reason: str, *, by: Any) -> Observation:
    found = _locked(observation)
    if refusal := why_not_ask(found, by):
        raise Refused(refusal)
    found.other_colour, found.colour_reason, found.colour_state = colour, reason.strip(), ColourState.ASKED
    found.colour_asked_by, found.colour_asked_at = by, moment()
    found.colour_decided_by = found.colour_decided_at = None
    with acting(by, reason=reason):
        found.save()
    _tell_chair(found)
    return found


@transaction.atomic
def decide_on_colour(observation: Observation, *, yes: bool, seen: int, by: Any) -> Observation:
    """`seen` is the version of the row that the chair was shown."""
    found = _locked(observation)
    if refusal := found.why_not_set_colour(by):
        raise Refused(refusal)
    if found.version != seen:
        raise Refused("It changed since you opened it. Look at it again.")
    found.colour_state = ColourState.SET if yes else ColourState.REFUSED
    found.colour_decided_by, found.colour_decided_at = by, moment()
    with acting(by):
        found.save()
    answer = "The chair set the colour that you asked for." if yes else "The chair left the colour as it was."
    link = found.measure.get_absolute_url()
    asked = [person for person in [found.colour_asked_by] if person]
    tell(asked, f"{_named(found)}: decided on another colour", answer, link=link, about="colour")
    return found


def _tell_chair(found: Observation) -> None:
    """Which colour and why is read behind the link alone."""
    people = [person for person in holders_of("measure.approve") if person.pk != found.colour_asked_by_id]
    text = f"Somebody asked for another colour of {_named(found)} than its target gives it. Read why, and decide."
    link = reverse("observation_colour_decision", args=[found.pk])
    tell(people, f"{_named(found)}: another colour is asked for", text, link=link, about="colour")


def _named(found: Observation) -> str:
    return f"{found.measure.code}, {found.quarter.short}"


def _locked(observation: Observation) -> Observation:
    rows = Observation.objects.select_for_update(of=("self",)).select_related("measure", "measure_version__measure")
    return rows.get(pk=observation.pk)
