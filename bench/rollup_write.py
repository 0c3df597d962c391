"""Logging with history, ledger and roll-up against the same with history and ledger alone."""

from bench.databases import with_database
from bench.pairs import compare
from bench.workers import as_owner, worker

ROWS = "40"
PAIRS = 15
_TABLES = {"strands_activity": "activity", "strands_activityshare": "share"}


def main() -> None:
    with_database("bench_rolled_up", "migrate", "--verbosity", "0")
    with_database("bench_plain", "migrate", "--verbosity", "0")
    operations = ("insert", "update", "delete")
    as_owner(
        "bench_plain",
        *(
            f"ALTER TABLE {table} DISABLE TRIGGER roll_up_{name}_{operation}"
            for table, name in _TABLES.items()
            for operation in operations
        ),
    )
    work = ("bench.pages", "logging", ROWS)
    with worker("bench_rolled_up", *work) as rolled_up, worker("bench_plain", *work) as plain:
        compare("rollup_write", rolled_up, plain, pairs=PAIRS)
