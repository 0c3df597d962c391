"""The sentence over a table says what its numbers say, and no more."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from reports.figures import figure
from tests import make
from tests.cast import BRENT, HARROW
from tests.reports.figure_log import CAMDEN, accept, submit

QUARTER = make.QUARTER

pytestmark = pytest.mark.usefixtures("in_august")


def one(strand: str, **values: Any) -> None:
    make.activity(strand_id=strand, kind="community_event", **values)


FINDINGS: list[tuple[str, Callable[[], object], str]] = [
    ("activities_by_strand", lambda: [one("prevent"), one("prevent"), one("pursue")],
     "Prevent has most: 2 of 3 activities"),
    ("activities_by_strand", lambda: one("prevent"), "Prevent has most: 1 of 1 activity"),
    ("activities_by_strand", lambda: [one("prevent"), one("pursue")],
     "Prevent and Pursue have most: 1 each of 2 activities"),
    ("activities_by_borough", lambda: [one("prevent"), one("prevent"), one("prevent", borough=HARROW)],
     "Brent has most, 2 activities; 31 areas have none"),
    ("activities_by_borough", lambda: [one("prevent"), one("prevent", borough=HARROW)],
     "Brent and Harrow have most, 1 activity each; 31 areas have none"),
    ("attendance_by_strand", lambda: one("prevent"), "Attendance was not recorded at any activity"),
    ("attendance_by_strand", lambda: one("prevent", attendance=0), "Attendance is 0"),
    ("attendance_by_strand", lambda: [one("prevent", attendance=8), one("pursue", attendance=9)],
     "Pursue has most attendance: 9 of 17"),
    ("attendance_by_strand", lambda: [one("prevent", attendance=8, attendance_qualifier="at_least"), one("pursue")],
     "On what was recorded, Prevent has most attendance: at least 8 of at least 8"),
    ("attendance_by_strand", lambda: [one("prevent", attendance=9), one("protect", attendance=9)],
     "Prevent and Protect have most attendance: 9 each of 18"),
    ("activities_trend", lambda: [one("prevent"), one("prevent"), one("prevent", starts=dt.date(2026, 2, 1))],
     "2 activities in Q1 2026/27: 1 more than in Q4 2025/26 and of a year earlier there is no log"),
    ("activities_trend", lambda: one("prevent"), "1 activity in Q1 2026/27, with which the log begins"),
    ("activities_trend", lambda: [one("prevent"), one("pursue", starts=dt.date(2026, 2, 1)),
                                  one("pursue", starts=dt.date(2025, 6, 30)),
                                  one("prevent", starts=dt.date(2025, 6, 30))],
     "1 activity in Q1 2026/27: as many as in Q4 2025/26 and 1 fewer than a year earlier"),
    ("returns_by_borough", lambda: [accept(BRENT), submit(HARROW), make.quarterly_return(CAMDEN)],
     "1 of 33 returns are accepted, 1 waits for a decision and 31 are still to come"),
    ("returns_by_borough", lambda: [accept(f"E090000{number:02d}") for number in range(1, 34)],
     "All 33 returns are accepted"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "happened", "sentence"), FINDINGS)
def test_the_finding_says_what_the_numbers_say(
    db: None, key: str, happened: Callable[[], object], sentence: str
) -> None:
    happened()

    assert figure(key, QUARTER).finding == sentence


def test_a_finding_on_a_quarter_that_is_not_over_says_so_far(db: None) -> None:
    one("prevent", starts=dt.date(2026, 7, 2))

    assert figure("activities_by_strand", QUARTER.next()).finding == "So far, Prevent has most: 1 of 1 activity"
