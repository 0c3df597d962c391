"""Releasing the equality tables of a quarter or a year: once, by somebody's deliberate act, after the attack failed."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from boroughs.models import Borough, Grouping, GroupingMembership
from contest_portal.access.grants import may
from contest_portal.audit import bulk
from contest_portal.audit.acting import moment
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from reports.figures.definitions import LONDON_33, Sensitivity
from reports.figures.disclosure.equality import Counts, Numbers, Place, Told, numbers_of
from reports.figures.released import numbers_released
from reports.figures.tally import published
from reports.models import EqualityRelease, FrozenAnswers, QuarterlyReturn, ReleasedFigure, ReturnStatus
from reports.models.release import YEAR
from strands.figures.equality import Answers, answers_of, questions

NOTHING_TO_SHOW = (
    "Nothing of this can be shown without telling small numbers, some of them by subtraction from what was released "
    "before. Release London for the quarter, or the year, instead."
)


def populations_on(day: dt.date) -> Any:
    """Keys of those that had members then."""
    return GroupingMembership.objects.on(day).values("grouping")


def returns_missing(quarter: Quarter) -> str:
    """Why it is early to release the quarter, in a sentence; empty when every return is settled."""
    found = list(QuarterlyReturn.objects.filter(quarter=quarter))
    settled = sum(each.has_accepted or each.status == ReturnStatus.EXCUSED for each in found)
    if found and settled == len(found):
        return ""
    return f"{settled} of {len(found) or 33} returns for {quarter.short} are accepted or excused."


def why_not_release(quarter: Quarter, quarters: int, population: Grouping, *, by: Any) -> str:
    if not may(by, "equality.release"):
        return "Only a board’s secretary releases equality tables."
    if quarters == YEAR and quarter.number != YEAR:
        return f"The year {quarter.financial_year} is released when its last quarter is over."
    if timezone.localdate() <= quarter.end:
        return f"{quarter.short} is not over yet."
    taken = EqualityRelease.objects.filter(quarter=quarter, quarters=quarters, population=population)
    return "This was released already. It is released once, so that no two releases can be compared." * taken.exists()


@transaction.atomic
def release_equality(
    quarter: Quarter, *, quarters: int = 1, population: Grouping, rounded_to: int = 1, reason: str = "", by: Any
) -> EqualityRelease:
    """One after the other: each release is checked against all that were made before it of the same year."""
    Grouping.objects.select_for_update().get(pk=LONDON_33.key)
    if why_not := why_not_release(quarter, quarters, population, by=by):
        raise Refused(why_not)
    if not reason.strip() and any(returns_missing(each) for each in quarter.last(quarters)):
        raise Refused(f"Say why it is released now: {next(filter(None, map(returns_missing, quarter.last(quarters))))}")
    made = EqualityRelease(quarter=quarter, quarters=quarters, population=population, rounded_to=rounded_to)
    made.reason, made.released_at, made.released_by = reason.strip(), moment(), by
    answers = {each: _frozen(each) for each in quarter.last(quarters)}
    made.activities = _held_by(place_of(made), answers)
    numbers = _numbers(made, answers)
    if all(number is None for table in numbers.values() for number in table.values()):
        raise Refused(NOTHING_TO_SHOW if numbers else "No activity of it has an equality summary.")
    made.save()
    _enter(made, numbers)
    return made


def _numbers(made: EqualityRelease, answers: dict[Quarter, list[Answers]]) -> dict[str, Numbers]:
    earlier = _earlier(made.quarter.year)
    for release in earlier:
        answers |= {each: _frozen(each) for each in release.span if each not in answers}
    new = Told(place_of(made), tuple(made.span), made.rounded_to)
    counts = Counts(answers, [each.place for each in (new, *earlier)])
    found = {key: numbers_of(key, question, counts, new, earlier) for key, question in questions().items()}
    return {key: numbers for key, numbers in found.items() if numbers}


def _earlier(year: int) -> list[Told]:
    releases = list(EqualityRelease.objects.within(year))
    numbers = numbers_released(releases)
    return [
        Told(place_of(release), tuple(release.span), release.rounded_to, numbers[release.pk]) for release in releases
    ]


def place_of(release: EqualityRelease) -> Place:
    members = Borough.objects.in_grouping(release.population_id, release.quarter.end)
    return Place(release.population_id, frozenset(members.values_list("pk", flat=True)))


def _held_by(place: Place, answers: dict[Quarter, list[Answers]]) -> int:
    return sum(bool(each.boroughs & place.boroughs) for found in answers.values() for each in found)


def _frozen(quarter: Quarter) -> list[Answers]:
    """The answers of the quarter, frozen now if they were not before."""
    kept = FrozenAnswers.objects.filter(quarter=quarter).first()
    if kept is None:
        found = answers_of(published([quarter]))
        content = [{"boroughs": sorted(each.boroughs), "people": dict(each.people)} for each in found]
        kept = FrozenAnswers(quarter=quarter, frozen_at=moment(), content=content)
        kept.save()
    return [Answers(frozenset(each["boroughs"]), each["people"]) for each in kept.content]


def _enter(made: EqualityRelease, numbers: dict[str, Numbers]) -> None:
    shown_as = "exact" if made.rounded_to == 1 else "about"
    entries = [
        ReleasedFigure(
            equality_release=made,
            figure=figure,
            quarter=made.quarter,
            population=made.population_id,
            cell=cell,
            value=number,
            qualifier="not_recorded" if number is None else shown_as,
            sensitivity=Sensitivity.S1,
        )
        for figure, table in numbers.items()
        for cell, number in table.items()
    ]
    bulk.save_new(entries)
