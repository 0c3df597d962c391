"""An archived paper as PDF, made from the text of its copy and nothing else."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.template.context import Context
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from reports.rendering import fonts, pdf
from reports.rendering.archived import sheet
from reports.rendering.fetcher import ClosedFetcher
from reports.rendering.metadata import finish

STYLES = ("reports/document/document.css", "reports/archive/document.css")
# What stands for a sign that our fonts lack, and for such a bullet.
STAND_IN, BULLET = "¤", "•"


def document(copy_text: str) -> bytes:
    """The same text gives the same bytes, in any process."""
    copy = json.loads(copy_text)
    content, lacking = _printable(copy["content"])
    context = copy | {"sheet": sheet(content), "lacking": lacking}
    markup = pdf.templates().get_template("reports/archive/document.html").render(Context(context))
    fonts.require_printable(markup)
    fetcher = ClosedFetcher({"mark": ("image/svg+xml", pdf.mark())})
    with pdf.without_garbage_collection():
        return HTML(string=markup, url_fetcher=fetcher).write_pdf(
            finisher=finish, pdf_identifier=copy["sha256"][:32].encode(), **style().options()
        )


@cache
def style() -> pdf.Style:
    assets = {name: ("font/ttf", content) for name, content in fonts.files().items()}
    text = "".join((settings.BASE_DIR / "templates" / name).read_text() for name in STYLES)
    with fonts.folder_of_this_process():
        ready = FontConfiguration()
        sheet_ = CSS(string=fonts.style_sheet() + text, url_fetcher=ClosedFetcher(assets), font_config=ready)
    return pdf.Style(sheet_, ready)


def _printable(content: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The paper in signs that can be printed, and those that cannot, which are told at its end."""
    lacking: list[str] = []
    pieces = [_piece(piece, lacking) for piece in content["pieces"]]
    told = [f"U+{ord(sign):04X}" for sign in dict.fromkeys(lacking)]
    return content | {"pieces": pieces}, told


def _piece(piece: dict[str, Any], lacking: list[str]) -> dict[str, Any]:
    drawn = piece | {"text": _in_print(piece["text"], lacking, STAND_IN)}
    drawn["marker"] = _in_print(piece.get("marker", ""), lacking, BULLET)
    drawn["rows"] = [[_in_print(cell, lacking, STAND_IN) for cell in row] for row in piece.get("rows", [])]
    drawn["parts"] = [_piece(part, lacking) for part in piece.get("parts", [])]
    return drawn


def _in_print(text: str, lacking: list[str], stand_in: str) -> str:
    found = fonts.unprintable(text)
    lacking += found
    return text.translate({ord(sign): stand_in for sign in found})
