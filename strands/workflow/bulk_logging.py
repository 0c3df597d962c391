"""Logging many activities at once, with the rows that belong to them: a query for each table and not for each row."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from contest_portal.audit import bulk
from contest_portal.audit.acting import acting, moment
from contest_portal.core.models import next_numbers
from strands.models import Activity, ActivityFunding, ActivityObjective, ActivityPartner, ActivityShare, ActivityStrand
from strands.workflow.logging import Entry

# A model, the names of its columns beside the activity's, and the rows.
Table = tuple[type[Any], tuple[str, ...], list[tuple[Any, ...]]]


def log_activities(entries: Sequence[tuple[UUID, Entry]], *, reason: str, by: Any) -> list[Activity]:
    """New activities, each with the key of the row that it stood in. All are logged or none."""
    with acting(by, reason=reason):
        now = moment()
        made = [
            Activity(form_key=key, logged_by=by, logged_at=now, changed_at=now, **entry.columns)
            for key, entry in entries
        ]
        _give_references(made)
        bulk.insert(made, by=by, reason=reason)
        for model, names, rows in _belonging(list(zip(made, (entry for _, entry in entries), strict=True))):
            bulk.insert_values(model, ("activity_id", *names), rows, by=by, reason=reason)
    return made


def _give_references(activities: Sequence[Activity]) -> None:
    """Each series is taken once, in order, so that two who load at once wait for each other and never for good."""
    series: dict[str, list[Activity]] = defaultdict(list)
    for activity in activities:
        year = activity.quarter.financial_year.replace("/", "-")
        series[f"{activity.lead_borough.code}/{year}"].append(activity)
    for prefix, rows in sorted(series.items()):
        for activity, number in zip(rows, next_numbers(f"activity:{prefix}", len(rows)), strict=True):
            activity.reference = f"{prefix}/{number:04d}"


def _belonging(
    pairs: Sequence[tuple[Activity, Entry]],
) -> list[tuple[type[Any], tuple[str, ...], list[tuple[Any, ...]]]]:
    """The rows of each table that stand under the activities: model, columns, values."""
    shares = [(row.pk, code, percent) for row, entry in pairs for code, percent in entry.shares.items()]
    funding = [(row.pk, key, amount) for row, entry in pairs for key, amount in entry.funding.items()]
    return [
        (ActivityShare, ("borough_id", "percent"), shares),
        (ActivityFunding, ("line_id", "amount"), funding),
        (ActivityObjective, ("objective_id",), _linked(pairs, "objectives")),
        (ActivityPartner, ("organisation_id",), _linked(pairs, "partners")),
        (ActivityStrand, ("strand_id",), _linked(pairs, "other_strands")),
    ]


def _linked(pairs: Sequence[tuple[Activity, Entry]], name: str) -> list[tuple[Any, ...]]:
    return [(row.pk, key) for row, entry in pairs for key in getattr(entry, name)]
