"""Two boroughs against the benchmarks of today's cycle, with a letter for one; risks, and equality assessments."""

import datetime as dt

from boroughs.models import Borough
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from strands.models import (
    AssuranceCycle,
    AssuranceFramework,
    Benchmark,
    BenchmarkScore,
    EqualityAssessment,
    ImprovementAction,
    Risk,
)
from strands.workflow.assurance import add_action, add_framework, begin_cycle, record_assessment, score_own
from strands.workflow.risks import add_risk, save_assessment

# Places on the scale, the lowest being 0, for each criterion in order.
OWN = {"Brent": (1, 1, 2, 1, 2, 1, 0, 1), "Harrow": (1, 0, 1, 1, 1, 1, 1, 0)}
LETTER = {"Brent": (1, 1, 1, 1, 2, 1, 0, 1)}
WHY = ("Not in place in all services yet.", "In place, and looked at each quarter.", "Other boroughs have taken it up.")


# Another body’s framework: where Brent stands by its own word and by the inspectors’.
QUESTIONS = [
    "Leadership and governance",
    "Understanding of local risk",
    "Work with partners",
    "Learning from exercises",
    "Reassurance of the public",
]
STEPS = ["Inadequate", "Needs improvement", "Good", "Outstanding"]
INSPECTED = ((2, 2), (1, 1), (2, 3), (1, 2), (2, 2))


def make_inspection(today: dt.date, people: dict[str, User]) -> int:
    analyst, lead = people["analyst"], people["brent.lead"]
    first = Quarter.of(today).shifted(-4).start
    noon = dt.datetime.combine(first, dt.time(12), dt.UTC)
    with acting(analyst, at=noon):
        framework = AssuranceFramework(key="readiness", name="Readiness inspection", body="Regional inspectorate")
        add_framework(framework, by=analyst)
        cycle = begin_cycle(framework, "readiness-five", "Five questions", first, QUESTIONS, STEPS, by=analyst)
    for benchmark, (own, theirs) in zip(cycle.benchmarks.select_related("cycle"), INSPECTED, strict=True):
        score = BenchmarkScore(benchmark=benchmark, borough=Borough.objects.get(name="Brent"), self_score=STEPS[own])
        score.self_reason = "As the self-assessment for the visit says."
        with acting(lead):
            score_own(score, by=lead)
        _letter(score, theirs, analyst)
    return len(INSPECTED)


def make_assurance(today: dt.date, people: dict[str, User]) -> int:
    cycle = AssuranceCycle.objects.get(key="toolkit-eight")
    benchmarks = list(cycle.benchmarks.select_related("cycle"))
    for name, places in OWN.items():
        borough, lead = Borough.objects.get(name=name), people[f"{name.lower()}.lead"]
        for benchmark, place in zip(benchmarks, places, strict=True):
            score = _own(benchmark, borough, place, lead)
            if place == 0:
                _action(score, today, lead)
    for name, places in LETTER.items():
        for benchmark, place in zip(benchmarks, places, strict=True):
            _letter(BenchmarkScore.objects.get(benchmark=benchmark, borough__name=name), place, people["analyst"])
    return len(benchmarks) * len(OWN) + make_inspection(today, people)


def _own(benchmark: Benchmark, borough: Borough, place: int, lead: User) -> BenchmarkScore:
    score = BenchmarkScore(benchmark=benchmark, borough=borough, self_score=benchmark.cycle.steps[place])
    score.self_reason, score.evidence = WHY[place], "Minutes of the partnership board, last quarter"
    with acting(lead):
        return score_own(score, by=lead)


def _action(score: BenchmarkScore, today: dt.date, lead: User) -> None:
    what = f"{score.benchmark.title}: a plan with the services that lack it"
    action = ImprovementAction(score=score, what=what, owner="Head of community safety")
    action.due = today + dt.timedelta(days=75)
    with acting(lead):
        add_action(action, by=lead)


def _letter(score: BenchmarkScore, place: int, analyst: User) -> None:
    score.assessor_score = score.benchmark.cycle.steps[place]
    score.assessor_reason = "As the letter after the visit says."
    with acting(analyst):
        record_assessment(score, by=analyst)


# What may happen, why, what it would do, what is done against it; likelihood, impact, and the borough if it is of one.
RISKS = (
    (
        "Channel money is not confirmed after December",
        "The delivery model is under review",
        "Co-ordinators leave before there is a decision",
        "The head of the Channel team asks for a decision by the end of October",
        (4, 4, ""),
    ),
    (
        "Fewer neighbourhood officers take part",
        "Their teams have other work",
        "Prevent officers are on their own at events",
        "The strand lead agrees days with the borough commanders each quarter",
        (3, 3, ""),
    ),
    (
        "Venues are not checked before they are let",
        "Two services let rooms without the guidance",
        "A speaker is let in whom the council would have refused",
        "Training for both services, and a check of bookings each month",
        (2, 4, "Brent"),
    ),
)


def make_risks(today: dt.date, people: dict[str, User]) -> int:
    secretary, boroughs = people["secretary"], {borough.name: borough for borough in Borough.objects.all()}
    for title, cause, effect, mitigation, (likelihood, impact, name) in RISKS:
        risk = Risk(title=title, cause=cause, effect=effect, mitigation=mitigation, strand_id="prevent")
        risk.likelihood, risk.impact, risk.borough = likelihood, impact, boroughs.get(name)
        risk.owner, risk.review_on = "Prevent programme manager", today + dt.timedelta(days=40)
        with acting(secretary):
            add_risk(risk, by=secretary)
    _equality(today, secretary)
    return len(RISKS)


def _equality(today: dt.date, secretary: User) -> None:
    done = EqualityAssessment(subject="Delivery of Prevent in London", strand_id="prevent", stage="complete")
    done.consultation = "By email to 60 community contacts; 14 answered."
    done.outcome = "Women came to fewer events in the evening, so half of them are now held by day."
    done.completed_on, done.review_due = today - dt.timedelta(days=300), today + dt.timedelta(days=65)
    begun = EqualityAssessment(subject="Training of venue staff", strand_id="protect", stage="under_way")
    for assessment in (done, begun):
        assessment.owner = "Head of equality, Community Safety"
        with acting(secretary):
            save_assessment(assessment, by=secretary)
