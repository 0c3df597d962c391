"""Measures of the demo: four in force and two retired, with their values over the quarters that are over."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from boroughs.models import Borough
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from reports.models import ReleasedFigure
from strands.figures.standing import version_for
from strands.models import Measure, MeasureVersion, Observation
from strands.workflow.borough_targets import set_borough_targets
from strands.workflow.measures import agree_to_measure, decide_on_measure, propose_measure, put_under_review
from strands.workflow.observing import approve_observation, check_observation, explain, supply

_PART: dict[str, Any] = {"unit": "per cent", "kind": "percentage", "direction": "higher"}
_COUNT: dict[str, Any] = {"unit": "people", "kind": "flow", "direction": "higher"}
# Code: what is said of it, its target for a quarter, and its values, oldest first; the last is of the last settled one.
MEASURES: dict[str, tuple[dict[str, Any], int | None, tuple[Any, ...]]] = {
    "PV-03": (
        _COUNT
        | {
            "name": "Staff trained",
            "definition": "Front-line staff who completed a Prevent course; each course counts.",
            "source": "staff_trained",
            "collection_level": "borough",
            "publication_level": "borough",
        },
        600,
        (588, 604, 611),
    ),
    "PV-07": (
        _PART
        | {
            "name": "Channel panels held on schedule",
            "definition": "Panels held on the day they were scheduled for, of all that were scheduled.",
            "source": "panels_held",
        },
        95,
        ((97, 100), (96, 100), (91, 100)),
    ),
    "PV-11": (
        {
            "name": "Active Channel referrals",
            "definition": "Referrals that are open on the last day of the quarter. London only; no split exists.",
            "unit": "referrals",
            "kind": "stock",
            "direction": "none",
            "sensitivity": "S2",
            "lag_days": 60,
            "source_name": "SO15 Channel team, own case system",
        },
        None,
        (41, 45),
    ),
    "PR-02": (
        _PART
        | {
            "name": "Exercises with debrief closed in 60 days",
            "definition": "Exercises whose cold debrief was held within 60 days, of all exercises of the quarter.",
            "source": "debriefed",
        },
        80,
        ((5, 6), (6, 7), (4, 7)),
    ),
    "PV-01": (_COUNT | {"name": "Leaflets given out", "definition": "Leaflets about the hotline."}, 5000, ()),
    "PV-02": (_COUNT | {"name": "Visits to the web page", "definition": "Visits to the Prevent page."}, 900, ()),
}
RETIRED = ("PV-01", "PV-02")
REFERRALS = "PV-11"
BY_BOROUGH = "PV-03"
# The last value of it turns out to be two too many.
CORRECTED = 43
CORRECTION = "Two referrals had been closed before the last day of the quarter and were still counted as open."
# After so long the values of a quarter are in, checked and decided on.
SETTLED = dt.timedelta(days=21)
# Why the colour changed, what comes next, and which post does it by when; for those with a target.
EXPLAINED = {
    "PV-03": "Two colleges moved their courses. The training officer opens places for new staff each month.",
    "PV-07": "The deputy chairs from next month on; the head of each panel reports by the end of the quarter.",
    "PR-02": "Partners had no common day. The exercise officer now books the debrief with the exercise.",
}


def make_measures(quarters: list[Quarter], today: dt.date, people: Mapping[str, User]) -> int:
    """`quarters` end with the one that runs. How many measures there are."""
    over = [quarter for quarter in quarters if quarter.end + SETTLED <= today]
    for code, (about, target, values) in MEASURES.items():
        measure = _measure(code, about, target, over, people)
        for quarter, value in zip(over[-3:], values, strict=False):
            _observe(measure, quarter, value, people, is_last=quarter == over[-1])
        if code in RETIRED:
            _retire(measure, over[-4].end, people)
        if code == BY_BOROUGH:
            _aim_by_borough(measure, quarters[-4:], people["analyst"])
    return len(MEASURES)


def _aim_by_borough(measure: Measure, quarters: list[Quarter], analyst: User) -> None:
    """Agreed in the spring with London's: more where there are more staff, and none for the City."""
    boroughs = [each for each in Borough.objects.order_by("name") if not each.is_the_city]
    for quarter in quarters:
        version = version_for(measure.versions.all(), quarter)
        if version is None:
            continue
        targets = {each: Decimal(20 + 5 * (at % 4)) for at, each in enumerate(boroughs)}
        with acting(analyst, at=_at(quarter.start - dt.timedelta(days=20))):
            set_borough_targets(version, quarter, targets, seen="none", by=analyst)


