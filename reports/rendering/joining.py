"""Joining finished PDFs into one that is as accessible as each of them.

Pages, structure trees, outlines, named places and attachments are joined. The usual tools join the pages alone, and a
validator that looks at what is tagged does not miss what has lost its tags.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count, pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from reports.rendering.stamps import Stamp
from reports.rendering.writing import AMBIGUOUS

# A link of the first part that leads into another one is written so.
SCHEME = "pack:"
LINE_END = ord("\r")
# The longest run that a PDF takes.
RUN = 128


@dataclass(frozen=True)
class Piece:
    """A finished PDF, the name of its first page as a place, and its title in the outline."""

    name: str
    title: str
    pdf: bytes


class Untagged(Exception):
    """Something that a page shows is in no structure tree."""


@dataclass
class _Joined:
    pdf: Pdf
    places: dict[str, Any] = field(default_factory=dict)
    parents: list[Any] = field(default_factory=list)
    tops: list[Any] = field(default_factory=list)
    files: dict[str, Any] = field(default_factory=dict)


def join(pieces: Sequence[Piece], stamp: Callable[[int, int], Stamp], *, labels: str = "") -> bytes:
    """One PDF with the first one's title and description. `stamp` gives what is printed on page n of m, and `labels`
    is what stands before the number of each page, on the screen as in the stamp."""
    first, *others = pieces
    with Pdf.open(BytesIO(first.pdf)) as pdf:
        joined = _Joined(pdf)
        trees = [_take(joined, first, pdf, list(pdf.pages))]
        for piece in others:
            with Pdf.open(BytesIO(piece.pdf)) as source:
                at = len(pdf.pages)
                for page in source.pages:
                    pdf.pages.append(page)
                trees.append(_take(joined, piece, source, list(pdf.pages)[at:]))
        _bind(joined, trees)
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, _label(labels)]))
        for number, page in enumerate(pdf.pages, start=1):
            stamp(number, len(pdf.pages)).put_on(pdf, page)
        require_tagged(pdf)
        return next(written for written in _written(pdf) if AMBIGUOUS not in written)


def pages_in(pdf: bytes) -> int:
    with Pdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def _label(prefix: str) -> Dictionary:
    return Dictionary(S=Name.D, P=String(prefix)) if prefix else Dictionary(S=Name.D)


def _written(pdf: Pdf) -> Iterator[bytes]:
    """The file, and then others that say the same in other bytes: spare objects at its head move all that follow, and
    so change the streams that hold small objects. All other streams are packed here beforehand, to end clearly."""
    _end_clearly(pdf)
    for spare in count():
        if spare:
            pdf.Root["/APortal"] = Array([pdf.make_indirect(Dictionary()) for _ in range(spare)])
        file = BytesIO()
        pdf.save(
            file,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
        yield file.getvalue()


def _end_clearly(pdf: Pdf) -> None:
    """What is packed ends with its checksum, wherever it stands in the file. Where that would end as half a line end
    does, it is put in runs, which end with a sign of their own; whoever writes the file leaves those as they are."""
    for stream in [found for found in pdf.objects if isinstance(found, pikepdf.Stream)]:
        if "/Filter" not in stream and stream.get("/Type") != Name.Metadata:
            packed = zlib.compress(stream.read_raw_bytes())
            if packed[-1] != LINE_END:
                stream.write(packed, filter=Name.FlateDecode)
            else:
                stream.write(_in_runs(packed), filter=Array([Name.RunLengthDecode, Name.FlateDecode]))


def _in_runs(content: bytes) -> bytes:
    """Each run behind its length, the bytes themselves as they are."""
    runs = [content[at : at + RUN] for at in range(0, len(content), RUN)]
    return b"".join(bytes([len(run) - 1]) + run for run in runs) + b"\x80"


# --- what each piece brings -----------------------------------------------------------------------


def _take(joined: _Joined, piece: Piece, source: Pdf, pages: list[Any]) -> list[Any]:
    """Move what stands outside its pages over to the joined one; the top elements of its structure tree."""
    whole = source.Root if source is joined.pdf else _carried(joined.pdf, source)
    _take_places(joined, piece, whole, pages)
    _take_outline(joined, piece, whole, pages[0])
    _take_files(joined, whole)
    return _take_tree(joined, whole, pages)


def _carried(pdf: Pdf, source: Pdf) -> Any:
    """Copied in one go, so that what refers to one another goes on doing so, and pages are those just added."""
    names = ("/StructTreeRoot", "/Outlines", "/Names", "/AF")
    wanted = Dictionary({name: source.Root[name] for name in names if name in source.Root})
    return pdf.copy_foreign(source.make_indirect(wanted))


def _take_places(joined: _Joined, piece: Piece, whole: Any, pages: list[Any]) -> None:
    """Two papers call their places by the same names, so each name gets that of its piece before it."""
    named = list(whole.get("/Names", {}).get("/Dests", {}).get("/Names", []))
    joined.places[piece.name] = Array([pages[0].obj, Name.Fit])
    for name, place in zip(named[::2], named[1::2], strict=True):
        joined.places[f"{piece.name}/{name}"] = place
    for link in _annotations(pages):
        if "/Dest" in link and isinstance(link.Dest, String):
            link.Dest = String(f"{piece.name}/{link.Dest}")
        elif str(link.get("/A", {}).get("/URI", "")).startswith(SCHEME):
            link.Dest = String(str(link.A.URI).removeprefix(SCHEME))
            del link.A


def _annotations(pages: list[Any]) -> Iterator[Any]:
    for page in pages:
        yield from page.obj.get("/Annots", [])


def _take_outline(joined: _Joined, piece: Piece, whole: Any, page: Any) -> None:
    """One closed entry, with those below it that stood below the piece's title."""
    top = Dictionary(Title=String(piece.title), Dest=Array([page.obj, Name.Fit]))
    titles = whole.get("/Outlines", {}).get("/First", {})
    if "/First" in titles and "/Next" not in titles:
        top.First, top.Last, top.Count = titles.First, titles.Last, -abs(int(titles.Count))
        top = joined.pdf.make_indirect(top)
        below = titles.First
        while below is not None:
            below.Parent = top
            below = below.get("/Next")
    joined.tops.append(top)


