"""Short forms and what they stand for, from one day to another."""

from pathlib import Path

from boroughs.reference.rows import keep, read
from reports.models import Acronym

_FILE = Path(__file__).parent / "acronyms.csv"


def load() -> int:
    """Load the short forms that are not there yet, and return how many rows were saved. Runs within `acting`.

    What somebody put right or added since stays."""
    there = set(Acronym.objects.values_list("short", flat=True))
    return keep(Acronym, [row for row in read(_FILE) if row["short"] not in there], "short", "expansion")
