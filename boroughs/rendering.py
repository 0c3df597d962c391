"""Posts and money as the sheets of a workbook, with what each column means."""

import io
from collections.abc import Iterator
from typing import Any

from boroughs.figures.money import Money
from boroughs.figures.staffing import Staffing
from contest_portal.core.markings import Marking
from contest_portal.ui.formats import day as in_words
from contest_portal.ui.xlsx import workbook

Line = list[Any]
MEANINGS = [
    ["FTE", "Full-time equivalents. Of an area: its share in posts, so that a shared post counts once for London."],
    ["Posts of an area", "Those in which it has a share; a shared post is one of each of its areas."],
    ["Over the quarter", "Shares weighted by the days of the quarter on which they held."],
    ["Not filled", "Vacant, or kept open, on that day."],
    ["Expected", "What is expected of the grant in its financial year, in pounds."],
    ["Confirmed", "What of this is confirmed in writing, and until which day."],
    ["Received", "What came in by that day."],
    ["Posts paid from it", "Recorded as paid from the line on that day."],
]


def resources_workbook(staff: Staffing, money: Money, kind: str) -> bytes:
    above = [Marking.OFFICIAL.value, f"As at {in_words(staff.day)}. {kind}."]
    sheets_of = {
        "Areas": list(_areas(staff)),
        "Kinds": list(_kinds(staff)),
        "Posts": list(_posts(staff)),
        "Money": list(_money(money)),
        "Definitions": [["Word", "What it means"], *MEANINGS],
    }
    into = io.BytesIO()
    with workbook(into, title="Posts and money", comments=Marking.OFFICIAL.value) as sheets:
        for name, lines in sheets_of.items():
            sheets.table(name, lines, above=above)
    return into.getvalue()


def _areas(staff: Staffing) -> Iterator[Line]:
    yield ["Area", "GSS code", "Posts of an area", "FTE", "Over the quarter", "Not filled", "Shares posts with"]
    for row in staff.boroughs:
        area = row.borough
        shared = ", ".join(row.shared_with)
        yield [area.name, area.pk, row.posts, row.fte, row.over_quarter, row.vacant, shared]
    yield ["London", "", len(staff.posts), staff.fte, staff.over_quarter, staff.vacant, ""]


def _kinds(staff: Staffing) -> Iterator[Line]:
    yield ["Kind", "Posts", "FTE", "Not filled", "Areas with a share"]
    for row in staff.kinds:
        yield [row.label, row.posts, row.fte, row.vacant, row.covered]


def _posts(staff: Staffing) -> Iterator[Line]:
    yield ["Post", "Kind", "State", "FTE", "Shares"]
    for post in staff.posts:
        shares = ", ".join(f"{share.borough.name} {share.share.normalize():f}" for share in post.shares_then)
        yield [post.number, post.get_kind_display(), post.state.label, post.fte, shares or "All of London"]


def _money(money: Money) -> Iterator[Line]:
    yield [
        *("Grant", "Financial year", "Funder", "For", "Expected", "Confirmed", "Confirmed until", "Received"),
        "Posts paid from it",
    ]
    for row in money.lines:
        line = row.line
        area = str(line.borough) if line.borough else "All London"
        about = [line.grant, line.financial_year, str(line.funder), area]
        yield [*about, line.expected, line.confirmed, line.confirmed_until, line.received, len(row.posts)]
    totals = money.totals
    yield ["All lines", "", "", "", totals["expected"], totals["confirmed"], None, totals["received"], None]
