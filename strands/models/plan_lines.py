"""The lines of the plan that an activity serves: what was promised for the year, and what is counted."""

from django.db import models

from contest_portal.audit.models import TrackedModel
from strands.models.deliverable import Deliverable
from strands.models.measure import Measure


class ActivityDeliverable(TrackedModel):
    activity = models.ForeignKey("Activity", models.PROTECT, related_name="deliverable_links")
    deliverable = models.ForeignKey(Deliverable, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = "deliverable"
        constraints = [models.UniqueConstraint(fields=["activity", "deliverable"], name="one_link_per_deliverable")]

    def __str__(self) -> str:
        return str(self.deliverable)


class ActivityMeasure(TrackedModel):
    activity = models.ForeignKey("Activity", models.PROTECT, related_name="measure_links")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = "measure"
        constraints = [models.UniqueConstraint(fields=["activity", "measure"], name="one_link_per_measure")]

    def __str__(self) -> str:
        return str(self.measure)
