"""What the template of a dashboard's PDF places: its pieces as they were frozen, with tables cut to size."""

import datetime as dt
import hashlib
import json
from typing import Any

from reports.rendering.contents import MOST_COLUMNS, Contents, in_our_fonts, moment, parts_of, short

KIND = "dashboard"
FAR_TOO_MANY = 10


class PageContents:
    """`context` is that of the template, `charts` the drawings that it names as assets."""

    template = "reports/document/dashboard.html"

    def __init__(self, snapshot_text: str) -> None:
        self.sha256 = hashlib.sha256(snapshot_text.encode()).hexdigest()
        self.snapshot: dict[str, Any] = json.loads(snapshot_text)
        self.charts: dict[str, str] = {}
        self._tables = 0

    def numbers(self) -> None:
        """They are on the page itself, as a download of their own."""

    def context(self) -> dict[str, Any]:
        page, asked = self.snapshot["page"], self.snapshot["asked"]
        as_at = moment(dt.datetime.fromisoformat(asked["as_at"]))
        return {
            "page": page,
            "facts": [*page["chosen"], ["Data as at", as_at], ["Made for", asked["by"]]],
            "as_at": as_at,
            "stamp": dt.datetime.fromisoformat(asked["at"]).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "marking": page["marking"],
            "hash": short(self.sha256),
            "sha256": self.sha256,
            "pieces": [self._piece(piece) for piece in self.snapshot["pieces"]],
        }

    def _piece(self, piece: dict[str, Any]) -> dict[str, Any]:
        if piece["kind"] != "table":
            return piece
        self._tables += 1
        placed = {"parts": list(parts_of(piece)), "width": width_of(piece), "number": self._tables}
        if "svg" in piece:
            name = f"chart-{self._tables}"
            self.charts[name] = in_our_fonts(piece["svg"])
            placed |= {"asset": name}
        return piece | placed


def width_of(piece: dict[str, Any]) -> str:
    """How much smaller a table is set, to stay on the page."""
    columns = len(piece["columns"])
    return "widest" if columns > FAR_TOO_MANY else "wide" if columns > MOST_COLUMNS else ""


def contents_of(snapshot_text: str) -> Contents | PageContents:
    """A snapshot says itself what it is of; those of papers, which came first, say nothing."""
    is_page = json.loads(snapshot_text).get("kind") == KIND
    return PageContents(snapshot_text) if is_page else Contents(snapshot_text)
