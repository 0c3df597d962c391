"""Excel workbooks. Numbers and days are written as such, and a text is never a formula, whatever it starts with."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from contest_portal.ui.csv import FORMULA

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY = "dd/mm/yyyy"
WIDEST = 48
NAVY, PAPER, QUIET = "#14213D", "#F4F6F9", "#4A5468"
# No part of a workbook is made up by what stands in a cell.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": DAY,
}


class Sheets:
    """A workbook being written, with the formats that its sheets share."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"valign": "top", **properties})
        return self._formats[key]

    def write(self, sheet: Worksheet, row: int, column: int, value: Any, **properties: Any) -> None:
        """One cell, by its type. A text that a spreadsheet may take for a formula is kept as text by a hidden mark."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.format(**properties))
        elif isinstance(value, bool):
            sheet.write_string(row, column, "Yes" if value else "No", self.format(**properties))
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(row, column, float(value), self.format(**properties))
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, column, value, self.format(num_format=DAY, **properties))
        else:
            words = str(value)
            if words.lstrip(" ").startswith(FORMULA):
                properties["quote_prefix"] = True
            sheet.write_string(row, column, words, self.format(**properties))

    def table(self, name: str, lines: Sequence[Sequence[Any]], *, above: Sequence[str] = ()) -> Worksheet:
        """A sheet with headings that stay in sight, and lines above them such as the marking."""
        sheet = self.book.add_worksheet(name)
        for row, words in enumerate(above):
            self.write(sheet, row, 0, words, bold=True)
        for offset, line in enumerate(lines):
            for column, value in enumerate(line):
                heading = {"bold": True, "font_color": "#FFFFFF", "bg_color": NAVY, "text_wrap": True}
                self.write(sheet, len(above) + offset, column, value, **({} if offset else heading))
        for column in range(len(lines[0]) if lines else 0):
            longest = max(len(str(line[column])) for line in lines[:200] if column < len(line))
            sheet.set_column(column, column, min(max(longest + 2, 10), WIDEST))
        sheet.freeze_panes(len(above) + 1, 0)
        return sheet


@contextmanager
def workbook(into: io.BytesIO, *, title: str, comments: str = "") -> Iterator[Sheets]:
    book = Workbook(into, OPTIONS)
    book.set_properties({"title": title, "author": "Contest Portal", "comments": comments})
    try:
        yield Sheets(book)
    finally:
        book.close()


def xlsx_download(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
