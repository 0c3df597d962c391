"""What stands at the head of a paper, as page and PDF both place it."""

from typing import Any

# Of papers that were issued before shapes differed in it.
_BEFORE: dict[str, Any] = {
    "series": "Report",
    "day_label": "Date",
    "by_label": "By",
    "front": [],
    "disclaimer": "",
    "has_summary": True,
    "summary_heading": "Summary",
}
_NO_NUMBER_YET = "given when it is issued"


def front_of(paper: dict[str, Any]) -> dict[str, Any]:
    """`paper` is that part of a composition. `facts` are its lines, as (label, words)."""
    front = {name: paper.get(name, usual) for name, usual in _BEFORE.items()}
    facts = [(front["series"], paper["report"] or _NO_NUMBER_YET), (front["day_label"], paper["meeting_words"])]
    facts += [(front["by_label"], paper["by_line"])] if front["by_label"] else []
    return front | {"facts": [*facts, *(tuple(line) for line in front["front"])]}
