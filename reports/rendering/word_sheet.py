"""Writing in a Word file, before one place of it: headings are headings, tables have header rows, and numbers and
letters are text, as the paper has them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import vl_convert
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from reports.rendering import fonts
from reports.rendering.word_prose import Line, Run, lines_of

_UNWRITABLE = {code: "\ufffd" for code in [*range(32), 0xFFFE, 0xFFFF] if chr(code) not in "\t\n\r"}
INDENT = Cm(1.1)
WIDE, SHARP = Cm(16), 2.0
_LEVELS = {"Heading 1": "0", "Heading 2": "1", "Heading 3": "2"}


class Sheet:
    """`here` is the paragraph of the document that everything is written before."""

    def __init__(self, word: Any, here: Any) -> None:
        self.word, self.here = word, here
        # Looked for once: the library goes through all styles of a template for every paragraph.
        self.styles = {style.name: style for style in word.styles}
        self.usual = word.styles.default(WD_STYLE_TYPE.PARAGRAPH)

    def heading(self, text: str, level: int) -> None:
        self.paragraph(f"Heading {level}").add_run(plain(text))

    def words(self, text: str, *, name: str = "", style: str = "Normal", italic: bool = False) -> None:
        """One paragraph, with a bold name before it where it has one; nothing where there are no words."""
        if text:
            named = [Run(f"{name} ", bold=True)] if name else []
            self.line(Line(runs=[*named, Run(text, italic=italic)]), style=style)

    def prose(self, html: str, marker: str = "") -> None:
        for place, line in enumerate(lines_of(html)):
            if marker and not place:
                line.marker = marker
            self.line(line, under=1 if marker else 0)

    def line(self, line: Line, under: int = 0, style: str = "Normal") -> None:
        """Its number is text and hangs in the margin, whatever stands between it and the next."""
        deep = line.deep + under
        bullet = line.marker == "•"
        paragraph = self.paragraph("List Bullet" if bullet else style)
        if deep:
            paragraph.paragraph_format.left_indent = INDENT * deep
        if line.marker:
            paragraph.paragraph_format.first_line_indent = -INDENT
        if line.marker and not bullet:
            paragraph.add_run(f"{line.marker}\t")
        for run in line.runs:
            _say(paragraph, run)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> None:
        """Without heads, the first cell of each row is what names it."""
        if caption:
            self.paragraph("Caption").add_run(plain(caption))
        lines = [heads, *rows] if heads else rows
        drawn = self.word.add_table(len(lines), len(lines[0]))
        self.here._p.addprevious(drawn._tbl)
        if "Table Grid" in self.styles:
            drawn.style = "Table Grid"
        if heads:
            _header(drawn.rows[0])
        for row, cells in zip(drawn.rows, lines, strict=True):
            for place, text in zip(row.cells, cells, strict=True):
                place.text = plain(text)
            if not heads:
                row.cells[0].paragraphs[0].runs[0].bold = True

    def picture(self, svg: str, name: str, description: str) -> None:
        picture = self.paragraph("Normal").add_run().add_picture(BytesIO(png(svg)), width=WIDE)
        described = picture._inline.docPr
        described.set("descr", plain(description))
        described.set("name", name)

    def paragraph(self, style: str) -> Any:
        if style not in self.styles:
            self.styles[style] = _made_style(self.word, style, self.styles.get("Normal"))
        paragraph, own = self.word.add_paragraph(), self.styles[style]
        paragraph._p.style = None if own == self.usual else own.style_id
        self.here._p.addprevious(paragraph._p)
        return paragraph


def _say(paragraph: Any, run: Run) -> None:
    written = paragraph.add_run(plain(run.text))
    written.bold, written.italic = run.bold or None, run.italic or None
    if run.address:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(run.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        written._r.addprevious(link)
        link.append(written._r)


def _made_style(word: Any, name: str, usual: Any) -> Any:
    """A secretariat's template need not have every style of Word's in it."""
    made = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    made.base_style = usual
    if name in _LEVELS:
        made.font.bold = True
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), _LEVELS[name])
        made.element.get_or_add_pPr().append(level)
    return made


def _header(row: Any) -> None:
    """Said again at the head of every page that the table runs on to, and read as headings of its columns."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def png(svg: str) -> bytes:
    """Never in a process that forks afterwards: the drawing program keeps threads."""
    vl_convert.register_font_directory(str(fonts.folder_of_fonts()))
    return bytes(vl_convert.svg_to_png(svg, scale=SHARP))


def plain(text: str) -> str:
    return text.translate(_UNWRITABLE)
