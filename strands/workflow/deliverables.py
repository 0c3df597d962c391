"""Deliverables from the plan to the day they are delivered. A date that changes leaves its reason behind."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction

from boroughs.models import Borough
from contest_portal.access.grants import holders_of
from contest_portal.audit.acting import acting, current_reason, moment
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from contest_portal.notifications.telling import tell
from strands.models import Deliverable, DeliverableProgress, Milestone, Slip, Strand
from strands.models.answers import Precision
from strands.models.deliverable import MOVES
from strands.models.deliverable_words import DeliverableState

LETTERS = {"pursue": "PU", "prevent": "PV", "protect": "PT", "prepare": "PR"}
LAST = "Delivered in full"
Due = tuple[dt.date, str]


@transaction.atomic
def add_deliverable(deliverable: Deliverable, *, due: Due, by: Any) -> Deliverable:
    """With its number in the plan of its strand, and its last milestone, which is its deadline."""
    Strand.objects.select_for_update().get(pk=deliverable.strand_id)
    begin = f"{LETTERS[deliverable.strand_id]}/{Quarter(deliverable.year, 1).key[:7]}/"
    count = Deliverable.objects.filter(reference__startswith=begin).count()
    deliverable.reference = f"{begin}{count + 1:02d}"
    with acting(by):
        deliverable.save()
        add_milestone(Milestone(deliverable=deliverable, title=LAST, is_last=True), due=due, by=by)
    return deliverable


@transaction.atomic
def add_milestone(milestone: Milestone, *, due: Due, by: Any) -> Milestone:
    milestone.deliverable = _locked_deliverable(milestone.deliverable_id)
    if refusal := milestone.why_not_move():
        raise Refused(refusal)
    milestone.baseline, milestone.baseline_precision = due
    milestone.forecast, milestone.forecast_precision = due
    with acting(by):
        milestone.save()
    return milestone


@transaction.atomic
def change_deliverable(deliverable: Deliverable, *, reason: str, by: Any) -> Deliverable:
    with acting(by, reason=reason):
        deliverable.save()
    return deliverable


@transaction.atomic
def judge_deliverable(deliverable: Deliverable, *, by: Any) -> Deliverable:
    """Say how it stands. `deliverable` carries the new state, confidence and why; the stored row says what it was."""
    stored = _locked_deliverable(deliverable.pk)
    if refusal := stored.why_not_judge():
        raise Refused(refusal)
    to = DeliverableState(deliverable.state)
    if to == DeliverableState.DELIVERED or (to != stored.state and to not in MOVES[DeliverableState(stored.state)]):
        raise Refused(f"{stored.reference} is {stored.get_state_display().lower()}, and cannot become that.")
    if to != DeliverableState.UNDER_WAY:
        deliverable.confidence = ""
    deliverable.judged_by, deliverable.judged_at = by, moment()
    with acting(by, reason=deliverable.why):
        deliverable.save()
    return deliverable


@transaction.atomic
def move_milestone(milestone: Milestone, *, due: Due, reason: str, seen: int, by: Any) -> Slip:
    """A new forecast. The day that was, and why it changed, are kept for good."""
    found = _locked(milestone, seen)
    if refusal := found.why_not_move():
        raise Refused(refusal)
    with acting(by, reason=reason):
        slip = _slip(found, due, reason, by)
    if slip.is_later:
        _tell_of(slip, by)
    return slip


def _tell_of(slip: Slip, by: Any) -> None:
    """Those who accept it. The reason stays on the page."""
    deliverable = slip.milestone.deliverable
    people = [person for person in holders_of("deliverable.accept") if person != by]
    text = f"“{slip.milestone}” is now forecast for {slip.milestone.forecast_in_words}. Read why, and accept it there."
    subject = f"{deliverable.reference}: a milestone was put off"
    tell(people, subject, text, link=deliverable.get_absolute_url(), about="slip")


@transaction.atomic
def reach_milestone(milestone: Milestone, *, day: dt.date, reason: str, seen: int, by: Any) -> Milestone:
    """After its forecast only with a reason, which is kept as one more slip. The last one closes the deliverable."""
    found = _locked(milestone, seen)
    deliverable = found.deliverable
    if refusal := found.why_not_reach():
        raise Refused(refusal)
    if day > found.forecast and not reason.strip():
        raise Refused(f"It was forecast for {found.forecast_in_words}. Say why it came later.")
    with acting(by, reason=reason or current_reason()):
        if day > found.forecast:
            _slip(found, (day, Precision.EXACT), reason, by)
        found.actual = day
        found.save()
        if found.is_last:
            deliverable.state, deliverable.confidence, deliverable.why = DeliverableState.DELIVERED, "", ""
        elif deliverable.state == DeliverableState.NOT_STARTED:
            deliverable.state = DeliverableState.UNDER_WAY
        deliverable.save()
    return found


@transaction.atomic
def accept_slip(slip: Slip, *, by: Any) -> Slip:
    found = Slip.objects.select_for_update(of=("self",)).select_related("milestone__deliverable").get(pk=slip.pk)
    if refusal := found.why_not_accept(by):
        raise Refused(refusal)
    found.accepted_by, found.accepted_at = by, moment()
    with acting(by):
        found.save()
    return found


@transaction.atomic
def mark_area(progress: DeliverableProgress, *, by: Any) -> DeliverableProgress:
    """That a borough has it, or why not yet. A deliverable that is closed stays as it is."""
    deliverable = _locked_deliverable(progress.deliverable_id)
    if refusal := deliverable.why_not_judge():
        raise Refused(refusal)
    if not deliverable.areas_marked_by(by).filter(pk=progress.borough_id).exists():
        raise Refused(f"You do not mark {progress.borough}.")
    progress.marked_by, progress.marked_at = by, moment()
    with acting(by):
        progress.save()
    return progress


def seen_of_areas(deliverable: Deliverable) -> str:
    """What a page showed of all boroughs together, so that somebody else's change is noticed."""
    rows = deliverable.progress.order_by("pk").values_list("pk", "version")
    return ",".join(f"{key}:{version}" for key, version in rows) or "none"


