"""Logging many activities at once, with the rows that belong to them: a query for each table and not for each row."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from boroughs.models import Borough
from contest_portal.audit import bulk
from contest_portal.audit.acting import acting, moment
from contest_portal.core.models import next_numbers
from contest_portal.core.quarters import Quarter
from strands.models import (
    Activity,
    ActivityDeliverable,
    ActivityFunding,
    ActivityMeasure,
    ActivityObjective,
    ActivityPartner,
    ActivityShare,
    ActivityStrand,
)
from strands.workflow.logging import Entry

# A model, the names of its columns beside the activity's, and the rows.
Table = tuple[type[Any], tuple[str, ...], list[tuple[Any, ...]]]


class Logged(NamedTuple):
    pk: int
    reference: str


def log_activities(
    entries: Sequence[tuple[UUID, Entry]], *, reason: str, by: Any, moments: Sequence[dt.datetime] = ()
) -> list[Logged]:
    """New activities, each with the key of the row that it stood in. All are logged or none.

    `moments` says when each was logged, of what is brought in from elsewhere; otherwise it is now."""
    if not entries:
        return []
    with acting(by, reason=reason):
        logged = moments or [moment()] * len(entries)
        references = _references([entry for _, entry in entries])
        names, rows = _rows(entries, references, logged, by)
        keys = bulk.insert(Activity, names, rows, by=by, reason=reason, moments=logged)
        when = dict(zip(keys, logged, strict=True))
        for model, own, values in _belonging(list(zip(keys, (entry for _, entry in entries), strict=True))):
            made = [when[activity] for activity, *_ in values]
            bulk.insert(model, ("activity_id", *own), values, by=by, reason=reason, moments=made)
    return list(map(Logged, keys, references))


def _references(entries: Sequence[Entry]) -> list[str]:
    """Each series is taken once, in order, so that two who load at once wait for each other and never for good."""
    prefixes = [_prefix(entry.columns["lead_borough"], entry.columns["starts"]) for entry in entries]
    series = {
        prefix: iter(next_numbers(f"activity:{prefix}", count)) for prefix, count in sorted(Counter(prefixes).items())
    }
    return [f"{prefix}/{next(series[prefix]):04d}" for prefix in prefixes]


def _prefix(borough: Borough, starts: dt.date) -> str:
    return f"{borough.code}/{Quarter.of(starts).financial_year.replace('/', '-')}"


def _rows(
    entries: Sequence[tuple[UUID, Entry]], references: Sequence[str], logged: Sequence[dt.datetime], by: Any
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns of activities, and their values. To make five thousand objects takes longer than to store them."""
    fields = bulk.columns_of(Activity)
    linked = {field.name: name for name, field in fields.items() if field.is_relation}
    blank = {name: field.get_default() for name, field in fields.items()}
    blank["logged_by_id"] = by.pk
    in_order, rows = itemgetter(*fields), []
    for (key, entry), reference, at in zip(entries, references, logged, strict=True):
        row = blank | {"form_key": key, "reference": reference, "logged_at": at, "changed_at": at}
        for name, value in entry.columns.items():
            if name in linked:
                row[linked[name]] = value and value.pk
            else:
                row[name] = value
        rows.append(in_order(row))
    return list(fields), rows


def _belonging(pairs: Sequence[tuple[int, Entry]]) -> list[Table]:
    """The rows of each table that stand under the activities: model, columns, values."""
    shares = [(pk, code, percent) for pk, entry in pairs for code, percent in entry.shares.items()]
    funding = [(pk, key, amount) for pk, entry in pairs for key, amount in entry.funding.items()]
    return [
        (ActivityShare, ("borough_id", "percent"), shares),
        (ActivityFunding, ("line_id", "amount"), funding),
        (ActivityObjective, ("objective_id",), _linked(pairs, "objectives")),
        (ActivityDeliverable, ("deliverable_id",), _linked(pairs, "deliverables")),
        (ActivityMeasure, ("measure_id",), _linked(pairs, "measures")),
        (ActivityPartner, ("organisation_id",), _linked(pairs, "partners")),
        (ActivityStrand, ("strand_id",), _linked(pairs, "other_strands")),
    ]


def _linked(pairs: Sequence[tuple[int, Entry]], name: str) -> list[tuple[Any, ...]]:
    return [(pk, key) for pk, entry in pairs for key in getattr(entry, name) or ()]
