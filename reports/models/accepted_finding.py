from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from reports.models.paper import Paper


class AcceptedFindingQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "AcceptedFindingQuerySet":
        """Of papers that the person sees; what is about an exempt part, of those whose exempt parts
        are for them, whether they have any or not."""
        whole = Q(exempt=False) | Q(paper__in=Paper.objects.exempt_read_by(user))
        return self.filter(whole, paper__in=Paper.objects.visible_to(user))


class AcceptedFinding(TrackedModel):
    """Something that the checker found and somebody leaves as it is, with a reason.

    `digest` is over the family, the finding's words and the exact text that it is about: it means nothing any more
    once one of them has changed.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="accepted_findings")
    family = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    words = models.TextField()
    exempt = models.BooleanField("about an exempt part", default=False)
    reason = models.CharField("why it may stay", max_length=300)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    objects = AcceptedFindingQuerySet.as_manager()

    class Meta:
        ordering = ["accepted_at"]
        constraints = [models.UniqueConstraint(fields=["paper", "digest"], name="finding_accepted_once")]

    def __str__(self) -> str:
        return self.words
