"""A paper or a dashboard as PDF, made from its snapshot and nothing else.

No database, no clock, no network, no file but our fonts.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from django.conf import settings
from django.template import Engine
from django.template.context import Context
from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration

from reports.rendering import fonts
from reports.rendering.attached import Attached
from reports.rendering.fetcher import ClosedFetcher
from reports.rendering.metadata import finish
from reports.rendering.page_contents import contents_of

STYLE = "reports/document/document.css"
COLOURS = "--portal-srgb"


@dataclass(frozen=True)
class Style:
    sheet: CSS
    fonts: FontConfiguration

    def options(self) -> dict[str, Any]:
        return {
            "stylesheets": [self.sheet],
            "font_config": self.fonts,
            "color_profiles": {COLOURS: profile()},
            "output_intent": COLOURS,
            "pdf_variant": "pdf/a-3a",
            "presentational_hints": True,  # for lists that start at another number than 1
        }


def document(snapshot_text: str) -> bytes:
    """The same snapshot gives the same bytes, in any process."""
    contents = contents_of(snapshot_text)
    markup = templates().get_template(contents.template).render(Context(contents.context()))
    fonts.require_printable(markup + "".join(contents.charts.values()))
    drawings = {name: svg.encode() for name, svg in contents.charts.items()} | {"mark": mark()}
    fetcher = ClosedFetcher({name: ("image/svg+xml", drawing) for name, drawing in drawings.items()})
    return rendered(markup, fetcher, contents.sha256[:32].encode(), attached=contents.numbers())


def rendered(markup: str, fetcher: ClosedFetcher, identifier: bytes, *, attached: Attached | None = None) -> bytes:
    with without_garbage_collection():
        return HTML(string=markup, url_fetcher=fetcher).write_pdf(
            finisher=finish,
            pdf_identifier=identifier,
            attachments=[attached.anew()] if attached else None,
            **style().options(),
        )


@cache
def style() -> Style:
    """Parsed once for each process: it costs as much as laying out a page or two."""
    assets = {name: ("font/ttf", content) for name, content in fonts.files().items()}
    text = (settings.BASE_DIR / "templates" / STYLE).read_text()
    with fonts.folder_of_this_process():
        ready = FontConfiguration()
        sheet = CSS(
            string=fonts.style_sheet() + text,
            url_fetcher=ClosedFetcher(assets),
            font_config=ready,
        )
    return Style(sheet, ready)


def profile() -> ColorProfile:
    """What red, green and blue are, which PDF/A wants in the file. Made anew each time: one that was read once is
    written differently the next time. The renderer has this one itself, but leaves its file open."""
    return ColorProfile(BytesIO(srgb()), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


@cache
def srgb() -> bytes:
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


@cache
def make_ready() -> None:
    """Load what every paper needs, once for each process, before there is a paper: half of what a first one takes."""
    ready = style()
    words = "".join(
        f'<p style="font-style: {slant}; font-weight: {weight}">Ready</p>' for weight, slant in fonts.STYLES
    )
    HTML(string=f"<html lang=en-GB><title>Ready</title>{words}").write_pdf(**ready.options())


@cache
def mark() -> bytes:
    return (settings.BASE_DIR / "static" / "brand" / "favicon.svg").read_bytes()


@cache
def templates() -> Engine:
    """An engine apart from the pages': no request, no context processors, none of the tags that draw charts."""
    return Engine(dirs=[str(settings.BASE_DIR / "templates")])


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Layout makes a great many objects and hardly any cycles; looking for them takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
