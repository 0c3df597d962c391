from typing import Any

from django.conf import settings
from django.db import models

from boards.models import Board
from contest_portal.audit.models import TrackedModel, TrackedQuerySet


class PaperSubscriptionQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "PaperSubscriptionQuerySet":
        """A person's own, and nobody else's."""
        return self.filter(person_id=user.pk)


class PaperSubscription(TrackedModel):
    """Somebody who is told when a board publishes a paper."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    board = models.ForeignKey(Board, models.PROTECT, related_name="paper_subscriptions")

    objects = PaperSubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["board__name"]
        constraints = [models.UniqueConstraint(fields=["person", "board"], name="paper_subscription_once")]

    def __str__(self) -> str:
        return f"Papers of the {self.board}"
