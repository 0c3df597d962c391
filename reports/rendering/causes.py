"""Why a number of an issued paper is another one today: which rows came, went or changed, by whose hand and when."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from reports.figures import Passport, PassportRow
from strands.models import Activity

NEW, GONE = "not counted", "no longer counted"


@dataclass(frozen=True)
class Cause:
    """One row that was changed since. `who` is a post; empty where the row's own record did not change."""

    row: PassportRow
    issued: str
    now: str
    who: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Since:
    """What changed, as far as one person may see it; `hidden` counts the rows that they may not open."""

    causes: list[Cause]
    hidden: int

    def __bool__(self) -> bool:
        return bool(self.causes or self.hidden)


def changed_since(issued: Passport, now: Passport, since: dt.datetime, user: Any) -> Since:
    """Rows of activities that are not what they were. Who may see which is asked of today."""
    then_all, now_all = _by_activity(issued.rows), _by_activity(now.rows)
    changed = {key for key in then_all | now_all if _words(then_all.get(key)) != _words(now_all.get(key))}
    then = _by_activity(issued.as_seen_by(user).rows)
    today = _by_activity(now.as_seen_by(user).rows)
    seen = sorted(changed & (then.keys() | today.keys()))
    last = _last_changes(seen, since)
    causes = [
        Cause(
            today.get(key) or then[key],
            _words(then_all.get(key)) or NEW,
            _words(now_all.get(key)) or GONE,
            *last.get(key, ("", None)),
        )
        for key in seen
    ]
    return Since(causes, len(changed) - len(seen))


def _by_activity(rows: list[PassportRow]) -> dict[int, PassportRow]:
    return {row.activity_id: row for row in rows if row.activity_id is not None}


def _words(row: PassportRow | None) -> str:
    return "" if row is None else row.words


def _last_changes(keys: list[int], since: dt.datetime) -> dict[int, tuple[str, dt.datetime]]:
    rows = Activity.history.filter(id__in=keys, history_date__gte=since).select_related("history_user")
    return {
        row.id: (row.history_user.post or row.history_user.name if row.history_user else "", row.history_date)
        for row in rows.order_by("history_date", "history_id")
    }
