"""Everything that a Word file says, wherever it says it: text, even where it is cut into runs or hidden, properties,
comments, notes, custom data, targets of links, names of its parts, and whatever is put into it.

A file put into another one is read the same way.
"""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO

_ZIP = b"PK\x03\x04"
_PARAGRAPH = re.compile(r"</(?:w:p|a:p|p)>")
_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
# Parts that give a file its form. Their values are names of styles, fonts and kinds of content.
_FORM = re.compile(
    r"(styles|stylesWithEffects|fontTable|theme\d*|numbering|settings|webSettings)\.xml$|^\[Content_Types"
)
_PLACES = {
    "docProps/core.xml": "the properties",
    "docProps/app.xml": "the properties",
    "docProps/custom.xml": "the custom properties",
    "word/document.xml": "the text",
    "word/comments.xml": "the comments",
    "word/footnotes.xml": "the footnotes",
    "word/endnotes.xml": "the endnotes",
}


def said_in_word(content: bytes) -> Iterator[tuple[str, str]]:
    """(where, text)."""
    with zipfile.ZipFile(BytesIO(content)) as opened:
        if opened.comment:
            yield "the comment on the archive", opened.comment.decode("utf-8", "replace")
        for entry in opened.infolist():
            yield "the name of a part", entry.filename
            yield from _part(entry.filename, opened.read(entry))


def _part(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if content.startswith(_ZIP):
        yield from ((f"{where} of a file put in it", text) for where, text in said_in_word(content))
        return
    if not name.endswith((".xml", ".rels", ".svg", ".vml")):
        yield "a hidden part", content.decode("latin-1")
        return
    text = _decoded(content)
    where = "the form" if _FORM.search(name) else _PLACES.get(name, "a part of the text")
    # Runs of one word stand in several elements, and words of two paragraphs do not run into each other.
    yield where, unescape(_TAG.sub("", _PARAGRAPH.sub(" ", text)))
    yield where, unescape(_TAG.sub(" ", text))
    yield f"a hidden value of {where}", unescape(" ".join(a or b for a, b in _VALUE.findall(text)))
    yield f"a hidden remark of {where}", " ".join(_COMMENT.findall(text))


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content.decode(encoding, "replace")
