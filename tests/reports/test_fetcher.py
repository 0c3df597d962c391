"""Nothing in a paper makes the renderer read a file or open a connection."""

import base64
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetchingError

from reports.rendering.fetcher import SCHEME, ClosedFetcher
from reports.rendering.pdf import document
from tests.reports.reading import pages_of
from tests.reports.sample_snapshot import CHART_BLOCK, canonical, snapshot

SECRET = "canary-7391"

# {A} is an address under the test's eyes: a file, or a page of a server that counts.
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
IN_DRAWING = [
    '<image href="{A}" width="9" height="9"/>',
    '<image xlink:href="{A}" width="9" height="9"/>',
    '<use href="{A}#a"/>',
    '<use xlink:href="{A}#a"/>',
    "<style>@import url({A});</style><rect width='9' height='9'/>",
    "<style>@font-face {{ font-family: f; src: url({A}) }} text {{ font-family: f }}</style><text>a</text>",
    "<style>rect {{ fill: url({A}#g) }}</style><rect width='9' height='9'/>",
    '<linearGradient id="g" href="{A}#g"/><rect fill="url(#g)" width="9" height="9"/>',
    '<rect fill="url({A}#g)" width="9" height="9"/>',
    '<foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="{A}"/></foreignObject>',
]
IN_STYLE = [
    "@import url({A});",
    "@font-face {{ font-family: f; src: url({A}) }} p {{ font-family: f }}",
    "p {{ background: url({A}) }}",
    "p {{ content: url({A}) }}",
    "p::before {{ content: url({A}) }}",
    "li {{ list-style-image: url({A}) }}",
    "p {{ border-image-source: url({A}); border: 3px solid }}",
    "@page {{ background: url({A}) }}",
    "@page {{ @top-left {{ content: url({A}) }} }}",
    "@color-profile --c {{ src: url({A}) }}",
]
IN_PAGE = [
    '<img src="{A}" alt="">',
    '<img srcset="{A} 2x" alt="">',
    '<object data="{A}"></object>',
    '<embed src="{A}">',
    '<iframe src="{A}"></iframe>',
    '<link rel="stylesheet" href="{A}">',
    '<link rel="attachment" href="{A}">',
    '<a rel="attachment" href="{A}">a</a>',
    '<base href="{A}/"><img src="x" alt="">',
    '<p style="background: url({A})">a</p>',
    '<input type="image" src="{A}">',
    '<video poster="{A}"></video>',
    '<meta http-equiv="refresh" content="0; url={A}">',
]


class Ears(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.heard.append(unquote(self.path))  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", "image/svg+xml")
        self.end_headers()
        self.wfile.write(SVG.format(f"<text>{SECRET}</text>").encode())

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def ears() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), Ears) as server:
        server.heard = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def addresses(ears: HTTPServer, tmp_path: Path) -> list[str]:
    file = tmp_path / "secret.svg"
    file.write_text(SVG.format(f'<text y="9">{SECRET}</text>'))
    return [f"http://127.0.0.1:{ears.server_port}/a", file.as_uri()]


def pages_with(address: str, as_image: Callable[[str], str]) -> Iterator[str]:
    """Every way in, one to a page. `as_image` gives a drawing an address that the renderer may read."""
    for drawing in IN_DRAWING:
        text = SVG.format(drawing.format(A=address))
        yield text
        yield f'<img alt="" src="{as_image(text)}">'
    for style in IN_STYLE:
        yield f"<style>{style.format(A=address)}</style><p>a</p><ul><li>b</li></ul>"
    for part in IN_PAGE:
        yield part.format(A=address)


def as_data(drawing: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"


def text_of(page: str, fetcher: URLFetcher) -> str:
    try:
        pdf = HTML(string=f"<html lang=en><title>t</title><body>{page}", url_fetcher=fetcher).write_pdf()
    except URLFetchingError:
        return ""
    return " ".join(pages_of(pdf))


def test_renderer_left_to_itself_reads_what_it_is_told_to(ears: HTTPServer, addresses: list[str]) -> None:
    """The proof that the ways in are real: without it the next test could not fail."""
    leaks = [SECRET in text_of(page, URLFetcher(timeout=2)) for page in pages_with(addresses[1], as_data)]
    for page in pages_with(addresses[0], as_data):
        text_of(page, URLFetcher(timeout=2))

    assert sum(leaks) >= 5
    assert len(ears.heard) >= 15  # type: ignore[attr-defined]


def test_closed_renderer_reads_nothing(ears: HTTPServer, addresses: list[str]) -> None:
    drawings: dict[str, tuple[str, bytes]] = {}
    fetcher = ClosedFetcher(drawings)

    def as_asset(drawing: str) -> str:
        drawings[str(len(drawings))] = ("image/svg+xml", drawing.encode())
        return f"{SCHEME}{len(drawings) - 1}"

    leaks = [
        page for address in addresses for page in pages_with(address, as_asset) if SECRET in text_of(page, fetcher)
    ]

    assert leaks == []
    assert ears.heard == []  # type: ignore[attr-defined]
    assert len(fetcher.refused) >= 30


def test_style_sheet_of_ours_reads_nothing_but_our_assets() -> None:
    fetcher = ClosedFetcher({"a": ("text/css", b"p { color: red }")})

    CSS(string="@import url(app-asset:a); @import url(app-asset:b);", url_fetcher=fetcher)

    assert fetcher.refused == ["app-asset:b"]


def test_hostile_words_in_a_snapshot_reach_nobody(ears: HTTPServer, addresses: list[str]) -> None:
    """Prose, titles, cells, alternative texts and drawings: wherever a snapshot holds text."""
    for address in addresses:
        hostile = "".join(part.format(A=address) for part in IN_PAGE if "<meta" not in part)
        content = snapshot(title=hostile[:180], summary=f"<p>{hostile}</p>", by_line=hostile[:100])
        drawing = SVG.format("".join(part.format(A=address) for part in IN_DRAWING))
        chart = CHART_BLOCK | {"svg": drawing, "alt": hostile, "finding": hostile}
        content["sections"][1] = content["sections"][1] | {"blocks": [chart]}

        text = " ".join(pages_of(document(canonical(content))))

        assert SECRET not in text
    assert ears.heard == []  # type: ignore[attr-defined]
