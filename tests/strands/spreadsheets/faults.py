"""Forty faults that people make in spreadsheets, each in a row of its own, with the cell and words that tell of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.strands.spreadsheets.sheets import FIRST, KEYS, cell, row

LOGGED = "BEN/2026-27/0001"


@dataclass(frozen=True)
class Fault:
    key: str
    value: Any
    says: str
    besides: dict[str, Any] | None = None


FAULTS = [
    Fault("starts", "13/05/2026", "text that looks like a date"),
    Fault("starts", "13.05.2026", "text that looks like a date"),
    Fault("starts", "Spring term", "is no date"),
    Fault("starts", 46155, "is no date"),
    Fault("starts", dt.date(1900, 1, 5), "5 January 1900"),
    Fault("starts", dt.date(1999, 5, 13), "must be from 2003"),
    Fault("starts", "31/02/2026", "There is no day"),
    Fault("starts", "", "“Date” is empty"),
    Fault("ends", dt.date(2026, 5, 1), "same as or after"),
    Fault("ends", dt.date(1900, 2, 1), "1 February 1900"),
    Fault("starts", dt.date(2027, 2, 1), "has not come yet"),
    Fault("lead_borough", "Brennt", "Did you mean “Brent”"),
    Fault("lead_borough", "Barking & Dagenam", "Barking and Dagenham"),
    Fault("lead_borough", "Harrow", "you log for"),
    Fault("other_shares", "Harow 40", "Did you mean “Harrow”"),
    Fault("other_shares", "Harrow 30; Ealing 20", "must add up to 100%", {"lead_share": 60}),
    Fault("other_shares", "Brent 40", "has its share in its own column"),
    Fault("lead_share", 140, "from 0.01 to 100"),
    Fault("attendance", -40, "must be 0 or more"),
    Fault("attendance", "approx 200", "Type 200 alone"),
    Fault("attendance", "200+", "Type 200 alone"),
    Fault("attendance", 12.5, "whole number"),
    Fault("attendance_qualifier", "", "Say how exact the number is"),
    Fault("attendance_basis", "", "Say how the people were counted"),
    Fault("attendance_qualifier", "more or less", "not in the list"),
    Fault("kind", "Street party", "is not a kind of activity"),
    Fault("kind", "", "“Kind of activity” is empty"),
    Fault("status", "Cancelled", "Say why it was cancelled"),
    Fault("status", "Done", "is not a status"),
    Fault("title", "W" * 161, "160 is the most"),
    Fault("title", "", "“Title” is empty"),
    Fault("objectives", "2018-PV-1", "not in force"),
    Fault("objectives", "2023-PT-1", "is an objective of"),
    Fault("objectives", "2023-XX-9", "is not the code of an objective"),
    Fault("internal_note", "Her number is AB 12 34 56 C", "National Insurance number"),
    Fault("internal_note", "Ring 07700 900123 first", "looks like"),
    Fault("marking", "SECRET", "no marking that the portal takes"),
    Fault("cost_actual", "about £300", "is no number"),
    Fault("cost_actual", -5, "£0 or more"),
    Fault("partners", "Acme Surveillance Ltd", "is not a partner"),
    Fault("reference", "BEN/2026-27/9999", "You may change no activity"),
    Fault("reference", LOGGED, "stands in row"),
]
# Where the words about the status stand, when they are not beside the fault itself.
ELSEWHERE = {"has not come yet": "status", "Say why it was cancelled": "status_reason"}


def rows() -> list[dict[str, Any]]:
    """A good row for each fault with the fault in it, and one before them that has the reference first."""
    spoilt = [row(n, **{fault.key: fault.value, **(fault.besides or {})}) for n, fault in enumerate(FAULTS, start=2)]
    return [row(1, reference=LOGGED), *spoilt]


def expected() -> dict[str, str]:
    """The words by cell."""
    return {
        cell(ELSEWHERE.get(fault.says, fault.key), FIRST + 1 + at): fault.says for at, fault in enumerate(FAULTS)
    } | {cell("place", LAST + 1): "merged into one", cell("attendance", LAST + 2): "formula"}


LAST = FIRST + len(FAULTS)


def then(book: Workbook, page: Worksheet) -> None:
    """Two more rows: with merged cells, and with a formula."""
    for number in (1, 2):
        for key, value in row(100 + number).items():
            if isinstance(value, dt.date):
                page.write_datetime(
                    LAST + number - 1, KEYS.index(key), value, book.add_format({"num_format": "d/m/yyyy"})
                )
            elif not (number == 2 and key == "attendance"):
                page.write(LAST + number - 1, KEYS.index(key), value)
    place = KEYS.index("place")
    page.merge_range(LAST, place, LAST, place + 1, "Civic Centre")
    page.write_formula(LAST + 1, KEYS.index("attendance"), "=20+20", None, 40)
