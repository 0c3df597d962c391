"""A paper as a Word file, from the snapshot that its PDF is made of, in the template of its secretariat.

Headings are headings and tables have header rows; numbers and letters are those of the paper, as text.
"""

import datetime as dt
import zipfile
from collections.abc import Collection
from io import BytesIO
from itertools import zip_longest
from typing import Any

from docxtpl import DocxTemplate

from reports.rendering import word_template
from reports.rendering.composition import Content
from reports.rendering.contents import Contents, rows_of, total_of
from reports.rendering.numbering import marker_of
from reports.rendering.word_sheet import Sheet, plain

# Where the text goes, once the places around it are filled.
_HERE = "⟦the text of the paper⟧"


def document(snapshot_text: str, template: bytes) -> bytes:
    """The same snapshot and template give the same bytes."""
    contents = Contents(snapshot_text)
    context = contents.context()
    filled = DocxTemplate(BytesIO(template))
    filled.render(_places(contents, context), jinja_env=word_template.sandbox())
    word = filled.docx
    here = next(each for each in word.paragraphs if each.text.strip() == _HERE)
    _Writer(word, here).write(context, word_template.named_in(template))
    here._p.getparent().remove(here._p)
    _describe(word, contents, context)
    written = BytesIO()
    word.save(written)
    return _without_the_hour(written.getvalue())


def _places(contents: Contents, context: Content) -> dict[str, str]:
    paper = contents.paper
    found = {
        "title": paper["title"],
        "abstract": paper["abstract"],
        "number": f"{paper.get('series', 'Report')} {paper['report']}",
        "board": paper["board"],
        "date": paper["meeting_words"],
        "by": paper["by_line"],
        "version": context["version"] or "members’",
        "marking": contents.marking,
        "hash": context["hash"],
        "body": _HERE,
    }
    return {name: plain(words) for name, words in found.items()}


def _describe(word: Any, contents: Contents, context: Content) -> None:
    about, paper = word.core_properties, contents.paper
    about.title, about.author = plain(f"{paper['report']}: {paper['title']}"), plain(paper["by_line"])
    about.language, about.comments, about.last_modified_by = "en-GB", "", ""
    about.subject = plain(paper["abstract"])
    about.keywords = f"{contents.marking}, sha256:{contents.sha256}"
    about.created = about.modified = contents.issued_at.astimezone(dt.UTC).replace(tzinfo=None)
    about.revision = 1


