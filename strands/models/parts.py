"""What belongs to an activity: its boroughs with their shares, its objectives, partners and other strands."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from boroughs.models import Borough, FundingLine, Organisation
from contest_portal.audit.models import TrackedModel
from contest_portal.ui.formats import pounds
from strands.models.strategy import Objective, Strand


def per_cent(share: Decimal) -> str:
    """The number without the zeros that the column adds."""
    return f"{share.normalize():f}"


class ActivityShare(TrackedModel):
    """A borough's part in an activity, in per cent. The shares of one activity sum to 100."""

    activity = models.ForeignKey("Activity", models.PROTECT, related_name="shares")
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="shares", db_index=False)
    percent = models.DecimalField(
        max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))]
    )

    class Meta:
        verbose_name = "borough share"
        ordering = ["-percent", "borough__name"]
        indexes = [models.Index(fields=["borough"], name="share_borough")]
        constraints = [
            models.UniqueConstraint(fields=["activity", "borough"], name="one_share_per_borough"),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="share_within_100_per_cent"),
        ]

    def __str__(self) -> str:
        return f"{self.borough} {self.in_words}"

    @property
    def in_words(self) -> str:
        """60%, or 33.33%"""
        return f"{per_cent(self.percent)}%"


class ActivityObjective(TrackedModel):
    activity = models.ForeignKey("Activity", models.PROTECT, related_name="objective_links")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = "objective"
        constraints = [models.UniqueConstraint(fields=["activity", "objective"], name="one_link_per_objective")]

    def __str__(self) -> str:
        return str(self.objective)


class ActivityPartner(TrackedModel):
    activity = models.ForeignKey("Activity", models.PROTECT, related_name="partner_links")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = "partner"
        constraints = [models.UniqueConstraint(fields=["activity", "organisation"], name="one_link_per_partner")]

    def __str__(self) -> str:
        return str(self.organisation)


class ActivityStrand(TrackedModel):
    """A strand that an activity also serves, beside its own."""

    activity = models.ForeignKey("Activity", models.PROTECT, related_name="strand_links")
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = "other strand"
        constraints = [models.UniqueConstraint(fields=["activity", "strand"], name="one_link_per_strand")]

    def __str__(self) -> str:
        return str(self.strand)


class ActivityFunding(TrackedModel):
    """What an activity used of a line of funding; no amount where only the line is known."""

    activity = models.ForeignKey("Activity", models.PROTECT, related_name="funding")
    line = models.ForeignKey(FundingLine, models.PROTECT, related_name="activity_funding")
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "funding used"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "line"], name="one_amount_per_line"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="funding_used_not_below_0"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {pounds(self.amount)}" if self.amount is not None else str(self.line)
