"""The shapes of papers that bodies use."""

import json
from pathlib import Path

from boroughs.reference.rows import keep
from reports.models import PaperTemplate

_FILE = Path(__file__).parent / "paper_templates.json"


def load() -> int:
    """Load the paper templates and return how many rows were saved. Runs within `acting`."""
    return keep(PaperTemplate, json.loads(_FILE.read_text(encoding="utf-8")), "key")
