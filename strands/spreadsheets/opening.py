"""Opening a file that somebody sent, as an attack until it is shown to be a spreadsheet.

An XLSX is a zip archive of XML: what it holds is looked at, and what it unpacks to is counted, before anything is read.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from contest_portal.core.refusal import Refused
from contest_portal.ui.csv import FORMULA
from strands.spreadsheets.columns import MOST_ROWS, SHEET

MOST_BYTES = 10 << 20
MOST_UNPACKED = 60 << 20
MOST_MEMBERS = 200
MOST_RATIO = 200
MOST_COLUMNS = 300
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*?(?:\bt="e"[^>]*>|(?<!/)>\s*<(?:\w+:)?f[\s/>])')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
AGAIN = "Save it as an Excel workbook (.xlsx) or as CSV, and send that."


@dataclass(frozen=True)
class Contents:
    """The cells of one sheet from A1. `merged` are ranges such as (first row, first column, last row, last column)."""

    sheet: str
    rows: list[list[Any]]
    typed: bool
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: frozenset[str] = frozenset()


class NoSheet(Exception):
    """The workbook has other sheets than the one that is read."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(", ".join(names))


def why_not_take(name: str, content: bytes) -> str:
    """What is wrong with the file before anything in it is read; empty when it can be."""
    if len(content) > MOST_BYTES:
        return f"The file is larger than {MOST_BYTES >> 20} MB. Split it into several spreadsheets."
    if not content:
        return "The file is empty."
    if re.search(r"[\x00-\x1f/\\\u202a-\u202e\u2066-\u2069]", name):
        return "The name of the file has signs in it that a name may not have. Give it another name."
    ending = name.lower().rpartition(".")[2]
    if ending == "csv":
        return "" if _decoded(content) is not None else f"The file is not text in UTF-8. {AGAIN}"
    if ending != "xlsx":
        return f"The file ends in “.{ending}”. {AGAIN}"
    return _why_not_unpack(content)


def _why_not_unpack(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _what_is_inside(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return f"The file is damaged, has a password, or is no Excel workbook. {AGAIN}"


def _what_is_inside(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if len(names) > MOST_MEMBERS or len(set(names)) < len(names):
        return f"The file is not built like a workbook. {AGAIN}"
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        return f"The file is not built like a workbook. {AGAIN}"
    inside = " ".join(names).lower()
    if "vbaproject" in inside or "macrosheets" in inside or "activex" in inside:
        return "The file holds macros. Save it as an Excel workbook without macros (.xlsx), and send that."
    if "externallinks/" in inside:
        return "The file has links to other files. Break the links (Data, Edit links), save it, and send it again."
    if "embeddings/" in inside or "oleobject" in inside:
        return "The file has other files embedded in it. Remove them, save it, and send it again."
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        return f"The file is no Excel workbook. {AGAIN}"
    return _what_it_unpacks_to(archive)


def _what_it_unpacks_to(archive: zipfile.ZipFile) -> str:
    """Counted while it is unpacked: what an archive says of itself need not be true."""
    total = 0
    for member in archive.infolist():
        size, start = 0, b""
        with archive.open(member) as file:
            while part := file.read(1 << 16):
                start = start or part
                size, total = size + len(part), total + len(part)
                if total > MOST_UNPACKED or size > max(member.compress_size, 1024) * MOST_RATIO:
                    return f"The file unpacks to far more than a spreadsheet of activities holds. {AGAIN}"
                if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                    return f"The file is not built like a workbook. {AGAIN}"
    return ""


def contents(name: str, content: bytes) -> Contents:
    """The sheet of activities. Raises NoSheet when there is none, and Refused when the file cannot be read."""
    refusal = why_not_take(name, content)
    if refusal:
        raise Refused(refusal)
    if name.lower().endswith(".csv"):
        return Contents(SHEET, _lines(_decoded(content) or ""), typed=False)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if SHEET not in workbook.sheet_names:
            raise NoSheet(workbook.sheet_names)
        sheet = workbook.get_sheet_by_name(SHEET)
        if sheet.total_width > MOST_COLUMNS or sheet.total_height > MOST_ROWS + 100:
            raise Refused(f"A spreadsheet may have {MOST_ROWS:,} rows at most. Split it into several.")
        rows = sheet.to_python(skip_empty_area=False)
        merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
    except CalamineError as failure:
        raise Refused(f"The file is damaged, or is no Excel workbook. {AGAIN}") from failure
    return Contents(SHEET, rows, typed=True, merged=merged, formulas=frozenset(_formulas(content)))


def _decoded(content: bytes) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _lines(text: str) -> list[list[str]]:
    try:
        return [[_bare(cell) for cell in line] for line in csv.reader(io.StringIO(text), strict=True)]
    except csv.Error as failure:
        raise Refused(f"The CSV cannot be read ({failure}). {AGAIN}") from failure


def _bare(cell: str) -> str:
    """Without the apostrophe that our own downloads put before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(FORMULA) else cell


def _formulas(content: bytes) -> Iterator[str]:
    """Cells of the sheet that hold a formula or an error: a reader of values sees only what was computed last."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = _part_of_sheet(archive)
        if part in archive.namelist():
            for match in CELL.finditer(archive.read(part)):
                yield match[1].decode()


def _part_of_sheet(archive: zipfile.ZipFile) -> str:
    book, relations = _tree(archive, "xl/workbook.xml"), _tree(archive, "xl/_rels/workbook.xml.rels")
    wanted = [node.get(_RELATION) for node in book.iter() if node.get("name") == SHEET and node.get(_RELATION)]
    target = next((node.get("Target", "") for node in relations if node.get("Id") in wanted), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _tree(archive: zipfile.ZipFile, part: str) -> Any:
    """Entities, with which XML can be made to grow without end, were refused when the file came in."""
    return ElementTree.fromstring(archive.read(part))  # noqa: S314
