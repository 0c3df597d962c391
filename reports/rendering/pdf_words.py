"""Everything that a PDF says, wherever it says it: pages, outline, descriptions, metadata, attachments, any string.

Programs of fonts and colours are left out: they hold shapes, and names that their makers gave them.
"""

import re
import struct
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
# What draws letters, chooses the font that they are of, or says something about them.
_SAYING = "Tf Tj TJ ' \" BDC DP"
_MAPPED = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>")
_CODES = re.compile(rb"<([0-9a-fA-F]*)>")

# What each code of a font stands for, and that of the fonts of a file by their place in it.
Letters = dict[int, str]
Known = dict[tuple[int, int], Letters]


def said_in(pdf: bytes) -> Iterator[tuple[str, str]]:
    """(where, text). An earlier state of the file that was kept in it is said too."""
    if pdf.count(b"%%EOF") > 1:
        yield "an earlier state of the file", pdf.decode("latin-1")
    with pikepdf.open(BytesIO(pdf)) as opened:
        known: Known = {}
        for number, page in enumerate(opened.pages, start=1):
            yield f"the text of page {number}", _written(page, page.resources, known)
        for found in opened.objects:
            yield from _strings_of(found)
            if isinstance(found, pikepdf.Stream):
                yield from _in_stream(found, known)


def _strings_of(found: Any) -> Iterator[tuple[str, str]]:
    """Most objects have none, which is seen soonest as they are written."""
    if isinstance(found, (pikepdf.Dictionary, pikepdf.Array)):
        written = found.unparse(resolved=True)
        if b"(" not in written and b"<" not in written.replace(b"<<", b""):
            return
    yield from _strings(found, "")


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


def _in_stream(stream: Any, known: Known) -> Iterator[tuple[str, str]]:
    kind = (str(stream.get("/Type", "")), str(stream.get("/Subtype", "")))
    if any(name in stream for name in _FONTS) or "/N" in stream:
        return
    if kind[1] == "/Form":
        yield "a drawing", _written(stream, stream.get("/Resources", pikepdf.Dictionary()), known)
        return
    if kind[1] == "/Image":
        return
    content = _unpacked(stream)
    if kind[0] == "/EmbeddedFile":
        yield "an attachment", content.decode("utf-8", "replace")
    elif kind[0] == "/Metadata":
        yield "the description of the file (XMP)", content.decode("utf-8", "replace")
    elif not content.startswith(b"/CIDInit"):
        yield "the drawing of a page", _literals(content)


def _unpacked(stream: Any) -> bytes:
    """However it was packed, but for pictures."""
    return stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)


def _literals(content: bytes) -> str:
    """Strings in round brackets, as they stand."""
    return " ".join(found.decode("latin-1") for found in re.findall(rb"\(((?:[^()\\]|\\.)*)\)", content))


def _written(page: Any, resources: Any, known: Known) -> str:
    """The letters that are drawn, in the order of drawing, whatever their colour, place or size."""
    fonts = {name: _letters(font, known) for name, font in resources.get("/Font", {}).items()}
    letters: Letters = {}
    words = []
    for instruction in pikepdf.parse_content_stream(page, _SAYING):
        kind, operands = str(instruction.operator), instruction.operands
        if kind == "Tf":
            letters = fonts.get(str(operands[0]), {})
        elif kind in ("BDC", "DP"):
            words += [text for _, text in _strings_of(operands[-1])]
        else:
            words.append("".join([_decoded(each, letters) for each in _shown(operands[-1])]))
    return " ".join(words)


def _shown(operand: Any) -> list[bytes]:
    """Joined where that is the same: many a line is drawn letter by letter, and is read soonest as it is written."""
    if not isinstance(operand, (pikepdf.String, pikepdf.Array)):
        return []
    written = operand.unparse()
    codes = _CODES.findall(written)
    if b"(" not in written and not any(len(code) % 4 for code in codes):
        return [bytes.fromhex(b"".join(codes).decode())]
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    return [bytes(part) for part in parts if isinstance(part, pikepdf.String)]


def _decoded(text: bytes, letters: Letters) -> str:
    if not letters:
        return text.decode("latin-1")
    whole = len(text) // 2
    codes = struct.unpack(f">{whole}H", text[: whole * 2])
    return "".join([letters[code] for code in codes if code in letters])


def _letters(font: Any, known: Known) -> Letters:
    if font.is_indirect and font.objgen in known:
        return known[font.objgen]
    mapped = _MAPPED.findall(_unpacked(font.ToUnicode)) if "/ToUnicode" in font else []
    letters = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in mapped}
    if font.is_indirect:
        known[font.objgen] = letters
    return letters
