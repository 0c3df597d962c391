"""What somebody clears or approves of a paper: its own words, and not the figures in them, which move by themselves."""

import hashlib
import json
from typing import Any

from reports.models.exempt_cell import ExemptCell
from reports.models.paper import Block, Paper

# What is told of a row and is no part of what its readers read. Whatever else a row has counts as words of the paper.
_NOT_OF_BLOCK = frozenset({"version", "position", "paper_id", "rested_on"})
_NOT_OF_PAPER = frozenset(
    {"version", "status", "author_id", "marking", "open_marking", "has_exempt", "summary_rested_on"}
)
_NOT_OF_CELL = frozenset({"version", "paper_id"})


def words_sha256(paper: Paper) -> str:
    """Changes with every word, place, marking and ground, and with the order; a live figure counts by its key."""
    blocks = Block.objects.filter(paper_id=paper.pk).order_by("section", "heading", "position", "id")
    cells = ExemptCell.objects.filter(paper_id=paper.pk).order_by("pk")
    told = [
        _columns(paper, _NOT_OF_PAPER),
        [_columns(block, _NOT_OF_BLOCK) for block in blocks],
        [_columns(cell, _NOT_OF_CELL) for cell in cells],
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _columns(row: Any, without: frozenset[str]) -> dict[str, Any]:
    names = (field.attname for field in row._meta.concrete_fields)
    return {name: getattr(row, name) for name in names if name not in without}