def _take_files(joined: _Joined, whole: Any) -> None:
    names = list(whole.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", []))
    joined.files |= {str(name): file for name, file in zip(names[::2], names[1::2], strict=True)}


def _take_tree(joined: _Joined, whole: Any, pages: list[Any]) -> list[Any]:
    """Its parent tree goes on where the one before ended."""
    at = joined.parents[-2] + 1 if joined.parents else 0
    numbers = list(whole.StructTreeRoot.ParentTree.Nums)
    for key, parents in zip(numbers[::2], numbers[1::2], strict=True):
        joined.parents += [int(key) + at, parents]
    for page in pages:
        page.obj.StructParents = int(page.obj.StructParents) + at
    for annotation in _annotations(pages):
        annotation.StructParent = int(annotation.StructParent) + at
    return list(whole.StructTreeRoot.K)


# --- the whole ------------------------------------------------------------------------------------


def _bind(joined: _Joined, trees: list[list[Any]]) -> None:
    pdf, root = joined.pdf, joined.pdf.Root
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root.StructTreeRoot))
    kids = [kid for tree in trees for kid in tree]
    for kid in kids:
        kid.S, kid.P = Name.Part, document
    document.K = Array(kids)
    root.StructTreeRoot.K = Array([document])
    root.StructTreeRoot.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(joined.parents)))
    root.StructTreeRoot.ParentTreeNextKey = joined.parents[-2] + 1
    _bind_names(joined)
    _bind_outline(joined)


def _bind_names(joined: _Joined) -> None:
    root = joined.pdf.Root
    root.Names = Dictionary(Dests=Dictionary(Names=_sorted(joined.places)))
    if joined.files:
        root.Names.EmbeddedFiles = Dictionary(Names=_sorted(joined.files))
        root.AF = Array([joined.files[name] for name in sorted(joined.files)])


def _sorted(named: dict[str, Any]) -> Array:
    return Array([part for name in sorted(named) for part in (String(name), named[name])])


def _bind_outline(joined: _Joined) -> None:
    pdf = joined.pdf
    tops = [top if top.is_indirect else pdf.make_indirect(top) for top in joined.tops]
    outline = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=tops[0], Last=tops[-1], Count=len(tops)))
    for before, after in pairwise(tops):
        before.Next, after.Prev = after, before
    for top in tops:
        top.Parent = outline
    pdf.Root.Outlines = outline


def require_tagged(pdf: Pdf) -> None:
    """Every piece of marked content on every page has its element, and that element stands on this page's list."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for number, page in enumerate(pdf.pages, start=1):
        elements: Any = parents.get(int(page.obj.get("/StructParents", -1)), [])
        if not any(element is not None and "/S" in element for element in elements):
            raise Untagged(f"Page {number} is in no structure tree.")
        for link in page.obj.get("/Annots", []):
            if int(link.get("/StructParent", -1)) not in parents:
                raise Untagged(f"A link on page {number} is in no structure tree.")
