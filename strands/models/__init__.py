from strands.models.activity import (
    Activity,
    ActivityException,
    ActivityGroupException,
    ActivityObjective,
    ActivityPartner,
    ActivityShare,
    ActivityStrand,
)
from strands.models.strategy import Objective, Strand, StrandAim, StrategyVersion
from strands.models.threat import ThreatLevel

__all__ = [
    "Activity",
    "ActivityException",
    "ActivityGroupException",
    "ActivityObjective",
    "ActivityPartner",
    "ActivityShare",
    "ActivityStrand",
    "Objective",
    "Strand",
    "StrandAim",
    "StrategyVersion",
    "ThreatLevel",
]
