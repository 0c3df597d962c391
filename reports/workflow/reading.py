"""Who read what is OFFICIAL-SENSITIVE."""

from typing import Any

from contest_portal.audit.models import AccessRecord
from contest_portal.core.markings import Marking
from reports.models import Paper


def record_reading(paper: Paper, action: str, *, by: Any) -> None:
    """Keep that somebody read the paper, if it is OFFICIAL-SENSITIVE."""
    if paper.marking == Marking.OFFICIAL_SENSITIVE:
        AccessRecord(user=by, action=action, what=f"paper {paper.pk}, {paper}"[:200]).save()
