"""Downloads of the list of activities: exactly what is filtered, and of each only what the person may read."""

import datetime as dt
import io
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from contest_portal.core.markings import Marking, highest
from contest_portal.ui.xlsx import workbook
from strands.figures.known import Known
from strands.models import Activity, ActivityDeliverable, ActivityFunding, ActivityMeasure, ActivityShare
from strands.models.activity_rows import ActivityQuerySet
from strands.rendering import table
from strands.spreadsheets.columns import DEFINITIONS, SHEET

# What a download is made of.
PARTS = (Activity, ActivityShare, ActivityFunding, ActivityDeliverable, ActivityMeasure)
MOST_AT_ONCE = 5000
MOST = 100_000
CHUNK = 2000
DAY = "Day or month"
ANSWER = "An answer to what the kind of activity asks. Empty where the kind does not ask it, or nobody answered."
MEANINGS = {
    "Reference": "Its number in the log of its lead borough and financial year.",
    "Title": "As it was advertised.",
    "Kind": "What kind of activity it is.",
    "Strand": "The strand that it serves first.",
    "Status": "Planned, delivered, postponed or cancelled.",
    "Date": "In words, and as exact as it is known.",
    DAY: "The first day, or the month where the day is not known; empty where only the quarter is.",
    "How exact the date is": "Whether the day, the month or only the quarter is known.",
    "Quarter": "Of the financial year, which begins on 1 April.",
    "Lead borough": "The borough that leads it and logged it.",
    "Boroughs": "All that take part, with their shares in per cent. A joint activity counts once for London.",
    "Joint": "Whether more than one borough takes part.",
    "People": "The number of people who came. Empty where nobody counted, which is not 0.",
    "How exact": "Whether that number is exact, at least, at most, about, or not recorded.",
    "Counted by": "How the people were counted.",
    "Publishable sentence": "What a paper may quote.",
    "Deliverables": "Lines of the plan that it serves, by reference.",
    "Measures": "Measures that it serves, by code.",
    "Marking": "OFFICIAL or OFFICIAL-SENSITIVE.",
    "Session": "Which session of its programme it is. Filled only in rows that you read in full.",
    "Sessions in all": "How many sessions the programme has.",
    "Evaluation": "How it was evaluated, with average scores.",
    "Equality monitoring": "Whether a summary in bands was kept.",
    "Funding used": "Lines of funding, with what each paid.",
    "Cost in pounds": "What was spent on it, whoever paid. Filled only in rows that you read in full.",
    "Internal note": "For the boroughs that take part. Filled only in rows that you read in full.",
}


@dataclass(frozen=True)
class Export:
    activities: list[Activity]
    lines: list[list[Any]]
    marking: str


def _unheard(progress: int) -> None:
    """Nobody waits for an export that is written at once."""


def as_known(known: Known) -> AbstractContextManager[None]:
    """What somebody may see of another day goes by the marking of that day and by today's."""
    return known.of(*PARTS, stricter=True)


def first_keys(found: ActivityQuerySet, most: int) -> list[int]:
    """Keys in the order of the list, and one more than `most` when there are more."""
    return list(found.values_list("pk", flat=True)[: most + 1])


def exported(
    found: ActivityQuerySet, keys: Sequence[int], *, user: Any, report: Callable[[int], None] = _unheard
) -> Export:
    rows: list[Activity] = []
    for start in range(0, len(keys), CHUNK):
        part = found.for_table().in_bulk(keys[start : start + CHUNK])
        rows += [part[key] for key in keys[start : start + CHUNK] if key in part]
        report(5 + 60 * start // len(keys))
    in_full = frozenset(found.read_in_full_by(user).values_list("pk", flat=True))
    return Export(rows, table(rows, in_full), highest(row.marking for row in rows))


def csv_lines(export: Export) -> list[list[Any]]:
    """With the marking above where there is one to heed."""
    return [*([[export.marking]] if export.marking == Marking.OFFICIAL_SENSITIVE else []), *export.lines]


def workbook_of(export: Export) -> bytes:
    heading, *rows = export.lines
    days = heading.index(DAY)
    typed = [[*row[:days], _day(row[days]), *row[days + 1 :]] for row in rows]
    into = io.BytesIO()
    with workbook(into, title=f"{export.marking}: activities", comments=export.marking) as sheets:
        sheets.table(SHEET, [heading, *typed], above=[export.marking])
        meanings = [[name, MEANINGS.get(name, ANSWER)] for name in heading]
        sheets.table(DEFINITIONS, [["Column", "What it means"], *meanings], above=[export.marking])
    return into.getvalue()


def _day(words: str) -> Any:
    """A day as a day; a month, which a spreadsheet has no type for, in words."""
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        return words
