"""Logging many activities at once, with the rows that belong to them: a query for each table and not for each row."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from contest_portal.audit import bulk
from contest_portal.audit.acting import acting, moment
from contest_portal.core.models import next_numbers
from strands.models import Activity, ActivityFunding, ActivityObjective, ActivityPartner, ActivityShare, ActivityStrand
from strands.workflow.logging import Entry


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
        for rows in _belonging(list(zip(made, (entry for _, entry in entries), strict=True))):
            bulk.insert(rows, by=by, reason=reason)
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


def _belonging(pairs: Sequence[tuple[Activity, Entry]]) -> list[list[Any]]:
    def share(row: Activity, code: str, percent: Decimal) -> ActivityShare:
        return ActivityShare(activity=row, borough_id=code, percent=percent)

    return [
        [share(row, code, percent) for row, entry in pairs for code, percent in entry.shares.items()],
        [
            ActivityFunding(activity=row, line_id=key, amount=amount)
            for row, entry in pairs
            for key, amount in entry.funding.items()
        ],
        [ActivityObjective(activity=row, objective_id=key) for row, entry in pairs for key in entry.objectives],
        [ActivityPartner(activity=row, organisation_id=key) for row, entry in pairs for key in entry.partners],
        [ActivityStrand(activity=row, strand_id=key) for row, entry in pairs for key in entry.other_strands],
    ]
