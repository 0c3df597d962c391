"""What a measure can be: the answers to the questions of its definition."""

from django.db import models


class MeasureKind(models.TextChoices):
    FLOW = "flow", "Flow: what happened in the period"
    STOCK = "stock", "Stock: how things stood at its end"
    PERCENTAGE = "percentage", "Percentage: a part of a whole"
    YES_NO = "yes_no", "Yes or no"
    ORDINAL = "ordinal", "A step on a scale"


class Direction(models.TextChoices):
    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    BAND = "band", "Within a band"
    NONE = "none", "Neither: it has no colour"


class Frequency(models.TextChoices):
    QUARTERLY = "quarterly", "Each quarter"
    SIX_MONTHLY = "six_monthly", "Twice a year"
    ANNUAL = "annual", "Once a year"


# The quarters of the financial year for which a measure is due.
DUE_IN = {Frequency.QUARTERLY: (1, 2, 3, 4), Frequency.SIX_MONTHLY: (2, 4), Frequency.ANNUAL: (4,)}


class YearRule(models.TextChoices):
    """What several quarters of it come to."""

    SUM = "sum", "They are added up"
    LATEST = "latest", "The latest one stands for them"
    HIGHEST = "highest", "The highest one stands for them"
    LOWEST = "lowest", "The lowest one stands for them"
    RATIO = "ratio", "The parts and the wholes are added up, each for itself"


# Rules that each kind allows, its own first. A stock is never added up, and percentages have no mean.
RULES: dict[MeasureKind, tuple[YearRule, ...]] = {
    MeasureKind.FLOW: (YearRule.SUM, YearRule.LATEST, YearRule.HIGHEST, YearRule.LOWEST),
    MeasureKind.STOCK: (YearRule.LATEST, YearRule.HIGHEST, YearRule.LOWEST),
    MeasureKind.PERCENTAGE: (YearRule.RATIO, YearRule.LATEST, YearRule.HIGHEST, YearRule.LOWEST),
    MeasureKind.YES_NO: (YearRule.LATEST, YearRule.LOWEST),
    MeasureKind.ORDINAL: (YearRule.LATEST, YearRule.HIGHEST, YearRule.LOWEST),
}


class Rag(models.TextChoices):
    """The letter and the words always stand beside the colour."""

    GREEN = "G", "G: within target"
    AMBER = "A", "A: close to target"
    RED = "R", "R: off target"

    @property
    def colour(self) -> str:
        return {"G": "green", "A": "orange", "R": "red"}[self.value]


class Level(models.TextChoices):
    BOROUGH = "borough", "Borough"
    COMMAND_UNIT = "command_unit", "Police command unit"
    LONDON = "london", "London"


class SensitivityClass(models.TextChoices):
    """How small a number may be before it points to a person."""

    S0 = "S0", "S0: events, training, money"
    S1 = "S1", "S1: small groups"
    S2 = "S2", "S2: individuals of concern"


class Source(models.TextChoices):
    """Where the numbers come from. What the log holds is proposed from it, and a person confirms it."""

    TYPED = "typed", "Typed by a person"
    STAFF_TRAINED = "staff_trained", "The log: people who completed training"
    PANELS_HELD = "panels_held", "The log: panels held, of those scheduled"
    DEBRIEFED = "debriefed", "The log: exercises with their debrief within 60 days"
