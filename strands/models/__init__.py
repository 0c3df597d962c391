from strands.models.activity import Activity, ActivityException, ActivityGroupException
from strands.models.areas import DeliverableProgress
from strands.models.assurance import (
    AssuranceCycle,
    AssuranceFramework,
    Benchmark,
    BenchmarkScore,
    ImprovementAction,
)
from strands.models.attachment import Attachment
from strands.models.borough_target import BoroughTarget
from strands.models.crosswalk import ObjectiveLink
from strands.models.deliverable import Deliverable
from strands.models.equality import EqualityCount
from strands.models.equality_assessment import EqualityAssessment
from strands.models.export_job import ExportJob
from strands.models.import_job import ImportJob
from strands.models.joint_work import ActivityComment, PartnerNote
from strands.models.measure import Measure, MeasureVersion, Target
from strands.models.milestone import Milestone, Slip
from strands.models.observation import Observation
from strands.models.opening import ActivityOpening
from strands.models.parts import ActivityFunding, ActivityObjective, ActivityPartner, ActivityShare, ActivityStrand
from strands.models.plan_lines import ActivityDeliverable, ActivityMeasure
from strands.models.risk import Risk
from strands.models.roll_up import RollUp
from strands.models.strategy import Objective, Strand, StrandAim, StrategyVersion
from strands.models.threat import ThreatLevel

__all__ = [
    "Activity",
    "ActivityComment",
    "ActivityDeliverable",
    "ActivityException",
    "ActivityFunding",
    "ActivityGroupException",
    "ActivityMeasure",
    "ActivityObjective",
    "ActivityOpening",
    "ActivityPartner",
    "ActivityShare",
    "ActivityStrand",
    "AssuranceCycle",
    "AssuranceFramework",
    "Attachment",
    "Benchmark",
    "BenchmarkScore",
    "BoroughTarget",
    "Deliverable",
    "DeliverableProgress",
    "EqualityAssessment",
    "EqualityCount",
    "ExportJob",
    "ImportJob",
    "ImprovementAction",
    "Measure",
    "MeasureVersion",
    "Milestone",
    "Objective",
    "ObjectiveLink",
    "Observation",
    "PartnerNote",
    "Risk",
    "RollUp",
    "Slip",
    "Strand",
    "StrandAim",
    "StrategyVersion",
    "Target",
    "ThreatLevel",
]
