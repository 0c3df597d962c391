"""Another colour for one value than its target gives it: asked for with a reason, and set by the chair or not."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contest_portal.access.grants import may
from strands.models.measure_words import Rag


class ColourState(models.TextChoices):
    ASKED = "asked", "Waits for the chair"
    SET = "set", "Set"
    REFUSED = "refused", "Not set"


class SetColour(models.Model):
    """Part of Observation. A revision of the value is another row, so what was set never outlives its number."""

    other_colour = models.CharField("colour that is asked for", max_length=1, choices=Rag.choices, blank=True)
    colour_state = models.CharField(max_length=7, choices=ColourState.choices, blank=True)
    colour_reason = models.CharField("why another colour", max_length=300, blank=True)
    colour_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    colour_asked_at = models.DateTimeField(null=True, blank=True)
    colour_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    colour_decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(colour_state="") | (~Q(other_colour="") & ~Q(colour_reason="")),
                name="other_colour_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(colour_decided_by=None) | ~Q(colour_decided_by=F("colour_asked_by")),
                name="other_colour_is_set_by_somebody_else",
            ),
        ]

    @property
    def set_colour(self) -> Rag | None:
        return Rag(self.other_colour) if self.colour_state == ColourState.SET else None

    @property
    def colour_words(self) -> str:
        """Green asked for, in the words of a page: what, and why."""
        if not self.colour_state:
            return ""
        return f"{Rag(self.other_colour).label}, {self.get_colour_state_display().lower()}: {self.colour_reason}"

    def why_not_set_colour(self, user: Any) -> str:
        if not may(user, "measure.approve"):
            return "The chair decides on another colour."
        if self.colour_state != ColourState.ASKED:
            return "No other colour is asked for."
        return "You asked for it, so somebody else decides." if self.colour_asked_by_id == user.pk else ""
