"""Papers and packs against what they cost at the least.

`paper_overhead`: a paper of twelve pages from issue to ready (row, claim, confined child, template, check of letters,
numbers attached, file, end) against `write_pdf` of the same page alone. That has all that a bare call can have: a warm
process, fonts and style sheet parsed once, PDF/A-3a with tags, and no collection of garbage while it works.
`paper_overhead_public`: the same of its public version, which the gate reads for what is exempt.
`pack_reuse`, `pack_reuse_same`: a pack of six papers of which one or none changed, against rendering all of it.
`pack_parallel`: six papers rendered in two processes at once, as two workers do, against one after the other.
`pdf_peers_first`, `pdf_peers_again`: a paper by us against the same page in the same fonts, with tags and outline,
printed by a Chromium that is warm, for the first time and when it is asked for again.
"""

import json
import re
import tempfile
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.context import Context
from playwright.sync_api import sync_playwright
from weasyprint import HTML

from bench.pairs import Timed, compare, seconds
from contest_portal.management.setup import browser
from reports.models import Document, Rendition
from reports.rendering import fonts, pack, pdf, store
from reports.rendering.contents import Contents
from reports.rendering.fetcher import SCHEME, ClosedFetcher
from reports.rendering.making import make as make_document
from reports.workflow.documents import queue_document
from tests import make
from tests.cast import person
from tests.reports.sample_pack import packed
from tests.reports.sample_snapshot import canonical, long_snapshot, snapshot

PAPERS, PAIRS = 6, 5
TIMES = 11
ASSET = re.compile(rf"{SCHEME}([\w-]+)")


def main() -> None:
    settings.PORTAL_DOCUMENTS = tempfile.mkdtemp()
    pdf.make_ready()
    texts = [canonical(long_snapshot(title=f"Delivery, part {number}", report=str(number))) for number in range(PAPERS)]
    _overhead()
    _packs(texts)
    _parallel(texts)
    _peers(texts[0])


def _timed(work: Callable[[], object]) -> Timed:
    return partial(seconds, work)


# --- one paper ------------------------------------------------------------------------------------


def _overhead() -> None:
    secretary = person("secretary")
    issue = make.issue(by=secretary)
    Document.objects.filter(issue=issue).delete()
    texts = {
        Rendition.MEMBERS: _lengthened(issue.snapshot, EXEMPT),
        Rendition.PUBLIC: _lengthened(issue.open_snapshot),
    }

    def whole(rendition: str) -> None:
        with transaction.atomic():
            queued = queue_document(issue, rendition=rendition, by=secretary)
            document = Document.objects.claim(queued.pk)
            document.issue.snapshot, document.issue.open_snapshot = texts.values()
            make_document(document)
            if not Document.objects.get(pk=queued.pk).is_ready:
                raise RuntimeError("The document is not ready.")
            transaction.set_rollback(True)

    def bare(markup: str, fetcher: ClosedFetcher) -> None:
        with pdf.without_garbage_collection():
            HTML(string=markup, url_fetcher=fetcher).write_pdf(**pdf.style().options())

    for name, rendition in (("paper_overhead", Rendition.MEMBERS), ("paper_overhead_public", Rendition.PUBLIC)):
        alone = partial(bare, *_markup(texts[rendition]))
        compare(name, _timed(partial(whole, rendition)), _timed(alone), pairs=PAIRS)


EXEMPT = {
    "id": "exempt",
    "kind": "paragraph",
    "number": "",
    "exempt": "Paragraph 3",
    "interest": "The figure would tell rivals what was paid",
    "html": "<p>Quillfeather Limited was paid £48,512 for the hall in Harlesden that nobody else had offered.</p>",
}


def _lengthened(text: str, *more: dict[str, Any]) -> str:
    """A frozen paper with paragraphs again and again, until it has twelve pages."""
    content = json.loads(text)
    paragraphs = [block for section in snapshot()["sections"] for block in section["blocks"] if _is_paragraph(block)]
    content["sections"][2]["blocks"] += [*paragraphs * TIMES, *more]
    return canonical(content)


def _is_paragraph(block: dict[str, Any]) -> bool:
    return block["kind"] == "paragraph" and "figure:" not in block["html"]


def _markup(text: str) -> tuple[str, Any]:
    contents = Contents(text)
    markup = pdf.templates().get_template(contents.template).render(Context(contents.context()))
    drawings = {name: svg.encode() for name, svg in contents.charts.items()} | {"mark": pdf.mark()}
    return markup, ClosedFetcher({name: ("image/svg+xml", drawing) for name, drawing in drawings.items()})


# --- packs ----------------------------------------------------------------------------------------


def _packs(texts: list[str]) -> None:
    kept = [store.keep(pdf.document(text)) for text in texts]

    def whole() -> None:
        pack.document(packed([store.keep(pdf.document(text)) for text in texts]))

    def one_changed() -> None:
        pack.document(packed([store.keep(pdf.document(texts[0])), *kept[1:]]))

    compare("pack_reuse", _timed(one_changed), _timed(whole), pairs=PAIRS)
    compare("pack_reuse_same", _timed(lambda: pack.document(packed(kept))), _timed(whole), pairs=PAIRS)


def _parallel(texts: list[str]) -> None:
    with ProcessPoolExecutor(2, get_context("fork"), pdf.make_ready) as pool:

        def two() -> None:
            list(pool.map(pdf.document, texts))

        def one() -> None:
            for text in texts:
                pool.submit(pdf.document, text).result()

        compare("pack_parallel", _timed(two), _timed(one), pairs=PAIRS)


# --- Chromium -------------------------------------------------------------------------------------


def _peers(text: str) -> None:
    address = _page(text).as_uri()
    digest = store.keep(pdf.document(text))
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        page = chromium.new_page()

        def printed() -> None:
            page.goto(address)
            page.evaluate("document.fonts.ready")
            page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)

        compare("pdf_peers_first", _timed(partial(pdf.document, text)), _timed(printed), pairs=PAIRS)
        compare("pdf_peers_again", _timed(partial(store.read, digest)), _timed(printed), pairs=PAIRS)
        chromium.close()


def _page(text: str) -> Path:
    """The paper as a file with its style, drawings and the staged fonts beside it: Chromium knows no assets of ours."""
    folder = Path(tempfile.mkdtemp())
    contents = Contents(text)
    markup = _markup(text)[0]
    contents.context()
    for name, svg in contents.charts.items():
        (folder / f"{name}.svg").write_text(_with_fonts(svg))
    places = {name: folder / f"{name}.svg" for name in contents.charts}
    places |= {name: _font(name) for name in fonts.files()}
    places |= {"mark": settings.BASE_DIR / "static" / "brand" / "favicon.svg"}
    style = fonts.style_sheet() + (settings.BASE_DIR / "templates" / pdf.STYLE).read_text()
    styled = markup.replace("</head>", f"<style>{style}</style></head>")
    whole = folder / "paper.html"
    whole.write_text(ASSET.sub(lambda found: places[found[1]].as_uri(), styled))
    return whole


def _font(name: str) -> Path:
    return settings.PORTAL_ASSETS / "fonts" / f"{name}.woff2"


def _with_fonts(svg: str) -> str:
    """A picture in a page reads no files."""

    def inside(found: re.Match[str]) -> str:
        return f"data:font/woff2;base64,{b64encode(_font(found[1]).read_bytes()).decode()}"

    return svg.replace(">", f"><style>{ASSET.sub(inside, fonts.style_sheet())}</style>", 1)
