"""What a new paper says before its author has written a word: only what figures can say.

Everything else is for the author; until then the template's nil sentences stand.
"""

from dataclasses import dataclass

from reports.models import BlockKind


@dataclass(frozen=True)
class Piece:
    """`content` is the text, or the key of the figure for a table or chart."""

    section: str
    heading: str
    kind: str
    content: str


SUMMARY = (
    "This report tells the Board what partners delivered under CONTEST in [[quarter]], by strand and by borough: "
    "[[activities]] activities in all."
)
_COVERS = (
    "This report covers [[quarter]]. It is drawn from the activity log that the boroughs keep and from their returns "
    "for the quarter, of which [[returns_accepted]] had been accepted when it was issued."
)
_PERFORMANCE = (
    "In [[quarter]] partners delivered [[activities]] activities in [[boroughs_active]] local authority areas, with "
    "[[attendance]] attendances."
)
_BOROUGHS = (
    "The table shows activity in each borough. A joint activity is in the row of every borough that took part and is "
    "counted once for London, so the rows add up to more than the total."
)

FIRST_DRAFT = [
    Piece(
        "recommendation",
        "",
        BlockKind.RECOMMENDATION,
        "the Board note the activity delivered in [[quarter]] and the figures in this report.",
    ),
    Piece("supporting", "", BlockKind.PARAGRAPH, _COVERS),
    Piece("supporting", "deliverables", BlockKind.PARAGRAPH, _PERFORMANCE),
    Piece("supporting", "deliverables", BlockKind.CHART, "activities_by_strand"),
    Piece("supporting", "boroughs", BlockKind.PARAGRAPH, _BOROUGHS),
    Piece("supporting", "boroughs", BlockKind.TABLE, "activities_by_borough"),
]
