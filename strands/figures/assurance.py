"""How boroughs stand in one cycle of assurance. Nothing here reaches over two cycles."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from boroughs.models import Borough
from strands.models import AssuranceCycle, Benchmark, BenchmarkScore


@dataclass(frozen=True)
class BoroughScores:
    """One borough against each criterion, in their order; None where nothing is recorded."""

    borough: Borough
    scores: tuple[BenchmarkScore | None, ...]

    @property
    def scored(self) -> int:
        return sum(score is not None and bool(score.self_score) for score in self.scores)


@dataclass(frozen=True)
class CycleBoard:
    cycle: AssuranceCycle
    benchmarks: tuple[Benchmark, ...]
    rows: tuple[BoroughScores, ...]

    @property
    def sentence(self) -> str:
        """3 of 33 areas have scored themselves against all 8 criteria."""
        whole = sum(row.scored == len(self.benchmarks) for row in self.rows)
        noun = "area" if len(self.rows) == 1 else "areas"
        have = "has" if whole == 1 else "have"
        return (
            f"{whole} of {len(self.rows)} {noun} {have} scored themselves against all {len(self.benchmarks)} criteria."
        )

    @property
    def tallies(self) -> list[tuple[Benchmark, list[tuple[str, int]]]]:
        """Of each criterion how many areas stand on each step, by the assessor's score or else their own."""
        found = []
        for at, benchmark in enumerate(self.benchmarks):
            scores = (row.scores[at] for row in self.rows)
            steps = Counter((each.assessor_score or each.self_score) for each in scores if each is not None)
            found.append((benchmark, [(step, steps[step]) for step in self.cycle.steps]))
        return found


def board_of_cycle(cycle: AssuranceCycle, boroughs: Iterable[Borough], scores: Iterable[BenchmarkScore]) -> CycleBoard:
    """Of the boroughs and scores that a person may see."""
    benchmarks = tuple(cycle.benchmarks.all())
    found: dict[tuple[Any, int], BenchmarkScore] = {(score.borough_id, score.benchmark_id): score for score in scores}
    rows = (BoroughScores(one, tuple(found.get((one.pk, each.pk)) for each in benchmarks)) for one in boroughs)
    return CycleBoard(cycle, benchmarks, tuple(rows))
