"""One paper with everything in it says the same on its page, in its PDF and in its Word file, in the same order."""

import html
import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
import pytest
from django.utils.html import strip_tags
from docx.oxml.ns import qn

from contest_portal.audit.acting import acting
from reports.models import Block, ExemptCell, Issue, Paper
from reports.rendering import pdf, word, word_template
from reports.rendering.composition import Content
from reports.rendering.contents import Contents
from reports.rendering.leaks import said_by_page, said_by_pdf
from reports.rendering.published import article
from reports.workflow.papers import add_exempt_cell
from tests import make
from tests.cast import BRENT, person
from tests.reports.test_exempt import EXEMPT, choose
from tests.reports.test_word import template

pytestmark = pytest.mark.usefixtures("in_august")
PART = {"letter": "", "numbering": "none", "headings": [], "nil": "", "lead_in": "", "standing": ""}
SECTIONS = [
    PART | {"key": "recommendation", "letter": "A", "title": "To decide", "lead_in": "That", "standing": "Asked."},
    PART | {"key": "supporting", "letter": "B", "title": "Supporting information", "numbering": "decimal",
            "headings": [{"key": "legal", "title": "Legal Implications", "nil": "There are no legal implications."}]},
    PART | {"key": "background", "letter": "C", "title": "Background papers", "nil": "None at all."},
    PART | {"key": "contact", "letter": "D", "title": "Contact details"},
]  # fmt: skip
CLEARANCES = [
    {"office": "Treasurer", "post": "Head of Finance", "answer": "Cleared", "on": "3 August 2026"},
    {"office": "Solicitor", "post": "", "answer": "Asked, and has not cleared this version", "on": ""},
]


@pytest.fixture
def issue(db: None) -> Issue:
    make.activity(title="A march", attendance=1250)
    shape = make.paper_template(
        "everything",
        scheme="agenda",
        series="Report",
        sections=SECTIONS,
        contact=["Report author: Analyst", "Media: Press office"],
        front=[{"key": "wards", "label": "Wards", "answer": "words", "required": False}],
        has_summary=True,
        summary_heading="In short",
        by_label="Author",
        disclaimer="It asks nobody for money.",
        with_glossary=True,
    )
    paper = make.paper(template=shape)
    with acting(person("secretary")):
        paper.front, paper.summary = {"wards": "All of them"}, "MPS and BTP had [[activities]] days."
        paper.save()
    make.block(paper, "members note it; and", section="recommendation", heading="", kind="recommendation")
    make.block(paper, "the secretary write.", section="recommendation", heading="", kind="recommendation")
    placed: dict[str, Any] = {"section": "supporting", "heading": ""}
    make.block(paper, "Of **every** area:\n\n- one\n- another", source="the auditor", **placed)
    make.block(paper, "A supplier disputes it.", **placed, **EXEMPT)
    make.block(paper, "On their own", kind="heading", **placed)
    make.block(paper, "", kind="table", figure="activities_by_borough", **placed)
    make.block(paper, "", kind="chart", figure="activities_by_strand", **placed)
    choose("placeholder")
    keep_back(Paper.objects.get(pk=paper.pk))
    return make.issue(Paper.objects.in_full().get(pk=paper.pk))


def keep_back(paper: Paper) -> None:
    secretary, block = person("secretary"), Block.objects.get(paper=paper, kind="table")
    with acting(secretary):
        add_exempt_cell(
            ExemptCell(paper=paper, block=block, row=BRENT, column="attendance", ground="3", interest="A tender."),
            by=secretary,
        )


