"""What is printed over the pages of finished PDFs: their number in a pack, as an artifact that is not read aloud."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf

from reports.rendering.fonts import asset_name, files

FONT = "PackStamp"
SIZE = 8
# Below the paper's own page number, in the line of its hash, ending at the right margin.
RIGHT, BASE = 521.57, 39.0
_LETTERS = "".join(map(chr, range(32, 127)))


@dataclass(frozen=True)
class Stamp:
    text: str

    def put_on(self, pdf: Pdf, page: Any) -> None:
        """The page's own content is closed off, so that whatever it leaves turned over does not turn the stamp."""
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(self._drawn())
        page.obj.Resources.Font[f"/{FONT}"] = _font_in(pdf)

    def _drawn(self) -> bytes:
        start = RIGHT - width(self.text)
        escaped = self.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return (
            "\nQ\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq BT 0.29 0.329 0.408 rg "
            f"/{FONT} {SIZE} Tf 1 0 0 1 {start:.2f} {BASE} Tm ({escaped}) Tj ET Q\nEMC"
        ).encode("latin-1")


def width(text: str) -> float:
    return sum(_widths()[ord(letter) - 32] for letter in text) * SIZE / 1000


@cache
def _program() -> bytes:
    """Plain letters alone, which take a few kilobytes."""
    font = TTFont(BytesIO(files()[asset_name("latin", "600", "normal")]), recalcTimestamp=False)
    cut = subset.Subsetter(subset.Options(layout_features=[], notdef_outline=True, hinting=False, name_IDs=[]))
    cut.populate(text=_LETTERS)
    cut.subset(font)
    written = BytesIO()
    font.save(written)
    return written.getvalue()


@cache
def _font() -> TTFont:
    """As it was written: writing it measures it anew."""
    return TTFont(BytesIO(_program()))


@cache
def _widths() -> tuple[int, ...]:
    font = _font()
    scale, named = 1000 / font["head"].unitsPerEm, font.getBestCmap()
    return tuple(round(font["hmtx"][named[ord(letter)]][0] * scale) for letter in _LETTERS)


def _font_in(pdf: Pdf) -> Any:
    """Once in each file."""
    kept = pdf.Root.get("/PortalStamp")
    if kept is None:
        kept = pdf.Root.PortalStamp = pdf.make_indirect(_as_pdf(pdf))
    return kept


def _as_pdf(pdf: Pdf) -> Dictionary:
    font = _font()
    scale = 1000 / font["head"].unitsPerEm
    box = [round(font["head"].__dict__[side] * scale) for side in ("xMin", "yMin", "xMax", "yMax")]
    name = Name("/PORTAL+Portal-Inter")
    program = pdf.make_stream(_program(), Length1=len(_program()))
    about = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=32,
            FontBBox=Array(box),
            ItalicAngle=0,
            Ascent=round(font["hhea"].ascent * scale),
            Descent=round(font["hhea"].descent * scale),
            CapHeight=round(font["OS/2"].sCapHeight * scale),
            StemV=100,
            FontFile2=program,
        )
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=name,
        FirstChar=32,
        LastChar=126,
        Widths=Array(list(_widths())),
        Encoding=Name.WinAnsiEncoding,
        FontDescriptor=about,
    )
