"""An archived paper as a Word file: headings are headings, and every number and bullet is text, as it was printed."""

import datetime as dt
import json
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt

from reports.archive.lines import runs
from reports.rendering.archived import Shown, sheet

# XML has no such signs, so a Word file cannot hold them.
_UNWRITABLE = {code: "\ufffd" for code in [*range(32), 0xFFFE, 0xFFFF] if chr(code) not in "\t\n\r"}
INDENT = Cm(1.1)


def document(copy_text: str) -> bytes:
    copy = json.loads(copy_text)
    word = docx.Document()
    _dress(word, copy)
    word.add_paragraph(_plain(copy["body"]), "Subtitle")
    note = word.add_paragraph(_plain(copy["banner"]))
    note.style = word.styles["Intense Quote"]
    found = sheet(copy["content"])
    if not found.titled:
        word.add_heading(_plain(copy["title"]), 0)
    for shown in found.shown:
        _add(word, shown)
    written = BytesIO()
    word.save(written)
    return written.getvalue()


def _dress(word: Any, copy: dict[str, Any]) -> None:
    about, made = word.core_properties, dt.datetime.fromisoformat(copy["stamp"])
    about.title, about.author, about.language = _plain(copy["name"]), _plain(copy["by_line"] or copy["body"]), "en-GB"
    about.comments, about.keywords = "", f"OFFICIAL, sha256:{copy['sha256']}"
    about.created = about.modified = made
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    section.header.paragraphs[0].text = "OFFICIAL"
    section.footer.paragraphs[0].text = f"OFFICIAL · {_plain(copy['body'])} · {copy['number'] or 'Archived paper'}"
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = "Arial", Pt(11)


def _add(word: Any, shown: Shown) -> None:
    piece = shown.piece
    if shown.kind == "title":
        _say(word.add_heading("", 0), piece)
    elif shown.kind == "titling":
        _say(word.add_heading("", 0), piece, after=":")
    elif shown.kind in ("section", "heading"):
        _say(word.add_heading("", piece["rank"]), piece)
    elif shown.kind == "table":
        _table(word, piece)
    elif shown.kind == "fact_box":
        for part in (piece, *piece["parts"]):
            _indented(_say(word.add_paragraph(), part), hanging=False)
    else:
        for each in shown.pieces:
            paragraph = _say(word.add_paragraph(), each, after=":" if shown.kind == "fields" else "")
            if shown.kind == "bullets" or (each["marker"] and shown.kind != "fields"):
                _indented(paragraph, deeper=shown.kind == "bullets")


def _indented(paragraph: Any, *, hanging: bool = True, deeper: bool = False) -> None:
    paragraph.paragraph_format.left_indent = INDENT * 2 if deeper else INDENT
    if hanging:
        paragraph.paragraph_format.first_line_indent = -INDENT


def _say(paragraph: Any, piece: dict[str, Any], after: str = "") -> Any:
    """The marker as it was printed, and the words with their bold and slanted letters and line ends."""
    if piece["marker"]:
        between = f"{after} " if after or paragraph.style.name.startswith(("Heading", "Title")) else "\t"
        paragraph.add_run(_plain(piece["marker"]) + between).bold = bool(after) or None
    for part, style in runs(piece["text"]):
        for number, line in enumerate(part.split("\n")):
            run = paragraph.add_run()
            if number:
                run.add_break(WD_BREAK.LINE)
            run.add_text(_plain(line))
            run.bold, run.italic = style == "bold" or None, style == "slanted" or None
    return paragraph


def _table(word: Any, piece: dict[str, Any]) -> None:
    rows = [piece["columns"], *(row for body in piece["bodies"] for row in body)]
    table = word.add_table(len(rows), len(piece["columns"]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for place, text in zip(row.cells, cells, strict=True):
            place.text = _plain(text)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _plain(text: str) -> str:
    return text.translate(_UNWRITABLE)
