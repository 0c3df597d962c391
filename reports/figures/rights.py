"""Which figures somebody may read, over which areas."""

from typing import Any

from contest_portal.access.grants import may
from reports.figures.definitions import Definition
from reports.figures.parts import WHOLE, Part
from reports.figures.registry import FIGURES

# Over all of London it says how many returns are in; over some areas it would say whose.
RETURNS = "return.status"


def right_to_read(definition: Definition, part: Part = WHOLE) -> str:
    return RETURNS if definition.measure.key == "returns" and part.query else definition.permission


def may_read(user: Any, definition: Definition, part: Part = WHOLE) -> bool:
    return may(user, right_to_read(definition, part)) and may(user, definition.permission)


def readable(user: Any, part: Part) -> list[str]:
    """The figures of a dashboard over that part, for this reader."""
    found = {key: definition for key, definition in FIGURES.items() if may_read(user, definition, part)}
    return [key for key, definition in found.items() if not (part.strand and definition.measure.key == "returns")]
