"""Which areas owe a return: all 33, the City of London among them."""

from pathlib import Path

from boroughs.reference.rows import keep, read
from reports.models import ReturnAssignment

_FILE = Path(__file__).parent / "return_assignments.csv"


def load() -> int:
    """Load the assignments that have none yet, and return how many rows were saved. Runs within `acting`.

    What the secretary changed since stays: a file does not know who was assigned later.
    """
    there = set(ReturnAssignment.objects.values_list("borough_id", flat=True))
    rows = [row for row in read(_FILE) if row["borough_id"] not in there]
    return keep(ReturnAssignment, rows, "borough_id", "starts")
