"""Security markings, one of three axes that are never mixed (the others: meeting status, FOI stance).

OFFICIAL-SENSITIVE is the most that the portal accepts; nothing higher can be entered.
"""

from collections.abc import Iterable

from django.db import models


class Marking(models.TextChoices):
    OFFICIAL = "OFFICIAL", "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"


def highest(markings: Iterable[str]) -> str:
    """The marking of a page or paper: that of its most sensitive part."""
    if Marking.OFFICIAL_SENSITIVE in set(markings):
        return Marking.OFFICIAL_SENSITIVE
    return Marking.OFFICIAL
