from django.db import models
from django.db.models import Q

from boroughs.models import Borough
from contest_portal.audit.models import TrackedModel
from contest_portal.core.quarters import QuarterField
from strands.models.measure import MeasureVersion


class BoroughTarget(TrackedModel):
    """What one borough is to reach in a quarter, where a measure is published by borough. London's stands by itself."""

    measure_version = models.ForeignKey(MeasureVersion, models.PROTECT, related_name="borough_targets")
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="targets")
    quarter = QuarterField()
    value = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = "target of a borough"
        ordering = ["quarter", "borough__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure_version", "borough", "quarter"], name="one_target_per_borough_and_quarter"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="borough_target_not_below_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_version.measure.code}, {self.borough}, {self.quarter}"
