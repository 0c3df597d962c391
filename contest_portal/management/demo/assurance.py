"""Two boroughs against the benchmarks of today's cycle, with the assessor's letter for one of them."""

import datetime as dt

from boroughs.models import Borough
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from strands.models import AssuranceCycle, Benchmark, BenchmarkScore, ImprovementAction
from strands.workflow.assurance import add_action, record_assessment, score_own

# Places on the scale, the lowest being 0, for each criterion in order.
OWN = {"Brent": (1, 1, 2, 1, 2, 1, 0, 1), "Harrow": (1, 0, 1, 1, 1, 1, 1, 0)}
LETTER = {"Brent": (1, 1, 1, 1, 2, 1, 0, 1)}
WHY = ("Not in place in all services yet.", "In place, and looked at each quarter.", "Other boroughs have taken it up.")


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
    return len(benchmarks) * len(OWN)


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
