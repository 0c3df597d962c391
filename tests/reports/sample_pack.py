"""A pack of two papers and a Part 2 item as it is frozen when it is built."""

from functools import cache
from typing import Any

from reports.rendering import store
from reports.rendering.pdf import document
from tests.reports.sample_snapshot import canonical, sample


@cache
def papers() -> list[bytes]:
    titles = ["Delivery of CONTEST in London", "Exercises of the autumn"]
    return [document(sample(title=title, report=str(number))) for number, title in enumerate(titles, start=5)]


def pack(rendition: str = "public", serial: int = 0) -> dict[str, Any]:
    first, second = (store.keep(paper) for paper in papers())
    items = [
        _item(1, "Apologies for absence"),
        _item(5, "Delivery of CONTEST in London", file=first),
        _item(6, "Exercises of the autumn", file=second),
    ]
    exempt = _item(7, "A dispute with a supplier", part="2", state="exempt", ground="Schedule 12A, paragraph 3")
    follow = _item(None, "Money for next year", state="follow")
    parts = [
        {"label": "Part 1 (public)", "exempt": False, "grounds": [], "items": [*items, follow]},
        {"label": "Part 2 (exempt)", "exempt": True, "grounds": [exempt["ground"]], "items": [exempt]},
    ]
    return _front(rendition, serial) | {"parts": parts}


def _front(rendition: str, serial: int) -> dict[str, Any]:
    return {
        "format": 1,
        "kind": "pack",
        "rendition": rendition,
        "serial": serial,
        "late_reason": "Figures came in late." if serial else "",
        "board": "London CONTEST Board",
        "meeting_day": "2026-09-17",
        "meeting_words": "Thursday 17 September 2026",
        "time": "10:00",
        "venue": "City Hall",
        "members": [
            {"organisation": "Metropolitan Police Service", "office": "Chair", "holder": "Assistant Commissioner",
             "substitutes": "", "kind": "Voting"},
            {"organisation": "London Councils", "office": "", "holder": "Chief Executive",
             "substitutes": "Director", "kind": "Voting"},
        ],
        "quorum": 4,
        "contact": "Board secretary, City Hall",
        "secretariat": "",
        "attending": "Everybody may attend Part 1 of this meeting.",
        "marking": "OFFICIAL",
        "made": {"at": "2026-09-09T09:40:00+00:00", "by": "Board secretary"},
    }  # fmt: skip


def pack_text(rendition: str = "public", serial: int = 0) -> str:
    return canonical(pack(rendition, serial))


def _item(number: int | None, title: str, **more: Any) -> dict[str, Any]:
    found = {"number": number, "part": "1", "title": title, "name": f"report-{number}", "ground": "", "state": ""}
    return found | {"marking": "OFFICIAL", "file": ""} | more


def packed(files: list[str]) -> str:
    """The text of a pack of these stored files, in order."""
    items = [_item(number, f"Delivery, part {number}", file=file) for number, file in enumerate(files, start=1)]
    part = {"label": "Part 1 (public)", "exempt": False, "grounds": [], "items": items}
    return canonical(_front("public", 0) | {"parts": [part]})
