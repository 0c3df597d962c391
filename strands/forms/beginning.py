"""With what a new activity begins: another one that it is like, or the programme that it is a session of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from contest_portal.core.quarters import Quarter
from strands.kinds import KINDS
from strands.models import Activity
from strands.models.answers import Precision, Status
from strands.models.copying import kept_answers, next_session

SAME = ("title", "kind", "lead_borough", "place", "audience", "purpose", "marking", "parent", "session_count")
SESSION = ("lead_borough", "audience", "marking")


@dataclass(frozen=True)
class Beginning:
    initial: dict[str, Any]
    shares: dict[str, Decimal] = field(default_factory=dict)
    particulars: dict[str, Any] = field(default_factory=dict)


def like(source: Activity) -> Beginning:
    """Another one of the same, without its date, numbers, money and outcome."""
    initial = _taken(source, SAME) | {"partners": [link.organisation_id for link in source.partner_links.all()]}
    if source.parent:
        initial["session_number"] = next_session(cast(Activity, source.parent))
    if source.strand_id != KINDS[source.kind].strand:
        initial["strand"] = source.strand_id
    return Beginning(initial, _shares(source, initial), kept_answers(source.kind, source.particulars))


def session_of(programme: Activity) -> Beginning:
    """The next session of a programme, which serves what the programme serves."""
    initial = _taken(programme, SESSION) | {"parent": programme.pk, "session_number": next_session(programme)}
    planned = programme.particulars.get("sessions")
    if planned and planned >= initial["session_number"]:
        initial["session_count"] = planned
    return Beginning(initial, _shares(programme, initial))


def planned_for(quarter: Quarter) -> Beginning:
    return Beginning({"status": Status.PLANNED, "date_precision": Precision.QUARTER, "starts_quarter": quarter.key})


def _taken(source: Activity, names: Iterable[str]) -> dict[str, Any]:
    objectives = [link.objective_id for link in source.objective_links.all()]
    strands = [link.strand_id for link in source.strand_links.all()]
    columns = {name: source.serializable_value(name) for name in names}
    lines = {
        "deliverables": [link.deliverable_id for link in source.deliverable_links.all()],
        "measures": [link.measure_id for link in source.measure_links.all()],
    }
    return columns | lines | {"objectives": objectives, "other_strands": strands}


def _shares(source: Activity, initial: dict[str, Any]) -> dict[str, Decimal]:
    """Of the boroughs beside the lead; the lead's own goes into its box."""
    shares = {share.borough_id: share.percent for share in source.shares.all()}
    lead = shares.pop(source.lead_borough_id, None)
    if shares:
        initial["lead_share"] = lead
    return shares
