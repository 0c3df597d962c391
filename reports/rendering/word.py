"""A paper as a Word file, from the snapshot that its PDF is made of, in the template of its secretariat.

Headings are headings and tables have header rows; numbers and letters are those of the paper, as text.
"""

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

import vl_convert
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docxtpl import DocxTemplate

from reports.rendering import fonts, word_template
from reports.rendering.composition import Content
from reports.rendering.contents import Contents, rows_of, total_of
from reports.rendering.word_prose import Line, Run, lines_of

# Where the text goes, once the places around it are filled.
_HERE = "⟦the text of the paper⟧"
_UNWRITABLE = {code: "\ufffd" for code in [*range(32), 0xFFFE, 0xFFFF] if chr(code) not in "\t\n\r"}
INDENT = Cm(1.1)
WIDE, SHARP = Cm(16), 2.0
_LEVELS = {"Heading 1": "0", "Heading 2": "1", "Heading 3": "2"}


def document(snapshot_text: str, template: bytes) -> bytes:
    """The same snapshot and template give the same bytes."""
    contents = Contents(snapshot_text)
    context = contents.context()
    filled = DocxTemplate(BytesIO(template))
    filled.render(_places(contents, context), jinja_env=word_template.sandbox())
    word = filled.docx
    here = next(each for each in word.paragraphs if each.text.strip() == _HERE)
    _Writer(word, here).write(contents, context)
    here._p.getparent().remove(here._p)
    _describe(word, contents, context)
    written = BytesIO()
    word.save(written)
    return _without_the_hour(written.getvalue())


def _places(contents: Contents, context: Content) -> dict[str, str]:
    paper = contents.paper
    found = {
        "title": paper["title"],
        "number": f"{paper.get('series', 'Report')} {paper['report']}",
        "board": paper["board"],
        "date": paper["meeting_words"],
        "by": paper["by_line"],
        "version": context["version"] or "members’",
        "marking": contents.marking,
        "hash": context["hash"],
        "body": _HERE,
    }
    return {name: _plain(words) for name, words in found.items()}


def _describe(word: Any, contents: Contents, context: Content) -> None:
    about, paper = word.core_properties, contents.paper
    about.title, about.author = _plain(f"{paper['report']}: {paper['title']}"), _plain(paper["by_line"])
    about.language, about.comments, about.last_modified_by = "en-GB", "", ""
    about.subject = _plain(paper["abstract"])
    about.keywords = f"{contents.marking}, sha256:{contents.sha256}"
    about.created = about.modified = contents.issued_at.astimezone(dt.UTC).replace(tzinfo=None)
    about.revision = 1