class _Writer(Sheet):
    """What a paper says, in the order in which its PDF and its page say it."""

    def write(self, context: Content, placed: Collection[str]) -> None:
        """`placed` are the places that the template has itself: what it lacks stands at the head of the text."""
        self.front(context, placed)
        if context["summary"]:
            if heading := context["front"]["summary_heading"]:
                self.heading(heading, 1)
            self.exempt(context["paper"].get("summary_exempt", ""))
            self.prose(context["paper"]["summary"])
        for section in context["sections"]:
            self.section(section, context["contact"])
        if context["glossary"]:
            self.heading("Glossary", 1)
            self.table([], [[entry["short"], entry["expansion"]] for entry in context["glossary"]])
        self.clearance(context["clearances"], context["approval"])
        self.figures(context)

    def front(self, context: Content, placed: Collection[str]) -> None:
        paper, front = context["paper"], context["front"]
        above = {"board": "Subtitle", "abstract": "Normal", "title": "Title"}
        for name, style in above.items():
            if name not in placed:
                self.words(paper[name], style=style)
        first = ["number", "date", *(["by"] if front["by_label"] else [])]
        for place, (label, words) in zip_longest(first, front["facts"]):
            if place not in placed:
                self.words(words, name=f"{label}:")
        if "version" not in placed:
            self.words(context["version"], name="Version:")
        self.words(front["disclaimer"], italic=True)

    def section(self, section: Content, contact: list[str]) -> None:
        if section["heading"]:
            self.heading(section["heading"], 1)
        self.words(section.get("standing", ""))
        self.words(section.get("lead_in", ""))
        for piece, block in zip(section["pieces"], section["blocks"], strict=True):
            self.piece(piece, block)
        for words in contact if section["is_contact"] else ():
            self.words(words)

    def piece(self, piece: Content, block: Content) -> None:
        self.exempt(piece.get("exempt", ""), piece.get("interest", ""))
        for cell in piece.get("exempt_cells", ()):
            self.exempt(f"{cell['where']}. {cell['ground']}", cell["interest"])
        if piece["kind"] == "heading":
            self.heading(piece["text"], piece["level"] - 1)
        elif piece["kind"] == "table":
            self.numbers(block, f"Table {piece['number']}. {block['caption']} [F{block['figure']}]")
            self.words(block["note"])
            self.source(block["source"])
        elif piece["kind"] == "chart":
            self.chart(piece, block)
        else:
            self.prose(block["html"], marker_of(block["number"]))
            self.source(piece["source"])

    def exempt(self, ground: str, interest: str = "") -> None:
        if ground:
            self.words(f"{ground}. {interest}".strip(), name="Part 2 (exempt).")

    def source(self, named: str) -> None:
        self.words(named and f"Source: {named}", italic=True)

    def numbers(self, table: Content, caption: str) -> None:
        total = total_of(table)
        lines = [*rows_of(table), *([total] if total else [])]
        rows = [[line["label"], *(cell["text"] for cell in line["cells"])] for line in lines]
        self.table([column["label"] for column in table["columns"]], rows, caption)

    def chart(self, piece: Content, block: Content) -> None:
        """The picture with its description, and its numbers as a table below it where no table has them already."""
        name = f"Chart {piece['number']}"
        self.words(f"{block['finding']} [F{block['figure']}]", name=f"{name}.")
        self.picture(block["svg"], name, block["alt"])
        if piece["table"]:
            self.words(f"The numbers are in Table {piece['table']}.")
        else:
            self.numbers(block | {"total": None}, f"The numbers in {name}")
        self.source(block["source"])

    def clearance(self, rows: list[Content], approval: Content | None) -> None:
        if rows or approval:
            self.heading("Clearance", 1)
        if rows:
            cells = [[row["office"], row["post"] or "–", row["answer"], row["on"] or "–"] for row in rows]
            self.table(["Office", "Post", "Answer", "Date"], cells, "Who was asked to clear this paper")
        if approval:
            urgency = f" Taken as urgent: {approval['urgency']}" if approval["urgency"] else ""
            self.words(f"Approved for the agenda: {approval['post']}, {approval['on']}.{urgency}")

    def figures(self, context: Content) -> None:
        if not context["figures"]:
            return
        self.heading("Figures in this paper", 1)
        more = "" if context["is_public"] else " Open the paper on the portal to see the activities behind it."
        self.words(
            "Every number marked [F] was taken from the portal when the paper was issued, on "
            f"{context['issued_words']}, and does not change.{more}"
        )
        for figure in context["figures"]:
            self.heading(f"F{figure['n']}. {figure['name']}", 2)
            says = "Value" if figure["shape"] == "value" else "What it shows"
            marking = figure["marking"] if figure["marking"] != context["paper"]["marking"] else ""
            words = {says: figure["words"], "What it counts": figure["counts"], "Period": figure["quarter_words"],
                     "Population": figure["population_name"], "Status": figure["status_words"],
                     "Source": figure["source"], "As at": figure["as_at_words"], "Behind it": figure["behind"],
                     "Marking": marking, "Note": figure["note"]}  # fmt: skip
            for name, text in words.items():
                self.words(text, name=f"{name}:")


def _without_the_hour(content: bytes) -> bytes:
    """An archive says of each part when it was written, which is not when the paper was."""
    settled = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as found, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as written:
        for name in found.namelist():
            written.writestr(zipfile.ZipInfo(name), found.read(name), zipfile.ZIP_DEFLATED)
    return settled.getvalue()
