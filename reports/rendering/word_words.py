"""Everything that a Word file says: text, head and foot, properties, descriptions of pictures, addresses of links."""

import html
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

_TAG = re.compile(r"<[^>]*>")
# Letters of one word may stand in several runs; only a paragraph, a cell or a tab parts words.
_BREAK = re.compile(r"</w:p>|</w:tc>|<w:(?:tab|br)\b[^>]*>|</(?:dc|dcterms|cp):\w+>")
_SAID = re.compile(r'\b(?:descr|title|Target)="([^"]*)"')


def said_in_word(content: bytes) -> Iterator[tuple[str, str]]:
    """(where, text)."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            yield "the name of a part of the Word file", name
            if not name.endswith((".xml", ".rels")) or "/theme/" in name or name.endswith(("styles.xml", "Types].xml")):
                continue
            text = package.read(name).decode()
            yield "the text of the Word file", html.unescape(_TAG.sub("", _BREAK.sub(" ", text)))
            if name.startswith("word/"):
                yield "a description or link in the Word file", html.unescape(" . ".join(_SAID.findall(text)))
