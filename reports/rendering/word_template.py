"""The Word document that a paper is set in: the house's own, made here, or one that a secretariat sent in.

A template may name places, and nothing else: what it holds is never run. Its words are drawn through a sandbox.
"""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

BODY, MARKING = "body", "marking"
# What each place is filled with, for the page where templates are sent in.
PLACES = {
    "title": "The title of the paper",
    "abstract": "Which paper it is of which meeting, in one line",
    "number": "What it is called, such as Report 6",
    "board": "The board that it goes to",
    "date": "The day of the meeting",
    "by": "Whose paper it is",
    "version": "Whether it is the members’ or the public version",
    MARKING: "The marking, at the head and the foot of every page",
    "hash": "The first signs of the hash of its content",
    BODY: "The text, in a paragraph of its own; what stands before it and has no place of its own begins it",
}
LARGEST = 2 << 20
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
_ALONE = re.compile(r"\{\{\s*body\s*\}\}")


def sandbox() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True)


def why_not_use(content: bytes) -> str:
    """What is wrong with a file that was found to be a Word document; empty when papers can be set in it."""
    if len(content) > LARGEST:
        return f"The template must be {LARGEST >> 20} MB or smaller."
    template = DocxTemplate(BytesIO(content))
    template.init_docx()
    try:
        parts = dict(_parts(template))
        named = {where: _names(text) for where, text in parts.items()}
    except TemplateSyntaxError as failure:
        return f"Something between double curly brackets is not a place: {failure.message}."
    except _NotPlain:
        return "A template names places, such as {{ title }}, and can hold no instructions."
    unknown = sorted(set().union(*named.values()) - PLACES.keys())
    if unknown:
        return f"There is no place called “{unknown[0]}”. The places are listed on this page."
    if not any(_ALONE.fullmatch(paragraph.text.strip()) for paragraph in template.docx.paragraphs):
        return "The template needs {{ body }} in a paragraph of its own, where the text of the paper goes."
    for where, words in (("header", "head"), ("footer", "foot")):
        if MARKING not in set().union(*(names for part, names in named.items() if part.startswith(where))):
            return f"The template needs {{{{ marking }}}} at the {words} of its pages."
    return ""


def named_in(content: bytes) -> set[str]:
    """The places in the text of a template, apart from head and foot of its pages."""
    template = DocxTemplate(BytesIO(content))
    template.init_docx()
    return _names(dict(_parts(template))["document"])


class _NotPlain(Exception):
    pass


def _parts(template: Any) -> Iterator[tuple[str, str]]:
    yield "document", template.patch_xml(template.get_xml())
    for where, uri in (("header", template.HEADER_URI), ("footer", template.FOOTER_URI)):
        for key, part in template.get_headers_footers(uri):
            yield f"{where} {key}", template.patch_xml(template.get_part_xml(part))


def _names(text: str) -> set[str]:
    parsed = sandbox().parse(text)
    if any(not isinstance(node, _PLAIN) for node in [parsed, *parsed.find_all(nodes.Node)]):
        raise _NotPlain
    return {node.name for node in parsed.find_all(nodes.Name)}


@cache
def house() -> bytes:
    """The portal's own template: plain, with the marking at head and foot of every page."""
    word = docx.Document()
    _dress(word)
    for text, style in (("board", "Subtitle"), ("abstract", "Normal"), ("title", "Title"), (BODY, "Normal")):
        word.add_paragraph(f"{{{{ {text} }}}}", style)
    written = BytesIO()
    word.save(written)
    return written.getvalue()


def _dress(word: Any) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    for part, more in ((section.header, ""), (section.footer, "\n{{ number }} · Content {{ hash }}")):
        paragraph = part.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run("{{ marking }}").bold = True
        paragraph.add_run(more)
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = "Arial", Pt(11)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3"):
        font = word.styles[name].font
        font.name, font.italic, font.color.rgb = "Arial", False, RGBColor(0x14, 0x21, 0x3D)
