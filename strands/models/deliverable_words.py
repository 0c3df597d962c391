"""What is said of a deliverable: its status before any colour, and how sure its owner is of it."""

from django.db import models


class DeliverableState(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    UNDER_WAY = "under_way", "Under way"
    DELIVERED = "delivered", "Delivered"
    CANCELLED = "cancelled", "Cancelled"


OPEN = (DeliverableState.NOT_STARTED, DeliverableState.UNDER_WAY)


class DeliverableStatus(models.TextChoices):
    """What is read first. Only what is under way, overdue or not, may have a colour beside it."""

    NOT_STARTED = "not_started", "Not started"
    UNDER_WAY = "under_way", "Under way"
    OVERDUE = "overdue", "Overdue"
    DELIVERED = "delivered", "Delivered"
    CANCELLED = "cancelled", "Cancelled"

    @property
    def colour(self) -> str:
        return {"under_way": "blue", "overdue": "magenta", "delivered": "purple"}.get(self.value, "grey")


class Confidence(models.TextChoices):
    """Delivery confidence in the five steps that government uses. The words always stand beside the colour."""

    GREEN = "G", "G: highly likely"
    AMBER_GREEN = "AG", "AG: probable"
    AMBER = "A", "A: feasible, with problems to solve"
    AMBER_RED = "AR", "AR: in doubt"
    RED = "R", "R: out of reach as things stand"

    @property
    def colour(self) -> str:
        return {"G": "green", "AG": "teal", "A": "yellow", "AR": "orange", "R": "red"}[self.value]