class _Writer:
    """Writes before one paragraph of the document, which stands where the text of the paper goes."""

    def __init__(self, word: Any, here: Any) -> None:
        self.word, self.here = word, here
        self.tables = self.charts = 0

    def write(self, contents: Contents, context: Content) -> None:
        paper = contents.paper
        if paper["summary"]:
            self.heading("Summary", 1)
            self.exempt(paper.get("summary_exempt", ""), "")
            self.prose(paper["summary"])
        for section in contents.snapshot["sections"]:
            letter = f"{section['letter']}. " if section["letter"] else ""
            self.heading(f"{letter}{section['title']}", 1)
            if section.get("lead_in"):
                self.line(Line(runs=[Run(section["lead_in"])]))
            for block in section["blocks"]:
                self.block(block)
            for words in contents.snapshot["contact"] if section["key"] == "contact" else ():
                self.line(Line(runs=[Run(words)]))
        self.figures(context["figures"])

    def block(self, block: Content) -> None:
        self.exempt(block.get("exempt", ""), block.get("interest", ""))
        if block["kind"] == "heading":
            self.heading(block["text"], block.get("level", 3) - 1)
        elif block["kind"] == "table":
            self.tables += 1
            self.table(block, f"Table {self.tables}. {block['caption']} [F{block['figure']}]")
        elif block["kind"] == "chart":
            self.chart(block)
        else:
            self.prose(block["html"], block["number"])
            self.note(block.get("source", ""))

    def exempt(self, ground: str, interest: str) -> None:
        if ground:
            self.line(Line(runs=[Run("Part 2 (exempt). ", bold=True), Run(f"{ground}. {interest}".strip())]))

    def heading(self, text: str, level: int) -> None:
        self.paragraph(f"Heading {level}").add_run(_plain(text))

    def note(self, source: str) -> None:
        if source:
            self.line(Line(runs=[Run(f"Source: {source}", italic=True)]))

    def prose(self, html: str, number: str = "") -> None:
        for place, line in enumerate(lines_of(html)):
            if number and not place:
                line.marker = f"{number}."
            self.line(line, under=1 if number else 0)

    def line(self, line: Line, under: int = 0) -> None:
        """Its number is text and hangs in the margin, whatever stands between it and the next."""
        deep = line.deep + under
        bullet = line.marker == "•"
        paragraph = self.paragraph("List Bullet" if bullet else "Normal")
        if deep:
            paragraph.paragraph_format.left_indent = INDENT * deep
        if line.marker:
            paragraph.paragraph_format.first_line_indent = -INDENT
        if line.marker and not bullet:
            paragraph.add_run(f"{line.marker}\t")
        for run in line.runs:
            _say(paragraph, run)

    def table(self, table: Content, caption: str) -> None:
        self.paragraph("Caption").add_run(_plain(caption))
        total = total_of(table)
        rows = [*rows_of(table), *([total] if total else [])]
        drawn = self.word.add_table(1 + len(rows), len(table["columns"]))
        self.here._p.addprevious(drawn._tbl)
        if "Table Grid" in [style.name for style in self.word.styles]:
            drawn.style = "Table Grid"
        _header(drawn.rows[0])
        cells = [[column["label"] for column in table["columns"]]]
        cells += [[row["label"], *(cell["text"] for cell in row["cells"])] for row in rows]
        for row, words in zip(drawn.rows, cells, strict=True):
            for place, text in zip(row.cells, words, strict=True):
                place.text = _plain(text)
        if table.get("note"):
            self.line(Line(runs=[Run(table["note"])]))
        self.note(table["source"])

    def chart(self, block: Content) -> None:
        """The picture with its description, and its numbers as a table below it."""
        self.charts += 1
        self.line(Line(runs=[Run(f"Chart {self.charts}. ", bold=True), Run(block["finding"])]))
        picture = self.paragraph("Normal").add_run().add_picture(BytesIO(png(block["svg"])), width=WIDE)
        described = picture._inline.docPr
        described.set("descr", _plain(block["alt"]))
        described.set("name", f"Chart {self.charts}")
        self.table(block | {"total": None, "note": ""}, f"The numbers in Chart {self.charts}")

    def figures(self, found: list[Content]) -> None:
        if not found:
            return
        self.heading("Figures in this paper", 1)
        for figure in found:
            self.heading(f"F{figure['n']}. {figure['name']}", 2)
            words = {"Value": figure["words"], "What it counts": figure["counts"], "Period": figure["quarter_words"],
                     "Population": figure["population_name"], "Status": figure["status_words"],
                     "Source": figure["source"], "As at": figure["as_at_words"], "Note": figure["note"]}  # fmt: skip
            for name, text in words.items():
                if text:
                    self.line(Line(runs=[Run(f"{name}: ", bold=True), Run(text)]))

    def paragraph(self, style: str) -> Any:
        paragraph = self.word.add_paragraph(style=_style(self.word, style))
        self.here._p.addprevious(paragraph._p)
        return paragraph


def _say(paragraph: Any, run: Run) -> None:
    written = paragraph.add_run(_plain(run.text))
    written.bold, written.italic = run.bold or None, run.italic or None
    if run.address:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(run.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        written._r.addprevious(link)
        link.append(written._r)


def _style(word: Any, name: str) -> Any:
    """A secretariat's template need not have every style of Word's in it."""
    found = {style.name: style for style in word.styles}
    if name in found:
        return found[name]
    made = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    made.base_style = found.get("Normal")
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


def _plain(text: str) -> str:
    return text.translate(_UNWRITABLE)


def _without_the_hour(content: bytes) -> bytes:
    """An archive says of each part when it was written, which is not when the paper was."""
    settled = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as found, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as written:
        for name in found.namelist():
            written.writestr(zipfile.ZipInfo(name), found.read(name), zipfile.ZIP_DEFLATED)
    return settled.getvalue()
