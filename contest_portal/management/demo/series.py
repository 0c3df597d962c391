"""Programmes with their sessions, and what is planned for the quarter to come."""

import datetime as dt
from decimal import Decimal
from typing import Any

from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.management.demo.activities import Log
from strands.models import Activity, EqualityCount

# Lead borough, where a neighbour has a share, and what the programme is called.
PROGRAMMES = (
    ("E09000005", "Women's leadership programme", "Women's leadership conference", "Leadership workshop"),
    ("E09000025", "Parents online", "Parents online: open evening", "Parents online workshop"),
    ("E09000030", "Critical thinkers", "Critical thinkers: launch", "Critical thinking workshop"),
    ("E09000008", "Strong starts", "Strong starts: launch", "Strong starts session"),
)
SESSIONS = 6


def write_series(log: Log, now: Quarter) -> int:
    """One programme for each of a few boroughs, running since the last quarter; and the plans of all for the next."""
    count = sum(_programme(log, now.previous(), *programme) for programme in PROGRAMMES)
    return count + sum(_planned(log, gss_code, now.next()) for gss_code in log.boroughs)


def _programme(log: Log, quarter: Quarter, gss_code: str, title: str, opening: str, workshop: str) -> int:
    start = quarter.start + dt.timedelta(days=9)
    common: dict[str, Any] = {
        "kind": "structured_programme",
        "public_sentence": f"{title} works with residents over a season.",
    }
    parent = log.add(gss_code, start, **common, title=title, particulars={"sessions": SESSIONS, "age_band": "adults"})
    held: dict[str, Any] = {"attendance": 200, "attendance_qualifier": "at_least", "attendance_basis": "headcount"}
    first = start + dt.timedelta(days=14)
    log.add(gss_code, first, title=opening, parent=parent, cost_actual=Decimal(3150), **held)
    for number in range(1, SESSIONS + 1):
        _session(log, parent, number, first + dt.timedelta(weeks=3 * number), workshop)
    return SESSIONS + 2


def _session(log: Log, parent: Activity, number: int, day: dt.date, title: str) -> None:
    came: dict[str, Any] = {}
    # What was held this week nobody has said a word about yet.
    if day < log.today - dt.timedelta(days=7):
        people = log.chance.randint(22, 34)
        came = {"attendance": people, "attendance_qualifier": "exact", "attendance_basis": "sign_in"}
        came |= {"evaluation_method": "forms", "evaluation_responses": people - log.chance.randint(2, 6)}
        came |= {"score_before": Decimal("2.9"), "score_after": Decimal("4.1"), "score_scale": 5}
    status: dict[str, Any] = {} if came else {"status": "planned"}
    place: dict[str, Any] = {"parent": parent, "session_number": number, "session_count": SESSIONS}
    monitored = "banded" if came else ""
    made = log.add(parent.lead_borough_id, day, title=title, equality_monitoring=monitored, **place, **came, **status)
    if came:
        _summarise(made, made.attendance or 0)


def _summarise(activity: Activity, people: int) -> None:
    """Most people say which bands they are of. Hardly anybody over 65 comes."""
    women, young, old = people * 3 // 5, people // 3, int(activity.session_number == 2)
    bands = {
        "age_18_to_24": young,
        "age_25_to_44": people - young - old - 2,
        "age_65_or_over": old,
        "age_not_said": 2,
        "sex_women": women,
        "sex_men": people - women,
    }
    with acting(activity.logged_by, at=activity.logged_at):
        for band, count in bands.items():
            if count:
                EqualityCount(activity=activity, band=band, people=count).save()


def _planned(log: Log, gss_code: str, quarter: Quarter) -> int:
    """Known by its quarter, by its month or to the day."""
    precision = log.chance.choice(["quarter", "month", "exact"])
    months = 0 if precision == "quarter" else log.chance.randint(0, 2)
    day = (quarter.start + dt.timedelta(days=31 * months)).replace(day=1)
    if precision == "exact":
        day += dt.timedelta(days=13)
    kind, title = log.chance.choice(
        [
            ("training", "Refresher for front-line staff"),
            ("exercise", "Exercise Market Cross"),
            ("campaign", "Act early"),
        ]
    )
    log.add(gss_code, day, kind=kind, title=title, status="planned", date_precision=precision)
    return 1
