"""Risks and equality assessments as they are entered and change, with their reasons."""

from typing import Any

from django.db import transaction

from contest_portal.audit.acting import acting
from strands.models import EqualityAssessment, Risk, Strand
from strands.models.equality_assessment import Stage


@transaction.atomic
def add_risk(risk: Risk, *, by: Any) -> Risk:
    """With the next number of its borough, or of London: a number tells nothing of the risks of others."""
    list(Strand.objects.select_for_update().order_by("key"))
    begin = f"RK/{risk.borough.code if risk.borough else 'LDN'}/"
    risk.reference = f"{begin}{Risk.objects.filter(reference__startswith=begin).count() + 1:02d}"
    with acting(by):
        risk.save()
    return risk


@transaction.atomic
def change_risk(risk: Risk, *, reason: str, by: Any) -> Risk:
    with acting(by, reason=reason):
        risk.save()
    return risk


@transaction.atomic
def save_assessment(assessment: EqualityAssessment, *, by: Any) -> EqualityAssessment:
    """Once it is complete, the one that it takes the place of is replaced."""
    with acting(by):
        assessment.save()
        before = assessment.supersedes
        if before is not None and assessment.stage == Stage.COMPLETE and before.stage != Stage.REPLACED:
            before.stage = Stage.REPLACED
            before.save()
    return assessment
