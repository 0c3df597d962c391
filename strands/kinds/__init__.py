"""Kinds of activity, by strand. A kind is a few lines in the module of its strand: no table, form or page of its own.

One that is no longer used keeps its lines and gets a last day, so that what was logged under it still reads and edits.
"""

from strands.kinds import prepare, prevent, protect, pursue
from strands.kinds.kind import Kind

KINDS: dict[str, Kind] = {kind.key: kind for module in (prevent, protect, prepare, pursue) for kind in module.KINDS}


def kind_choices() -> list[tuple[str, str]]:
    """Every kind that there is or was. A function, so that a new kind needs no migration either."""
    return [(kind.key, kind.name) for kind in KINDS.values()]


__all__ = ["KINDS", "Kind", "kind_choices"]
