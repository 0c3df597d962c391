"""Letting a held figure out: one person asks for a reason, another one decides."""

from typing import Any

from django.db import transaction

from contest_portal.access.grants import holders_of, may
from contest_portal.audit.acting import moment
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from contest_portal.notifications.telling import tell
from reports.models import Decision, SuppressionOverride


@transaction.atomic
def ask_for_override(figure: str, quarter: Quarter, *, reason: str, by: Any) -> SuppressionOverride:
    if not may(by, "override.ask"):
        raise Refused("An analyst asks for an override.")
    if SuppressionOverride.objects.filter(figure=figure, quarter=quarter, decision=Decision.WAITING).exists():
        raise Refused(f"Somebody has asked for {figure} in {quarter.short} already. It waits for a decision.")
    made = SuppressionOverride(figure=figure, quarter=quarter, reason=reason.strip(), asked_by=by, asked_at=moment())
    made.save()
    text = f"{figure} for {quarter.short} is held because it tells of few people. Decide whether it goes out."
    people = [person for person in holders_of("override.decide") if person.pk != by.pk]
    tell(people, f"Override asked for: {figure}, {quarter.short}", text, link=made.get_absolute_url(), about="override")
    return made


@transaction.atomic
def decide_on_override(override: SuppressionOverride, decision: Decision, *, by: Any) -> SuppressionOverride:
    locked = SuppressionOverride.objects.select_for_update(of=("self",)).get(pk=override.pk)
    if reason := locked.why_not_decide(by):
        raise Refused(reason)
    locked.decision, locked.decided_by, locked.decided_at = decision, by, moment()
    locked.save()
    words = f"Override {locked.state.label.lower()}: {locked}"
    tell([locked.asked_by], words, f"{words}.", link=locked.get_absolute_url(), about="override")
    return locked
