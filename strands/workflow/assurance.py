"""Assurance: a cycle begins with its own criteria and scale; a borough scores itself, and an assessor scores it."""

import datetime as dt
from typing import Any

from django.db import transaction

from contest_portal.audit.acting import acting, moment
from contest_portal.core.refusal import Refused
from strands.models import AssuranceCycle, AssuranceFramework, Benchmark, BenchmarkScore, ImprovementAction


@transaction.atomic
def add_framework(framework: AssuranceFramework, *, by: Any) -> AssuranceFramework:
    with acting(by):
        framework.save()
    return framework


@transaction.atomic
def change_framework(framework: AssuranceFramework, *, reason: str, by: Any) -> AssuranceFramework:
    with acting(by, reason=reason):
        framework.save()
    return framework


@transaction.atomic
def begin_cycle(
    framework: AssuranceFramework,
    key: str,
    name: str,
    starts: dt.date,
    criteria: list[str],
    scale: list[str],
    *,
    by: Any,
) -> AssuranceCycle:
    """The one of its framework before it ends on the day before. Its scores stay, in their own words."""
    with acting(by):
        same = AssuranceCycle.objects.select_for_update().filter(framework=framework)
        for before in same.filter(ends=None, starts__lt=starts):
            before.ends = starts - dt.timedelta(days=1)
            before.save()
        made = AssuranceCycle(framework=framework, key=key, name=name, starts=starts, scale="\n".join(scale))
        made.save()
        for number, title in enumerate(criteria, 1):
            Benchmark(cycle=made, number=number, title=title).save()
    return made


@transaction.atomic
def change_cycle(cycle: AssuranceCycle, criteria: list[str], *, reason: str, by: Any) -> AssuranceCycle:
    """Put it right, or end it. Of its criteria the words change and new ones follow; scores stand by the numbers."""
    if refusal := cycle.why_not_ask(criteria) or cycle.why_not_scale(cycle.steps):
        raise Refused(f"{refusal}.")
    with acting(by, reason=reason):
        cycle.save()
        there = list(cycle.benchmarks.all())
        for benchmark in there[len(criteria) :]:
            benchmark.delete()
        for number, title in enumerate(criteria, 1):
            benchmark = there[number - 1] if number <= len(there) else Benchmark(cycle=cycle, number=number)
            if benchmark.title != title:
                benchmark.title = title
                benchmark.save()
    return cycle


@transaction.atomic
def score_own(score: BenchmarkScore, *, by: Any) -> BenchmarkScore:
    _check(score, score.self_score)
    score.self_scored_by, score.self_scored_at = by, moment()
    with acting(by):
        score.save()
    return score


@transaction.atomic
def record_assessment(score: BenchmarkScore, *, by: Any) -> BenchmarkScore:
    """Beside the borough's own score, which stays."""
    _check(score, score.assessor_score)
    score.recorded_by, score.recorded_at = by, moment()
    with acting(by):
        score.save()
    return score


@transaction.atomic
def add_action(action: ImprovementAction, *, by: Any) -> ImprovementAction:
    with acting(by):
        action.save()
    return action


@transaction.atomic
def close_action(action: ImprovementAction, *, day: dt.date, by: Any) -> ImprovementAction:
    found = ImprovementAction.objects.select_for_update().get(pk=action.pk)
    if found.done_on is not None:
        raise Refused(f"“{found}” was done on {found.done_on:%-d %B %Y}.")
    found.done_on = day
    with acting(by):
        found.save()
    return found


def _check(score: BenchmarkScore, step: str) -> None:
    """Against the scale as it stands now, which waits until the score is saved."""
    cycle = AssuranceCycle.objects.select_for_update().get(pk=score.benchmark.cycle_id)
    if step not in cycle.steps:
        raise Refused(f"{cycle} is scored {cycle.scale_words}, and nothing else.")
