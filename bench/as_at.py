"""A page as known on a day that is over against the same page as things stand, with a hundred thousand activities.

Each has two rows of history, the second of them of a later day.
"""

from bench.databases import with_database
from bench.pairs import compare
from bench.workers import as_owner, worker
from strands.models import Activity, ActivityShare

SIZE = 100_000
PAIRS = 9
DAY = "2026-05-01"
PAGES = {"as_at_dashboard": "/dashboards/?quarter=2025-26-Q3", "as_at_list": "/activities/?"}
_BEFORE, _AFTER = "2026-04-30", "2026-06-30"


def main() -> None:
    with_database("bench_history", "bench_data", "--activities", str(SIZE))
    as_owner(
        "bench_history",
        _images(Activity, "+", _BEFORE),
        _images(ActivityShare, "+", _BEFORE),
        _images(Activity, "~", _AFTER),
        "ANALYZE",
    )
    for name, address in PAGES.items():
        then = ("bench.pages", "page", "member", f"{address}&as_at={DAY}")
        with (
            worker("bench_history", *then) as past,
            worker("bench_history", "bench.pages", "page", "member", address) as live,
        ):
            compare(name, past, live, pairs=PAIRS)


def _images(model: type[Activity] | type[ActivityShare], kind: str, day: str) -> str:
    history = model.history.model
    columns = ", ".join(f'"{field.column}"' for field in history.tracked_fields)
    about = "history_date, history_type, history_change_reason, request_id, history_user_id"
    # Of names of our own tables and columns.
    return (
        f"INSERT INTO {history._meta.db_table} ({columns}, {about}) "  # noqa: S608
        f"SELECT {columns}, '{day}', '{kind}', '', '', (SELECT min(id) FROM accounts_user) FROM {model._meta.db_table}"
    )
