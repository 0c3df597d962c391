"""Reading a PDF the way its readers do: text page by page, and the structure that a screen reader follows."""

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
