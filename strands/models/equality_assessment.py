"""Equality impact assessments: of what, how far they are, and when they have to be looked at again."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from contest_portal.access.grants import may
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from strands.models.measure import within
from strands.models.strategy import Strand, StrategyVersion


class Stage(models.TextChoices):
    PLANNED = "planned", "Planned"
    UNDER_WAY = "under_way", "Under way"
    COMPLETE = "complete", "Complete"
    REPLACED = "replaced", "Replaced by a later one"

    @property
    def colour(self) -> str:
        return {"under_way": "blue", "complete": "green"}.get(self.value, "grey")


class EqualityAssessmentQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "EqualityAssessmentQuerySet":
        return self if may(user, "deliverable.read") else self.none()

    def editable_by(self, user: Any) -> "EqualityAssessmentQuerySet":
        return self.visible_to(user).filter(within(user, "deliverable.edit", "strand"))

    def in_order(self) -> "EqualityAssessmentQuerySet":
        return self.select_related("strand", "supersedes").order_by("-completed_on", "subject")


class EqualityAssessment(TrackedModel):
    subject = models.CharField("what is assessed", max_length=160)
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="equality_assessments")
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.PLANNED)
    owner = models.CharField("owner, a post", max_length=120)
    consultation = models.TextField("how people were asked, and how many answered", max_length=500, blank=True)
    outcome = models.TextField("what came of it", max_length=1000, blank=True)
    completed_on = models.DateField("completed on", null=True, blank=True)
    review_due = models.DateField("to be looked at again by", null=True, blank=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")

    objects = EqualityAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "equality assessment"
        ordering = ["subject"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="complete") | (Q(completed_on__isnull=False) & ~Q(outcome="")),
                name="complete_assessment_has_a_day_and_an_outcome",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("equality_assessment", args=[self.pk])

    @property
    def shown_stage(self) -> Stage:
        return Stage(self.stage)

    def why_review(self, today: dt.date, strategy: StrategyVersion | None) -> str:
        """Why it has to be looked at again; empty when it stands. `strategy` is the edition in force."""
        if self.stage != Stage.COMPLETE or self.completed_on is None:
            return ""
        if strategy is not None and strategy.starts and strategy.starts > self.completed_on:
            return f"{strategy} came into force on {strategy.starts:%-d %B %Y}, after it was completed."
        if self.review_due is not None and self.review_due < today:
            return f"It was to be looked at again by {self.review_due:%-d %B %Y}."
        return ""
