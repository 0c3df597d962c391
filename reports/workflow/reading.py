"""Who read what is OFFICIAL-SENSITIVE, and what of a paper's history is not for everybody who reads its drafts."""

from typing import Any
from uuid import UUID

from contest_portal.audit.models import AccessRecord
from contest_portal.core.markings import Marking
from reports.models import Block, PackFile, Paper


def record_reading(paper: Paper, action: str, *, by: Any) -> None:
    """Keep that somebody read the paper, if it is OFFICIAL-SENSITIVE."""
    if paper.marking_for(by) == Marking.OFFICIAL_SENSITIVE:
        AccessRecord(user=by, action=action, what=f"paper {paper.pk}, {paper}"[:200]).save()


def record_pack_reading(file: PackFile, *, by: Any) -> None:
    """The same of a pack, which is as sensitive as the most sensitive paper in it."""
    if file.marking == Marking.OFFICIAL_SENSITIVE:
        AccessRecord(user=by, action="download", what=f"pack {file.pk}, {file}"[:200]).save()


def never_exempt(paper: Paper) -> set[UUID]:
    """Blocks of the paper, those taken out included, that were open to every reader from their first word on."""
    images = Block.history.filter(paper_id=paper.pk)
    ever = set(images.exclude(exempt_ground="").values_list("id", flat=True))
    return set(images.values_list("id", flat=True)) - ever


def hidden_fields(paper: Paper) -> list[str]:
    """Fields of the paper's own row whose history is for those who read it whole."""
    was_exempt = Paper.history.filter(id=paper.pk).exclude(summary_ground="").exists()
    kept = ["summary", "summary_ground", "summary_interest"] if was_exempt else []
    return [*kept, "marking", "has_exempt", "open_marking"]
