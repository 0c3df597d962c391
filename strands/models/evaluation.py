from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from strands.models.answers import EqualityMonitoring, EvaluationMethod

MOST = 100


def plain(score: Decimal) -> str:
    """4.1, or 4"""
    return f"{score.normalize():f}"


class Evaluated(models.Model):
    """How it was found out what an activity did: counts and average scores, never anybody's answers."""

    evaluation_method = models.CharField(
        "how it was evaluated", max_length=12, choices=EvaluationMethod.choices, blank=True
    )
    evaluation_responses = models.PositiveIntegerField("forms or answers that came back", null=True, blank=True)
    score_before = models.DecimalField(
        "average score before", max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    score_after = models.DecimalField(
        "average score after", max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    score_scale = models.PositiveSmallIntegerField(
        "highest score possible",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST)],
    )
    equality_monitoring = models.CharField(
        "equality monitoring", max_length=8, choices=EqualityMonitoring.choices, blank=True
    )

    class Meta:
        abstract = True

    @property
    def scores_in_words(self) -> str:
        """2.9 before and 4.1 after, of 5"""
        scores = [(self.score_before, "before"), (self.score_after, "after")]
        said = [f"{plain(score)} {when}" for score, when in scores if score is not None]
        return f"{' and '.join(said)}, of {self.score_scale}" if said else ""

    @property
    def evaluation_in_words(self) -> str:
        method = self.get_evaluation_method_display()
        answers = "" if self.evaluation_responses is None else f"{self.evaluation_responses:,} came back"
        return "; ".join(part for part in (method, answers, self.scores_in_words) if part)


# Of the table that an evaluated thing has: an abstract model cannot hand its constraints to another Meta.
SCORES = [
    models.CheckConstraint(
        condition=Q(score_before__isnull=True, score_after__isnull=True) | Q(score_scale__isnull=False),
        name="activity_scores_have_a_scale",
    ),
    models.CheckConstraint(
        condition=(Q(score_before__isnull=True) | Q(score_before__lte=F("score_scale")))
        & (Q(score_after__isnull=True) | Q(score_after__lte=F("score_scale"))),
        name="activity_scores_within_their_scale",
    ),
]
