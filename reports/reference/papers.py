"""The shapes of papers that bodies use."""

import json
from pathlib import Path

from boroughs.reference.rows import keep
from reports.models import PaperTemplate

_FILE = Path(__file__).parent / "paper_templates.json"


def load() -> int:
    """Load the paper templates that are not there yet, and return how many rows were saved. Runs within `acting`.

    What a secretary changed since stays: the file does not know of versions that were started later.
    """
    there = set(PaperTemplate.objects.values_list("key", flat=True))
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    return keep(PaperTemplate, [row for row in rows if row["key"] not in there], "key")
