"""Which number is so small that it could point to a person, and the mark that stands in its place.

Which numbers of a table are withheld beside it, so that it cannot be worked out: reports.figures.disclosure.
"""

from django.conf import settings

CONFIDENTIAL = "[c]"
THRESHOLD: int = settings.PORTAL_SMALLEST_NUMBER
EQUALITY_THRESHOLD: int = settings.PORTAL_SMALLEST_EQUALITY


def is_small(value: int, *, threshold: int = THRESHOLD, s2: bool = False) -> bool:
    """Whether a number is withheld for itself. Of individuals of concern even none is."""
    return value < threshold and (s2 or value > 0)
