"""A small log with every kind of number in it, and returns in the states that figures tell apart."""

import datetime as dt
from decimal import Decimal

from contest_portal.audit.acting import acting
from reports.models import QuarterlyReturn, ReturnStatus
from strands.models import Activity
from tests import cast, make
from tests.cast import BRENT, HARROW

CITY, CAMDEN = "E09000001", "E09000007"
IN_AUGUST = dt.datetime(2026, 8, 3, 9, 0, tzinfo=dt.UTC)


def fill_log() -> list[Activity]:
    """Each qualifier, joint work, money with pence and without, other quarters, and what must not count."""
    made = [
        make.activity(attendance=200, attendance_qualifier="at_least", cost_actual=Decimal("3150.00")),
        make.activity(attendance=30, cost_actual=Decimal("99.99")),
        make.activity(strand_id="protect", kind="exercise", attendance=12, attendance_qualifier="about"),
        make.activity(borough=HARROW, attendance=9, attendance_qualifier="at_most"),
        make.activity(borough=HARROW, shares={HARROW: 50, BRENT: 30, CAMDEN: 20}, attendance=75, cost_actual=1),
        make.activity(borough=CITY, strand_id="prepare", kind="exercise"),
        make.activity(borough=CAMDEN, starts=dt.date(2025, 5, 1), attendance=4),
        make.activity(borough=CAMDEN, starts=dt.date(2026, 3, 31), attendance=5),
        make.activity(borough=CAMDEN, starts=dt.date(2026, 7, 1), attendance=6),
    ]
    make.activity(title="Sensitive", marking="OFFICIAL-SENSITIVE", attendance=1000, cost_actual=5000)
    make.activity(status="planned", attendance=1000)
    make.activity(status="cancelled", status_reason="Venue closed", attendance=1000)
    return made


def accept(borough: str) -> QuarterlyReturn:
    now = dt.datetime(2026, 7, 14, 12, tzinfo=dt.UTC)
    return _decide(submit(borough), status=ReturnStatus.ACCEPTED, accepted_by=cast.person("analyst"), accepted_at=now)


def submit(borough: str) -> QuarterlyReturn:
    now = dt.datetime(2026, 7, 10, 12, tzinfo=dt.UTC)
    made = make.quarterly_return(borough)
    return _decide(made, status=ReturnStatus.SUBMITTED, submitted_by=cast.person("brent.lead"), submitted_at=now)


def _decide(found: QuarterlyReturn, **values: object) -> QuarterlyReturn:
    for name, value in values.items():
        setattr(found, name, value)
    with acting(cast.person("analyst")):
        found.save()
    return found
