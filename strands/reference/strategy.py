"""Strands, the editions of CONTEST with their aims and objectives, and the published threat levels."""

from pathlib import Path

from boroughs.reference.rows import keep, read
from strands.models import Objective, Strand, StrandAim, StrategyVersion, ThreatLevel

_FILES = Path(__file__).parent


def load() -> int:
    """Load everything of this app and return how many rows were saved. Runs within `acting`."""
    return sum(
        [
            keep(Strand, read(_FILES / "strands.csv"), "key"),
            keep(StrategyVersion, read(_FILES / "strategies.csv"), "key"),
            keep(StrandAim, read(_FILES / "aims.csv"), "strand_id", "strategy_id"),
            keep(Objective, read(_FILES / "objectives.csv"), "code"),
            load_threat_levels(),
        ]
    )


def load_threat_levels() -> int:
    """Only schemes that have no level yet: people enter the changes, and what they entered must stand."""
    known = set(ThreatLevel.objects.values_list("scheme", flat=True))
    rows = [row for row in read(_FILES / "threat_levels.csv") if row["scheme"] not in known]
    return keep(ThreatLevel, rows, "scheme", "starts")