@transaction.atomic
def mark_areas(
    deliverable: Deliverable,
    areas: Collection[Borough],
    *,
    delivered_on: dt.date,
    delivered_to: str,
    seen: str,
    by: Any,
) -> None:
    """All of these have it since that day, or none is marked: one that somebody changed meanwhile refuses them all."""
    locked = _locked_deliverable(deliverable.pk)
    if seen_of_areas(locked) != seen:
        raise Refused(f"Somebody marked a borough of {locked.reference} after you opened the page. Open it again.")
    there = {row.borough_id: row for row in locked.progress.all()}
    for area in areas:
        row = there.get(area.pk) or DeliverableProgress(deliverable=locked, borough=area)
        row.delivered_on, row.delivered_to, row.remark = delivered_on, delivered_to, ""
        mark_area(row, by=by)


def _slip(milestone: Milestone, due: Due, reason: str, by: Any) -> Slip:
    day, precision = due
    slip = Slip(milestone=milestone, was=milestone.forecast, was_precision=milestone.forecast_precision)
    slip.now, slip.now_precision, slip.reason, slip.made_by = day, precision, reason, by
    slip.save()
    milestone.forecast, milestone.forecast_precision = due
    milestone.save()
    return slip


def _locked(milestone: Milestone, seen: int) -> Milestone:
    """The deliverable first, since its state is decided with its milestones."""
    deliverable = _locked_deliverable(milestone.deliverable_id)
    found = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    found.deliverable = deliverable
    if found.version != seen:
        raise Refused(f"Somebody changed “{found}” after you opened it. Look at its dates again before you send this.")
    return found


def _locked_deliverable(key: Any) -> Deliverable:
    return Deliverable.objects.select_for_update(of=("self",)).get(pk=key)
