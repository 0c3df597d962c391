"""The spreadsheet that people fill in: drop-downs, a guide, one example, and headings that cannot be typed over."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from xlsxwriter.worksheet import Worksheet

from boroughs.models import Borough
from contest_portal.core.markings import highest
from contest_portal.ui.xlsx import NAVY, PAPER, QUIET, Sheets, workbook
from strands.kinds import KINDS
from strands.kinds.particular import Answer
from strands.models import Activity
from strands.spreadsheets.columns import (
    CHOICES,
    COLUMNS,
    DEFINITIONS,
    GUIDE,
    LISTS,
    MOST_ROWS,
    SHEET,
    Column,
)
from strands.spreadsheets.lines import letter
from strands.spreadsheets.questions import BY_COLUMN, EXACTNESS, Question, columns_for, words_offered
from strands.spreadsheets.reference import Reference

HEADING_ROW = 2
FIRST_ROW = HEADING_ROW + 1
# Of what is laid out ready to be typed into; a sheet may have more rows than that.
READY_ROWS = 2000
MAY = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
LINES_OF_GUIDE = (
    "One row is one activity. Start in the row under the grey example, and leave the example where it is.",
    "Columns with a star are needed in every row. Point at a heading to read what belongs under it.",
    "Where a cell offers a list, choose from it. Where several answers fit, put a semicolon between them.",
    "Type dates as 13/05/2026 and numbers as numbers. “Over 200” is the number 200 and “at least” beside it.",
    "Do not enter names of individuals, contact details or stories. No sign-in sheets: only the number of people.",
    "Only OFFICIAL and OFFICIAL-SENSITIVE may be entered. Nothing marked higher belongs in the portal.",
    "Columns to the right of “Internal note” and “Marking” ask what only some kinds ask; the heading says which.",
    "Leave “Reference” empty for a new activity. A row with a reference changes the activity that has it.",
    "Do not merge cells, and do not use formulas: the portal reads values.",
    "Send the file in under Activities, Spreadsheet. The portal checks all of it and lists every problem by cell.",
    "Nothing is loaded before you have seen the result of the check and said so.",
    "A corrected file can be sent again. What is in the log already is recognised and not loaded twice.",
)


def template(borough: Borough, reference: Reference, activities: Iterable[Activity] = ()) -> bytes:
    """The spreadsheet of one borough: empty, or with activities that are logged already, to be changed in it."""
    rows = list(activities)
    columns = columns_of(rows)
    into = io.BytesIO()
    with workbook(into, title=f"Activities of {borough.name}", comments="Contest Portal") as sheets:
        sheet = sheets.book.add_worksheet(SHEET)
        _guide(sheets)
        _definitions(sheets, columns, reference)
        lists = _lists(sheets, columns, reference)
        _headings(sheets, sheet, columns, borough, highest(row.marking for row in rows))
        _example(sheets, sheet, borough)
        for offset, activity in enumerate(rows, start=FIRST_ROW + 1):
            for index, column in enumerate(columns):
                sheets.write(sheet, offset, index, column.words(activity), locked=False, **_look(column))
        _offer(sheet, columns, lists)
    return into.getvalue()


def columns_of(activities: Iterable[Activity]) -> list[Column]:
    """The common ones, then what kinds ask: those in use now, and those of the activities."""
    today = timezone.localdate()
    kinds = {kind.key for kind in KINDS.values() if today in kind.in_use} | {row.kind for row in activities}
    return [*COLUMNS, *columns_for(kinds)]


def _look(column: Column) -> dict[str, Any]:
    if column.reads == "text":
        return {"text_wrap": True}
    return {"num_format": "#,##0.00"} if column.reads == "money" else {}


def _headings(sheets: Sheets, sheet: Worksheet, columns: list[Column], borough: Borough, marking: str) -> None:
    words = f"{marking}. Activities of {borough.name}"
    sheets.write(sheet, 0, 0, words, bold=True, font_size=13, font_color=NAVY)
    hint = "Fill in rows under the headings. The sheet Guide says how; point at a heading to read what it means."
    sheets.write(sheet, 1, 0, hint, font_color=QUIET)
    words = "What kinds ask: fill in only the questions of the row’s own kind."
    sheets.write(sheet, 1, len(COLUMNS), words, font_color=QUIET)
    for index, column in enumerate(columns):
        ready = sheets.format(
            locked=False, **({"num_format": "dd/mm/yyyy"} if column.reads == "day" else _look(column))
        )
        sheet.set_column(index, index, column.width, ready)
        heading = f"{column.heading} *" if column.needed else column.heading
        look = {"bold": True, "font_color": "#FFFFFF", "bg_color": NAVY, "text_wrap": True, "border": 1}
        sheets.write(sheet, HEADING_ROW, index, heading, **look)
        sheet.write_comment(HEADING_ROW, index, column.means, {"x_scale": 2})
    sheet.set_row(HEADING_ROW, 46)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.protect("", dict.fromkeys(MAY, True))


def _example(sheets: Sheets, sheet: Worksheet, borough: Borough) -> None:
    look = {"italic": True, "font_color": QUIET, "bg_color": PAPER}
    for index, column in enumerate(COLUMNS):
        value = column.example
        if column.reads == "day" and value:
            value = dt.date.fromisoformat(value)
        elif column.reads == "borough":
            value = borough.name
        sheets.write(sheet, FIRST_ROW, index, value, **look)


def _guide(sheets: Sheets) -> None:
    sheet = sheets.book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 110)
    sheets.write(sheet, 0, 0, "How to fill in this spreadsheet", bold=True, font_size=13, font_color=NAVY)
    for row, words in enumerate(LINES_OF_GUIDE, start=2):
        sheets.write(sheet, row, 0, f"{row - 1}. {words}", text_wrap=True)
    sheet.protect()


def _definitions(sheets: Sheets, columns: list[Column], reference: Reference) -> None:
    """What each column means, and every word that a cell without a drop-down may hold."""
    lines: list[list[Any]] = [["What", "Word", "What it means"]]
    lines += [["Column", column.heading, column.means] for column in columns]
    lines += [["Strand", name, ""] for name in reference.strands]
    lines += [
        ["Objective", code, f"{row.strand}: {row.text} ({row.strategy})"] for code, row in reference.objectives.items()
    ]
    lines += [["Deliverable", code, f"{row.strand}: {row.title}"] for code, row in reference.deliverables.items()]
    lines += [["Measure", code, f"{row.strand}"] for code, row in reference.measures.items()]
    lines += [["Who it was for", name, ""] for name in CHOICES["audience"]]
    lines += [["Partner", name, ""] for name in reference.partners]
    lines += [["Funding used", name, ""] for name in reference.funding]
    several = [BY_COLUMN[column.key] for column in columns if column.key in BY_COLUMN]
    lines += [
        [found.column.heading, words, ""]
        for found in dict.fromkeys(several)
        if found.asked.answer is Answer.CHOICES
        for words in words_offered(found.asked)
    ]
    sheets.table(DEFINITIONS, lines).protect()


def _lists(sheets: Sheets, columns: list[Column], reference: Reference) -> dict[str, str]:
    """A hidden sheet with the words of every drop-down. The range of each, by the key of its column."""
    sheet = sheets.book.add_worksheet(LISTS)
    ranges = {}
    for index, (key, words) in enumerate(_offered(columns, reference)):
        sheets.write(sheet, 0, index, key, bold=True)
        for row, word in enumerate(words, start=1):
            sheets.write(sheet, row, index, word)
        ranges[key] = f"={LISTS}!${letter(index)}$2:${letter(index)}${len(words) + 1}"
    sheet.hide()
    sheet.protect()
    return ranges


def _offered(columns: list[Column], reference: Reference) -> Iterator[tuple[str, list[str]]]:
    for column in columns:
        if column.reads == "choice":
            yield column.key, list(CHOICES[column.key])
        elif column.key in BY_COLUMN:
            words = _words_offered(column, BY_COLUMN[column.key])
            if words:
                yield column.key, words
    yield "lead_borough", [borough.name for borough in reference.own_boroughs]
    yield "strand", list(reference.strands)


def _words_offered(column: Column, question: Question) -> list[str]:
    """Where several answers fit, no list is offered: a cell with one takes a single answer."""
    if column is question.how_exact:
        return list(EXACTNESS)
    return [] if question.asked.answer is Answer.CHOICES else words_offered(question.asked)


def _offer(sheet: Worksheet, columns: list[Column], lists: dict[str, str]) -> None:
    for index, column in enumerate(columns):
        if column.key in lists:
            rule = {
                "validate": "list",
                "source": lists[column.key],
                "error_title": "Choose from the list",
                "error_message": f"{column.heading}: choose one of the words in the list."[:255],
            }
            sheet.data_validation(FIRST_ROW + 1, index, min(READY_ROWS, MOST_ROWS), index, rule)
