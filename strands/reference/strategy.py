"""Strands, the editions of CONTEST with their aims and objectives, and the published threat levels."""

from pathlib import Path

from boroughs.reference.rows import keep, read
from strands.models import (
    AssuranceCycle,
    AssuranceFramework,
    Benchmark,
    Objective,
    Strand,
    StrandAim,
    StrategyVersion,
    ThreatLevel,
)

_FILES = Path(__file__).parent


def load() -> int:
    """Load everything of this app and return how many rows were saved. Runs within `acting`."""
    return sum(
        [
            keep(Strand, read(_FILES / "strands.csv"), "key"),
            load_strategies(),
            keep(StrandAim, read(_FILES / "aims.csv"), "strand_id", "strategy_id"),
            keep(Objective, read(_FILES / "objectives.csv"), "code"),
            load_threat_levels(),
            load_cycles(),
        ]
    )


def load_strategies() -> int:
    """Only editions that are not there: people enter the next one, and the end of the one before must stand."""
    known = set(StrategyVersion.objects.values_list("key", flat=True))
    return keep(StrategyVersion, [row for row in read(_FILES / "strategies.csv") if row["key"] not in known], "key")


def load_cycles() -> int:
    """Frameworks and cycles with their criteria, where they are not there yet: what people changed must stand."""
    there = set(AssuranceFramework.objects.values_list("key", flat=True))
    rows = [row for row in read(_FILES / "assurance_frameworks.csv") if row["key"] not in there]
    saved = keep(AssuranceFramework, rows, "key")
    known = set(AssuranceCycle.objects.values_list("key", flat=True))
    file = read(_FILES / "assurance_cycles.csv")
    saved += keep(AssuranceCycle, [row for row in file if row["key"] not in known], "key")
    ids = dict(AssuranceCycle.objects.values_list("key", "pk"))
    rows = [row for row in read(_FILES / "benchmarks.csv") if row["cycle"] not in known]
    criteria = [{"cycle_id": ids[row.pop("cycle")], **row} for row in rows]
    return saved + keep(Benchmark, criteria, "cycle_id", "number")


def load_threat_levels() -> int:
    """Only schemes that have no level yet: people enter the changes, and what they entered must stand."""
    known = set(ThreatLevel.objects.values_list("scheme", flat=True))
    rows = [row for row in read(_FILES / "threat_levels.csv") if row["scheme"] not in known]
    return keep(ThreatLevel, rows, "scheme", "starts")
