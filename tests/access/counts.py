"""How many rows a page says there are. A list must not tell, by its count either, of rows that are not theirs."""

import csv
import io
import re
from collections.abc import Callable


def _showing(text: str) -> int:
    """Of the line above a list: “Showing 1 to 25 of 38 activities”, or “No activities”."""
    found = re.search(r'portal-showing">(?:Showing [\d,]+ to [\d,]+ of ([\d,]+)|No )', text)
    return int((found[1] or "0").replace(",", "")) if found else 0


def _lines(text: str) -> int:
    """Rows of a CSV below its heading, which a line with the marking may stand above."""
    rows = [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) if row]
    return sum(len(row) > 1 for row in rows) - 1


def _references(text: str) -> int:
    """Rows of a CSV that name an activity."""
    return len(re.findall(r"\bTST/", text))


def _key_number(text: str) -> int:
    """The first number of the dashboard: London's activities."""
    found = re.search(r"Activities delivered.*?portal-metric__value[^>]*>\s*([\d,]+)", text, re.DOTALL)
    return int(found[1].replace(",", "")) if found else -1


COUNTS: dict[str, Callable[[str], int]] = {
    "activities": _showing,
    "activities_csv": _lines,
    "deliverables": _showing,
    # Of what was done for it.
    "deliverable": _showing,
    "deliverables_csv": _lines,
    "posts": _showing,
    "papers": _showing,
    "said": _showing,
    "said_csv": _lines,
    "archived_papers": _showing,
    "returns": _showing,
    "returns_csv": _lines,
    "returns_board_csv": _lines,
    "grants": _showing,
    "messages": _showing,
    "figure_rows": _showing,
    "figure_rows_csv": _references,
    "dashboards": _key_number,
}
