"""Assurance of what boroughs do: frameworks of bodies, each in cycles with criteria and a scale of its own."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from boroughs.models import Borough
from boroughs.models.borough import DatedTrackedQuerySet
from contest_portal.access.grants import may, scope_of
from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.dated import Dated
from contest_portal.core.refusal import Refused


def boroughs_reached(user: Any, permission: str) -> Any:
    """All of them for those whose work is London's; to a borough's people their own."""
    scope = scope_of(user, permission)
    rows = Borough.objects.all()
    if scope.everywhere or scope.boards or "prevent" in scope.strands:
        return rows
    return rows.filter(pk__in=scope.boroughs)


class FrameworkQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "FrameworkQuerySet":
        return self if may(user, "assurance.read") else self.none()

    def editable_by(self, user: Any) -> "FrameworkQuerySet":
        return self if may(user, "assurance.define") else self.none()


class AssuranceFramework(TrackedModel):
    """What a body assesses against, such as the benchmarks of the Prevent duty. Its cycles are its dated versions."""

    key = models.SlugField(max_length=30, primary_key=True)
    name = models.CharField(max_length=80)
    body = models.CharField("body that sets it", max_length=80)
    about = models.CharField("what it is for", max_length=300, blank=True)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = "assurance framework"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_taken(cls, key: str) -> bool:
        return cls.objects.filter(pk=key).exists()


class CycleQuerySet(DatedTrackedQuerySet):
    def visible_to(self, user: Any) -> "CycleQuerySet":
        return self if may(user, "assurance.read") else self.none()

    def editable_by(self, user: Any) -> "CycleQuerySet":
        return self if may(user, "assurance.define") else self.none()


class AssuranceCycle(TrackedModel, Dated):
    """A round of assurance. Its criteria and its scale are its own: a score means something in its cycle alone."""

    key = models.SlugField(max_length=30, unique=True)
    # Empty only between a migration and the loading of reference data after it.
    framework = models.ForeignKey(AssuranceFramework, models.PROTECT, related_name="cycles")
    name = models.CharField(max_length=80)
    scale = models.TextField("scale, the lowest step first", max_length=300)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("assurance_cycle", args=[self.key])

    @property
    def steps(self) -> list[str]:
        """In words, the lowest first; each stands on a line of its own."""
        return [line.strip() for line in self.scale.splitlines() if line.strip()]

    @property
    def scale_words(self) -> str:
        return ", ".join(self.steps)

    @classmethod
    def is_taken(cls, key: str) -> bool:
        return cls.objects.filter(key=key).exists()

    def others_on(self, first: dt.date, last: dt.date | None) -> "CycleQuerySet":
        """The other cycles of its framework that hold on any of these days; without a last one, from then on."""
        others = self.framework.cycles.exclude(pk=self.pk).exclude(ends__lt=first)
        return others if last is None else others.filter(starts__lte=last)

    def why_not_ask(self, criteria: list[str]) -> str:
        """Scores stand by the numbers of criteria, so none is taken from under them."""
        before, scores = self.benchmarks.count(), BenchmarkScore.objects.filter(benchmark__cycle=self)
        if len(criteria) >= before or not scores.exists():
            return ""
        return f"Boroughs are scored against {before} criteria. Put the words of one right or add one; keep each line"

    def why_not_scale(self, steps: list[str]) -> str:
        scores = BenchmarkScore.objects.filter(benchmark__cycle=self)
        used = {step for pair in scores.values_list("self_score", "assessor_score") for step in pair if step}
        lost = [f"“{step}”" for step in self.steps if step in used and step not in steps]
        return f"Boroughs are scored {' and '.join(lost)}. Keep {'it' if len(lost) == 1 else 'them'}" if lost else ""


class Benchmark(TrackedModel):
    """One criterion of a cycle."""

    cycle = models.ForeignKey(AssuranceCycle, models.PROTECT, related_name="benchmarks")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["cycle", "number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="one_benchmark_of_each_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class ScoreQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "ScoreQuerySet":
        return self.filter(borough__in=boroughs_reached(user, "assurance.read"))


class BenchmarkScore(TrackedModel):
    """What a borough says of itself against one criterion, and what the assessor says of it, side by side."""

    benchmark = models.ForeignKey(Benchmark, models.PROTECT, related_name="scores")
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="benchmark_scores")
    self_score = models.CharField("own score", max_length=40, blank=True)
    self_reason = models.CharField("why", max_length=500, blank=True)
    evidence = models.TextField("evidence", max_length=1000, blank=True)
    self_scored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    self_scored_at = models.DateTimeField(null=True, blank=True)
    assessor_score = models.CharField("assessor’s score", max_length=40, blank=True)
    assessor_reason = models.CharField("what the assessor says", max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = "score of a benchmark"
        ordering = ["benchmark", "borough"]
        constraints = [
            models.UniqueConstraint(fields=["benchmark", "borough"], name="one_score_of_a_borough_per_benchmark"),
            models.CheckConstraint(condition=Q(self_score="") | ~Q(self_reason=""), name="own_score_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.benchmark}, {self.borough}"

    @property
    def own_words(self) -> str:
        return self.self_score or "Not scored yet"

    @property
    def assessor_words(self) -> str:
        return self.assessor_score or "Not scored yet"

    @property
    def differs(self) -> bool:
        return bool(self.self_score and self.assessor_score) and self.self_score != self.assessor_score

    def step(self) -> int | None:
        """Its place on the scale of its cycle: the assessor's score, or the borough's own where there is none."""
        chosen = self.assessor_score or self.self_score
        return self.benchmark.cycle.steps.index(chosen) if chosen else None


def steps_between(one: BenchmarkScore, other: BenchmarkScore) -> int | None:
    """How far apart two scores are. Of two cycles nothing is worked out: their criteria and scales are their own."""
    if one.benchmark.cycle_id != other.benchmark.cycle_id:
        raise Refused(f"{one.benchmark.cycle} and {other.benchmark.cycle} have criteria and scales of their own.")
    first, second = one.step(), other.step()
    return None if first is None or second is None else second - first


class ActionQuerySet(TrackedQuerySet):
    def editable_by(self, user: Any) -> "ActionQuerySet":
        """Those of the person's own borough."""
        own = boroughs_reached(user, "assurance.self") if may(user, "assurance.self") else Borough.objects.none()
        return self.filter(score__borough__in=own)


class ImprovementAction(TrackedModel):
    """What a borough does about a score, which post does it, and by when."""

    score = models.ForeignKey(BenchmarkScore, models.PROTECT, related_name="actions")
    what = models.CharField("what is done", max_length=300)
    owner = models.CharField("owner, a post", max_length=120)
    due = models.DateField("by when")
    done_on = models.DateField("done on", null=True, blank=True)
    entered_at = models.DateTimeField(default=moment, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["done_on", "due"]

    def __str__(self) -> str:
        return self.what