def told(content: Content, context: Content, *, files: bool) -> Iterator[str]:
    """Everything that the paper says, in order. Files have more to say of each figure than the page, which leads on."""
    paper = content["paper"]
    yield from (words for line in context["front"]["facts"] for words in line)
    yield from (paper["disclaimer"], paper["summary_heading"], paper["summary"])
    for section in context["sections"]:
        yield from (section["heading"], section["standing"], section["lead_in"])
        for block in section["blocks"]:
            yield from _block(block)
    yield from content["contact"]
    yield from (words for entry in content["glossary"] for words in (entry["short"], entry["expansion"]))
    for row in content["clearances"]:
        yield from (row[name] or "–" for name in ("office", "post", "answer", "on"))
    yield f"Approved for the agenda: {content['approval']['post']}, {content['approval']['on']}."
    for figure in context["figures"]:
        yield from (figure["name"], figure["words"])
        if files:
            more = ("counts", "quarter_words", "population_name", "status_words", "source", "as_at_words", "behind",
                    "note")  # fmt: skip
            yield from (figure[name] for name in more)


def _block(block: Content) -> Iterator[str]:
    yield from (block.get("exempt", ""), block.get("interest", ""))
    for cell in block.get("exempt_cells", ()):
        yield from (cell["where"], cell["ground"], cell["interest"])
    yield from (block.get("number", ""), block.get("text", ""), block.get("html", ""))
    if "columns" in block:
        yield block["finding"] if block["kind"] == "chart" else block["caption"]
        yield from (column["label"] for column in block["columns"])
        for line in [*block["rows"], *([block["total"]] if block["kind"] == "table" and block["total"] else [])]:
            yield from (line["label"], *line["cells"])
    yield block.get("source", "")


def bare(words: str) -> str:
    """Without spaces, tags, and the signs that lead to a figure."""
    return re.sub(r"\s|\[F\d+\]|•", "", html.unescape(strip_tags(words)))


def missing(said: str, expected: Iterator[str]) -> list[str]:
    """Of the words that should come one after the other, those that do not."""
    text, at, lost = bare(said), 0, []
    for words in filter(None, map(bare, expected)):
        found = text.find(words, at)
        if found < 0:
            lost.append(words)
        else:
            at = found + len(words)
    return lost


def said_in_pages(content: bytes) -> str:
    """In the order of drawing, without what stands at head and foot of every page."""
    pages = [text for where, text in said_by_pdf(content) if where.startswith("the text of page")]
    return " ".join(pages)


def said_in_word(content: bytes) -> str:
    return " ".join(run.text for run in docx.Document(BytesIO(content)).element.body.iter(qn("w:t")))


@pytest.mark.parametrize("rendition", ["members", "public"])
def test_e7_page_pdf_and_word_say_the_same_in_the_same_order(issue: Issue, rendition: str) -> None:
    content = json.loads(issue.snapshot_of(rendition)) | {"clearances": CLEARANCES}
    text = json.dumps(content)
    context = Contents(text).context()
    page = next(said for _, said in said_by_page(article(content)))
    written = said_in_word(word.document(text, word_template.house()))

    assert missing(page, told(content, context, files=False)) == []
    assert missing(written, told(content, context, files=True)) == []
    if rendition == "members":
        assert missing(said_in_pages(pdf.document(text)), told(content, context, files=True)) == []
    else:
        assert "[exempt]" in written


def test_e7_what_a_template_has_no_place_for_begins_the_text(issue: Issue) -> None:
    lean = [each.text for each in docx.Document(BytesIO(word.document(issue.snapshot, template()))).paragraphs]
    whole = template("{{ title }}", "{{ abstract }} of {{ board }}", "{{ number }} {{ date }} {{ by }}", "{{ body }}")
    full = [each.text for each in docx.Document(BytesIO(word.document(issue.snapshot, whole))).paragraphs]

    assert lean[2:7] == [
        "London CONTEST Board",
        "Report 1 of the 17 September 2026 meeting of the London CONTEST Board",
        "Report: 1",
        "Date: 17 September 2026",
        "Author: Director of Community Safety",
    ]
    assert full[3:6] == ["Wards: All of them", "Version: members’, with what is exempt", "It asks nobody for money."]
