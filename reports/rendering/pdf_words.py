"""Everything that a PDF says, wherever it says it: pages, outline, descriptions, metadata, attachments, any string.

Programs of fonts and colours are left out: they hold shapes, and names that their makers gave them.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

# Where a string stands, by the name that it has in its object.
_PLACES = {
    "/Title": "a title in the outline or the properties",
    "/Alt": "the description of a picture",
    "/ActualText": "a replacement text",
    "/E": "the expansion of an abbreviation",
    "/Contents": "a note",
    "/Author": "the properties",
    "/Subject": "the properties",
    "/Keywords": "the properties",
    "/F": "the name of an attachment",
    "/UF": "the name of an attachment",
}
_FONTS = ("/Length1", "/Length2", "/Length3")
_MAPPED = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>")


def said_in(pdf: bytes) -> Iterator[tuple[str, str]]:
    """(where, text). An earlier state of the file that was kept in it is said too."""
    if pdf.count(b"%%EOF") > 1:
        yield "an earlier state of the file", pdf.decode("latin-1")
    with pikepdf.open(BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages, start=1):
            yield f"the text of page {number}", _written(page, page.resources)
        for found in opened.objects:
            yield from _strings(found, "")
            if isinstance(found, pikepdf.Stream):
                yield from _in_stream(found)


def _strings(found: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(found, pikepdf.String):
        yield _PLACES.get(name, "a hidden string"), str(found)
    elif isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, child in found.items():
            if not getattr(child, "is_indirect", False):
                yield from _strings(child, key)
    elif isinstance(found, pikepdf.Array):
        for child in found:
            if not getattr(child, "is_indirect", False):
                yield from _strings(child, name)


def _in_stream(stream: Any) -> Iterator[tuple[str, str]]:
    kind = (str(stream.get("/Type", "")), str(stream.get("/Subtype", "")))
    if any(name in stream for name in _FONTS) or "/N" in stream:
        return
    if kind[1] == "/Form":
        yield "a drawing", _written(stream, stream.get("/Resources", pikepdf.Dictionary()))
        return
    if kind[1] == "/Image":
        return
    content = stream.read_bytes()
    if kind[0] == "/EmbeddedFile":
        yield "an attachment", content.decode("utf-8", "replace")
    elif kind[0] == "/Metadata":
        yield "the description of the file (XMP)", content.decode("utf-8", "replace")
    elif not content.startswith(b"/CIDInit"):
        yield "the drawing of a page", _literals(content)


def _literals(content: bytes) -> str:
    """Strings in round brackets, as they stand."""
    return " ".join(found.decode("latin-1") for found in re.findall(rb"\(((?:[^()\\]|\\.)*)\)", content))


def _written(page: Any, resources: Any) -> str:
    """The letters that are drawn, in the order of drawing, whatever their colour, place or size."""
    fonts = {name: _letters(font) for name, font in resources.get("/Font", {}).items()}
    letters: dict[bytes, str] = {}
    words = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "Tf":
            letters = fonts.get(str(instruction.operands[0]), {})
        elif operator in ("Tj", "'", '"', "TJ"):
            words.append("".join(_decoded(each, letters) for each in _shown(instruction.operands[-1])))
        elif operator in ("BDC", "DP"):
            words += [text for _, text in _strings(instruction.operands[-1], "")]
    return " ".join(words)


def _shown(operand: Any) -> list[bytes]:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    return [bytes(part) for part in parts if isinstance(part, pikepdf.String)]


def _decoded(text: bytes, letters: dict[bytes, str]) -> str:
    if not letters:
        return text.decode("latin-1")
    return "".join(letters.get(text[at : at + 2], "") for at in range(0, len(text), 2))


def _letters(font: Any) -> dict[bytes, str]:
    if "/ToUnicode" not in font:
        return {}
    mapped = _MAPPED.findall(font.ToUnicode.read_bytes())
    return {bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in mapped}
