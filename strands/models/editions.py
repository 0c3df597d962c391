"""The editions of CONTEST as a person reads them: each with its strands, their aims and objectives."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from strands.models.strategy import Objective, Strand, StrandAim, StrategyVersion


@dataclass(frozen=True)
class EditionStrand:
    strand: Strand
    aim: str
    objectives: tuple[Objective, ...]


@dataclass(frozen=True)
class Edition:
    strategy: StrategyVersion
    strands: tuple[EditionStrand, ...]


def editions(user: Any) -> list[Edition]:
    """Newest first. A fixed number of queries, however many editions there are."""
    strands = list(Strand.objects.visible_to(user))
    aims = {(aim.strategy_id, aim.strand_id): aim.text for aim in StrandAim.objects.filter(strand__in=strands)}
    objectives: dict[tuple[str, str], list[Objective]] = defaultdict(list)
    for objective in Objective.objects.visible_to(user).order_by("order"):
        objectives[objective.strategy_id, objective.strand_id].append(objective)
    return [
        Edition(
            strategy,
            tuple(
                EditionStrand(strand, aims.get((strategy.pk, strand.pk), ""), tuple(objectives[strategy.pk, strand.pk]))
                for strand in strands
            ),
        )
        for strategy in StrategyVersion.objects.visible_to(user).order_by("-starts")
    ]
