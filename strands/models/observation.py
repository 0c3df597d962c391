"""One value of a measure for one quarter. A later correction is a revision beside it, never a change of it."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contest_portal.access.grants import may, scope_of
from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.quantity import Qualifier, Quantity
from contest_portal.core.quarters import QuarterField
from strands.models.measure import Measure, MeasureVersion, within
from strands.models.measure_words import Direction, MeasureKind
from strands.models.set_colour import SetColour


class ObservationState(models.TextChoices):
    SUPPLIED = "supplied", "Waits to be checked"
    CHECKED = "checked", "Provisional"
    APPROVED = "approved", "Final"

    @property
    def colour(self) -> str:
        return {"supplied": "blue", "checked": "yellow"}.get(self.value, "green")


# Allowed moves. What turns out to be wrong is entered again, as a revision with its reason.
MOVES: dict[ObservationState, tuple[ObservationState, ...]] = {
    ObservationState.SUPPLIED: (ObservationState.CHECKED,),
    ObservationState.CHECKED: (ObservationState.APPROVED,),
    ObservationState.APPROVED: (),
}


class ObservationQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "ObservationQuerySet":
        """Nobody counts on what is not checked yet: it is for those who work on the measures of the strand."""
        if not may(user, "measure.read"):
            return self.none()
        own = within(user, "measure.draft.read", "measure__strand")
        return self.filter(own | ~Q(state=ObservationState.SUPPLIED))

    def counted(self) -> "ObservationQuerySet":
        return self.exclude(state=ObservationState.SUPPLIED)


class Observation(SetColour, TrackedModel):
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="observations")
    measure_version = models.ForeignKey(MeasureVersion, models.PROTECT, related_name="observations")
    quarter = QuarterField()
    as_at = models.DateField("as at", null=True, blank=True)
    months = models.PositiveSmallIntegerField("months of the quarter that it covers", null=True, blank=True)
    revision = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField("reason for the revision", max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=ObservationState.choices, default=ObservationState.SUPPLIED)
    value = models.PositiveIntegerField(null=True, blank=True)
    qualifier = models.CharField(max_length=12, choices=Qualifier.choices, default=Qualifier.EXACT)
    numerator = models.PositiveIntegerField(null=True, blank=True)
    denominator = models.PositiveIntegerField(null=True, blank=True)
    received = models.PositiveSmallIntegerField("sources received", default=1)
    expected = models.PositiveSmallIntegerField("sources expected", default=1)
    commentary = models.TextField(max_length=1000, blank=True)
    supplied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    supplied_at = models.DateTimeField(default=moment, editable=False)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter", "-revision"]
        constraints = [
            *SetColour.Meta.constraints,
            models.UniqueConstraint(fields=["measure", "quarter", "revision"], name="one_observation_per_revision"),
            models.CheckConstraint(
                condition=Q(numerator=None, denominator=None) | Q(denominator__gt=0, numerator__lte=F("denominator")),
                name="observation_is_a_part_of_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | (~Q(approved_by=F("supplied_by")) & ~Q(approved_by=F("checked_by"))),
                name="observation_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(months=None) | Q(months__gte=1, months__lte=2), name="observation_of_a_part_of_a_quarter"
            ),
            models.CheckConstraint(condition=Q(revision=1) | ~Q(reason=""), name="observation_revised_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_version}, {self.quarter.short}"

    @property
    def is_revised(self) -> bool:
        return self.revision > 1

    @property
    def is_complete(self) -> bool:
        return self.received >= self.expected and self.months is None

    @property
    def period_in_words(self) -> str:
        """in April and May 2011, or as at 31 May 2011; empty where it is of the whole quarter, or of its last day."""
        if self.as_at is not None and self.as_at != self.quarter.end:
            return f"as at {self.as_at:%-d %B %Y}"
        if self.months is None:
            return ""
        first = self.quarter.start
        names = [f"{first.replace(month=first.month + step):%B}" for step in range(self.months)]
        return f"in {' and '.join(names)} {first.year}"

    @property
    def may_have_colour(self) -> bool:
        return self.measure_version.direction != Direction.NONE

    @property
    def number(self) -> Decimal | None:
        """What is compared with the target: of a percentage, the part of the whole in per cent."""
        if self.measure_version.kind == MeasureKind.PERCENTAGE:
            return percent(self.numerator, self.denominator)
        return None if self.value is None else Decimal(self.value)

    @property
    def quantity(self) -> Quantity:
        return Quantity(self.value, self.qualifier)

    def why_not_check(self, user: Any) -> str:
        scope = scope_of(user, "measure.check")
        if not (scope.everywhere or self.measure.strand_id in scope.strands):
            return "You do not check this measure."
        if self.state != ObservationState.SUPPLIED:
            return "It has been checked already."
        return "You supplied this value, so somebody else checks it." if self.supplied_by_id == user.pk else ""

    def why_not_approve(self, user: Any) -> str:
        """But for a commentary that is missing, which only the colours can tell."""
        if not may(user, "measure.approve"):
            return "The chair approves what becomes final."
        if self.state != ObservationState.CHECKED:
            return f"It cannot be approved: {self.get_state_display().lower()}."
        if user.pk in (self.supplied_by_id, self.checked_by_id):
            return "You supplied or checked this value, so somebody else approves it."
        return ""


def percent(numerator: int | None, denominator: int | None) -> Decimal | None:
    """To one place behind the point; None of nothing."""
    if numerator is None or not denominator:
        return None
    return (Decimal(100 * numerator) / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)