def _measure(
    code: str, about: dict[str, Any], target: int | None, over: list[Quarter], people: Mapping[str, User]
) -> Measure:
    """One version a financial year, each with its targets, as they are agreed in the spring."""
    measure = Measure(code=code, strand_id="prepare" if code.startswith("PR") else "prevent")
    years = sorted({quarter.year for quarter in over[-4:]})
    for year in years[:1] if code in RETIRED else years:
        first = Quarter(year, 1).start
        aim = None if target is None else Decimal(target)
        with acting(people["analyst"], at=_at(first - dt.timedelta(days=40))):
            version = MeasureVersion(**about, starts=first, reason="As agreed for the year")
            propose_measure(measure, version, target=aim, by=people["analyst"])
        if measure.strand_id == "prevent":
            with acting(people["prevent.lead"], at=_at(first - dt.timedelta(days=35))):
                version = agree_to_measure(version, seen=version.version, by=people["prevent.lead"])
        with acting(people["chair"], at=_at(first - dt.timedelta(days=28))):
            decide_on_measure(version, yes=True, seen=version.version, by=people["chair"])
    return measure


def _observe(measure: Measure, quarter: Quarter, value: Any, people: Mapping[str, User], *, is_last: bool) -> None:
    """The last quarter is provisional, and nobody has said yet why its colours changed."""
    supplier = people["prevent.lead" if measure.code == "PV-11" else "analyst"]
    given = (
        dict(zip(("numerator", "denominator"), value, strict=True)) if isinstance(value, tuple) else {"value": value}
    )
    day = quarter.end + dt.timedelta(days=12)
    with acting(supplier, at=_at(day)):
        found = supply(measure, quarter, by=supplier, **given)
    if found.state == "supplied":
        with acting(people["analyst"], at=_at(day + dt.timedelta(days=7))):
            found = check_observation(found, by=people["analyst"])
    if not is_last:
        _finish(found, supplier, people["chair"], day + dt.timedelta(days=9))


def _finish(found: Observation, supplier: User, chair: User, day: dt.date) -> None:
    if found.measure.code in EXPLAINED:
        with acting(supplier, at=_at(day)):
            explain(found, EXPLAINED[found.measure.code], by=supplier)
    with acting(chair, at=_at(day)):
        approve_observation(found, by=chair)


def correct_referrals(today: dt.date, people: Mapping[str, User]) -> None:
    """Three weeks after a paper went out with it, its supplier corrects the last value of PV-11 that is final."""
    found = Observation.objects.filter(measure__code=REFERRALS, state="approved").order_by("quarter").last()
    printed = found and ReleasedFigure.objects.filter(figure=REFERRALS, quarter=found.quarter).first()
    if found is None or printed is None:
        return
    days = [printed.issue.issued_at.date() + dt.timedelta(days=ahead) for ahead in (19, 20, 21)]
    if days[-1] >= today:
        return
    lead, analyst, chair = people["prevent.lead"], people["analyst"], people["chair"]
    with acting(lead, at=_at(days[0])):
        made = supply(found.measure, found.quarter, by=lead, value=CORRECTED, reason=CORRECTION)
    with acting(analyst, at=_at(days[1])):
        made = check_observation(made, by=analyst)
    with acting(chair, at=_at(days[2])):
        approve_observation(made, by=chair)


def _retire(measure: Measure, last_day: dt.date, people: Mapping[str, User]) -> None:
    version = measure.versions.get()
    reason = "It says how much was handed out, and nothing about what came of it."
    with acting(people["analyst"], at=_at(last_day)):
        found = put_under_review(version, reason=reason, last_day=last_day, by=people["analyst"])
    with acting(people["chair"], at=_at(last_day)):
        decide_on_measure(found, yes=True, seen=found.version, by=people["chair"])


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10), dt.UTC)
