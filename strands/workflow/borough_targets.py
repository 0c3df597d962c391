"""Targets of boroughs for one quarter, set together."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from boroughs.models import Borough
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from strands.models import BoroughTarget, MeasureVersion


def seen_of(version: MeasureVersion, quarter: Quarter) -> str:
    """What a page showed of them, so that somebody else's change is noticed."""
    rows = version.borough_targets.filter(quarter=quarter).order_by("pk").values_list("pk", "version")
    return ",".join(f"{key}:{number}" for key, number in rows) or "none"


@transaction.atomic
def set_borough_targets(
    version: MeasureVersion, quarter: Quarter, targets: Mapping[Borough, Decimal | None], *, seen: str, by: Any
) -> None:
    """Exactly these; a borough with None has no target."""
    locked = MeasureVersion.objects.select_for_update(of=("self",)).select_related("measure").get(pk=version.pk)
    if seen_of(locked, quarter) != seen:
        raise Refused(f"Somebody changed the targets of {locked.measure} after you opened them. Look again.")
    there = {row.borough_id: row for row in locked.borough_targets.filter(quarter=quarter)}
    with acting(by):
        for borough, value in targets.items():
            row = there.get(borough.pk)
            if value is None and row is not None:
                row.delete()
            elif value is not None:
                row = row or BoroughTarget(measure_version=locked, borough=borough, quarter=quarter)
                row.value = value
                row.save()
