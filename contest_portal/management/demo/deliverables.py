"""What the plan of the running year promises: some delivered, two late, one of them put off three times."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boroughs.models import Borough
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from strands.models import Deliverable, DeliverableProgress, Measure, Milestone, Objective
from strands.models.known_day import last_day
from strands.workflow.deliverables import (
    accept_slip,
    add_deliverable,
    add_milestone,
    judge_deliverable,
    mark_area,
    move_milestone,
    reach_milestone,
)


@dataclass(frozen=True)
class Promise:
    """Days are counted from the first day of the plan. A slip is the day on which it was said, the new day, and why."""

    objective: str
    title: str
    done_when: str
    owner: str
    due: int
    precision: str = "exact"
    steps: tuple[tuple[str, int, int | None], ...] = ()
    slips: tuple[tuple[int, int, str], ...] = ()
    standing: tuple[str, str, str] = ("", "", "")
    reached: int | None = None
    population: str = ""
    areas_from: int = 0
    without: tuple[tuple[str, str], ...] = ()
    measure: str = ""


PROMISES = [
    Promise(
        "2023-PV-2",
        "Local risk profiles in every area",
        "The chief executive and the borough commander of each area have received its profile.",
        "Prevent programme manager",
        182,
        steps=(("Template agreed with boroughs", 60, 58), ("Profiles drafted", 130, 141)),
        standing=("under_way", "AG", "Two areas wait for a new director; both have a day in the diary."),
        population="LONDON_33",
        areas_from=132,
        without=(
            ("E09000004", "The new director starts next month, and receives it then."),
            ("E09000027", "Checked once more after the boundary of a ward moved."),
        ),
    ),
    Promise(
        "2023-PV-2",
        "Channel panels and agreements to share information in all boroughs",
        "Each panel has met and the partners of the borough have signed the agreement.",
        "Channel programme manager",
        90,
        reached=88,
        population="MET_32",
        areas_from=40,
        measure="PV-07",
    ),
    Promise(
        "2023-PV-1",
        "Guide for venues that hire out rooms",
        "The guide is published and every council has put it beside its own booking terms.",
        "Head of community safety policy",
        120,
        slips=(
            (100, 183, "the first draft had to be read by counsel"),
            (170, 244, "two councils asked for a version for faith halls"),
            (228, 304, "the designer of the accessible version changed"),
        ),
        standing=("under_way", "AR", "It was put off three times, and the accessible version has no firm day yet."),
    ),
    Promise(
        "2023-PV-3",
        "Mentors for people leaving prison",
        "Twelve mentors are trained, vetted and have a supervisor.",
        "Probation liaison manager",
        300,
        "month",
        steps=(("Supervisor in post", 150, 149), ("First six mentors trained", 210, 205)),
        standing=("under_way", "G", "Eight of twelve are trained, and vetting runs ahead of its plan."),
        measure="PV-03",
    ),
    Promise(
        "2023-PU-2",
        "Community impact assessment within a day of an incident",
        "The procedure is agreed by all command units and was tried once without warning.",
        "Pursue governance manager",
        274,
        steps=(("Procedure agreed", 120, 118), ("Tried without warning", 220, 226)),
        standing=("under_way", "A", "The trial showed that two units have no cover at weekends."),
    ),
    Promise(
        "2023-PT-4",
        "Council premises ready for their new duty",
        "Every council has a list of its premises in scope and the procedures for each of them.",
        "Protect programme manager",
        300,
        standing=("under_way", "A", "The regulator’s guidance came late, and councils still work through their lists."),
        population="LONDON_33",
        areas_from=215,
    ),
    Promise(
        "2023-PT-3",
        "Advice on barriers for five street markets",
        "Each market has had its visit and holds its written advice.",
        "Protective security manager",
        150,
        reached=143,
    ),
    Promise(
        "2023-PP-1",
        "Live exercise at a transport hub",
        "The exercise was held and its cold debrief is closed.",
        "Exercise manager",
        330,
        "quarter",
        steps=(("Scenario agreed by all services", 200, 199),),
        standing=("under_way", "G", "Site, day and umpires are booked."),
        measure="PR-02",
    ),
    Promise(
        "2023-PP-2",
        "Care for survivors: one front door",
        "One telephone line and one page for all of London, with staff who can pass a case on.",
        "Humanitarian assistance manager",
        350,
        "quarter",
    ),
    Promise(
        "2023-PP-3",
        "Shared store of lessons from exercises",
        "Every borough can read the lessons of every other.",
        "Resilience manager",
        250,
        standing=("cancelled", "", "The London resilience group is building one, and this would double it."),
    ),
]
DECIDED = dt.timedelta(days=7)


def make_deliverables(today: dt.date, people: Mapping[str, User]) -> int:
    """Of the financial year that runs, as far as it has come. How many there are."""
    plan = Plan(today, people)
    for number, promise in enumerate(PROMISES):
        plan.keep(promise, number)
    return len(PROMISES)


class Plan:
    """What was agreed before the year began, and what became of it since; nothing of it lies in the future."""

    def __init__(self, today: dt.date, people: Mapping[str, User]) -> None:
        self.today, self.people = today, people
        self.starts = Quarter(Quarter.of(today).year, 1).start

    def keep(self, promise: Promise, number: int) -> None:
        objective = Objective.objects.get(code=promise.objective)
        by = self.people["prevent.lead" if objective.strand_id == "prevent" else "secretary"]
        found = self._promised(promise, objective, by)
        for title, due, reached in promise.steps:
            self._step(found, title, self._day(due), reached, by)
        for said, now, reason in promise.slips:
            self._slip(found, said, self._day(now), reason, by)
        if promise.population:
            self._areas(found, promise, by)
        self._judge(found, promise, number, by)
        if promise.reached is not None:
            self._reach(found.milestones.get(is_last=True), promise.reached, by)

    def _promised(self, promise: Promise, objective: Objective, by: User) -> Deliverable:
        measure = Measure.objects.filter(code=promise.measure).first()
        made = Deliverable(strand_id=objective.strand_id, objective=objective, measure=measure, title=promise.title)
        made.done_when, made.owner, made.year = promise.done_when, promise.owner, self.starts.year
        made.population_id = promise.population or None
        with acting(by, at=_at(self.starts - dt.timedelta(days=20))):
            return add_deliverable(made, due=self._due(promise), by=by)

    def _due(self, promise: Promise) -> tuple[dt.date, str]:
        return last_day(self._day(promise.due), promise.precision), promise.precision

    def _step(self, found: Deliverable, title: str, due: dt.date, reached: int | None, by: User) -> None:
        with acting(by, at=_at(self.starts - dt.timedelta(days=19))):
            step = add_milestone(Milestone(deliverable=found, title=title), due=(due, "exact"), by=by)
        if reached is not None:
            self._reach(step, reached, by)

    def _reach(self, milestone: Milestone, reached: int, by: User) -> None:
        day = self._day(reached)
        if day > self.today:
            return
        reason = "a partner was late with its part" if day > milestone.forecast else ""
        with acting(by, at=_at(day)):
            reach_milestone(milestone, day=day, reason=reason, seen=milestone.version, by=by)

    def _slip(self, found: Deliverable, said: int, now: dt.date, reason: str, by: User) -> None:
        """Accepted by the chair within a week, where that week is over."""
        last, day, chair = found.milestones.get(is_last=True), self._day(said), self.people["chair"]
        if day > self.today:
            return
        with acting(by, at=_at(day)):
            slip = move_milestone(last, due=(now, "exact"), reason=reason, seen=last.version, by=by)
        if day + DECIDED < self.today:
            with acting(chair, at=_at(day + DECIDED)):
                accept_slip(slip, by=chair)

    def _areas(self, found: Deliverable, promise: Promise, by: User) -> None:
        """One a day; a few wait and say why."""
        why = dict(promise.without)
        for number, area in enumerate(found.areas()):
            day = self._day(promise.areas_from + number)
            if day <= self.today:
                self._mark(found, area, day, why.get(area.pk, ""), by)

    def _mark(self, found: Deliverable, area: Borough, day: dt.date, remark: str, by: User) -> None:
        given: dict[str, Any] = {"delivered_on": day, "delivered_to": "Chief executive and borough commander"}
        with acting(by, at=_at(day)):
            row = DeliverableProgress(deliverable=found, borough=area, **({"remark": remark} if remark else given))
            mark_area(row, by=by)

    def _judge(self, found: Deliverable, promise: Promise, number: int, by: User) -> None:
        state, confidence, why = promise.standing
        day = self.today - dt.timedelta(days=3 + 2 * number)
        if not state or day < self.starts:
            return
        fresh = Deliverable.objects.get(pk=found.pk)
        fresh.state, fresh.confidence, fresh.why = state, confidence, why
        with acting(by, at=_at(day)):
            judge_deliverable(fresh, by=by)

    def _day(self, count: int) -> dt.date:
        return self.starts + dt.timedelta(days=count)


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10), dt.UTC)
