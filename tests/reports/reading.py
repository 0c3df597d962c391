"""Reading a PDF the way its readers do: text page by page, and the structure that a screen reader follows; and a file
as somebody does who looks for what it should not say."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, words parted by single spaces."""
    return [
        " ".join(" ".join(box.get_text() for box in page if isinstance(box, LTTextContainer)).split())
        for page in extract_pages(BytesIO(pdf))
    ]


def elements_of(pdf: bytes) -> list[tuple[str, str]]:
    """Every structure element in reading order: its kind, and its alternative text where it has one."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [(str(element.S), str(element.get("/Alt", ""))) for element in _elements(opened.Root.StructTreeRoot.K)]


def marked_and_reached(pdf: bytes) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Marked content by page: what the pages contain, and what the structure tree reaches."""
    marked: dict[int, set[int]] = {}
    reached: dict[int, set[int]] = defaultdict(set)
    with pikepdf.open(BytesIO(pdf)) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        for number, page in enumerate(opened.pages):
            marked[number] = set(_content_ids(page))
        for element in _elements(opened.Root.StructTreeRoot.K):
            for kid in _kids(element):
                if isinstance(kid, int):
                    reached[numbers[element.Pg.objgen]].add(kid)
    return marked, dict(reached)


def _content_ids(page: pikepdf.Page) -> Iterator[int]:
    for instruction in pikepdf.parse_content_stream(page, "BDC"):
        tag, properties = instruction.operands
        if str(tag) != "/Artifact" and "/MCID" in properties:
            yield int(properties.MCID)


def _elements(kids: Any) -> Iterator[Any]:
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(_kids(kid))


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, (pikepdf.Array, list)) else [kids]


# --- everything that a file says ------------------------------------------------------------------


def parts_of_pdf(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Every string of every object and every stream unpacked; and each place by itself where words like to be left."""
    with pikepdf.open(BytesIO(pdf)) as found:
        with found.open_outline() as outline:
            yield "bookmarks", repr(list(titles_of(outline.root))).encode()
        yield "properties", repr(dict(found.docinfo.items())).encode()
        yield "XMP", found.Root.Metadata.read_bytes()
        files = found.attachments
        yield "attached files", b"".join(name.encode() + files[name].get_file().read_bytes() for name in files)
        objects = list(found.objects)
        marked = [each for each in objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
        yield "alternative texts", repr([str(each.Alt) for each in marked]).encode()
        yield "objects", b"\n".join(repr(each).encode() for each in objects)
        streams = [each.read_bytes() for each in objects if isinstance(each, pikepdf.Stream)]
        yield "streams", b"\n".join([*streams, pdf])
        yield "letters", "\n".join(letters_in(streams)).encode()


def titles_of(items: Any) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from titles_of(item.children)


def letters_in(streams: list[bytes]) -> Iterator[str]:
    """What every drawing says when it is read with every font: more than anybody sees, and nothing less."""
    maps = [stream for stream in streams if stream.startswith(b"/CIDInit")]
    fonts = [dict(re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", each)) for each in maps]
    for stream in streams:
        shown = b"".join(re.findall(rb"<([0-9a-f]+)>", stream)) if b"TJ" in stream or b"Tj" in stream else b""
        codes = [shown[at : at + 4] for at in range(0, len(shown), 4)]
        for font in fonts:
            found = b"".join(font.get(code, b"") for code in codes)
            yield bytes.fromhex(found.decode()).decode("utf-16-be")


def parts_of_word(word: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part unpacked, its name, and its words however they are cut into runs."""
    with zipfile.ZipFile(BytesIO(word)) as found:
        parts = {name: found.read(name) for name in found.namelist()}
    yield "parts of the Word file", repr(list(parts)).encode() + b"\n".join(parts.values())
    yield "words of the Word file", re.sub(rb"<[^>]*>", b"", parts["word/document.xml"])
    yield "properties of the Word file", parts["docProps/core.xml"]
