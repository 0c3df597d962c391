"""Papers and packs against what they cost at the least.

`paper_overhead`: from issue to ready, queries, gate and storage included, against laying out the same page alone.
`pack_reuse`, `pack_reuse_same`: a pack of six papers of which one or none changed, against rendering all of it.
`pack_parallel`: six papers rendered in two processes at once, against one after the other.
`pdf_peers_first`, `pdf_peers_again`: a paper by us against the same page printed by a warm Chromium, for the first time
and when it is asked for again.
"""

import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.context import Context
from playwright.sync_api import sync_playwright

from bench.pairs import Timed, compare, seconds
from contest_portal.management.setup import browser
from reports.models import Document
from reports.rendering import pack, pdf, store
from reports.rendering.contents import Contents, in_our_fonts
from reports.rendering.fetcher import ClosedFetcher
from reports.rendering.making import make as make_document
from reports.workflow.documents import queue_document
from tests import make
from tests.cast import person
from tests.reports.sample_pack import packed
from tests.reports.sample_snapshot import canonical, long_snapshot

PAPERS, PAIRS = 6, 5


def main() -> None:
    settings.PORTAL_DOCUMENTS = tempfile.mkdtemp()
    pdf.make_ready()
    texts = [canonical(long_snapshot(title=f"Delivery, part {number}", report=str(number))) for number in range(PAPERS)]
    _overhead(texts[0])
    _packs(texts)
    _parallel(texts)
    _peers(texts[0])


def _timed(work: Callable[[], object]) -> Timed:
    return partial(seconds, work)


# --- one paper ------------------------------------------------------------------------------------


def _overhead(text: str) -> None:
    secretary = person("secretary")
    issue = make.issue(by=secretary)
    Document.objects.filter(issue=issue).delete()
    markup, fetcher = _markup(text)

    def whole() -> None:
        with transaction.atomic():
            queued = queue_document(issue, by=secretary)
            document = Document.objects.claim(queued.pk)
            document.issue.snapshot = text
            make_document(document)
            if not Document.objects.get(pk=queued.pk).is_ready:
                raise RuntimeError("The document is not ready.")
            transaction.set_rollback(True)

    compare("paper_overhead", _timed(whole), _timed(partial(pdf.rendered, markup, fetcher, b"0" * 32)), pairs=PAIRS)


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
    contents = Contents(text)
    markup = _markup(text)[0]
    for name, svg in contents.charts.items():
        # Chromium has no such addresses: it gets the drawing itself.
        alone = f"data:image/svg+xml;utf8,{in_our_fonts(svg).replace('#', '%23').replace(chr(34), chr(39))}"
        markup = markup.replace(f"app-asset:{name}", alone)
    style = (settings.BASE_DIR / "templates" / pdf.STYLE).read_text()
    markup = markup.replace("</head>", f"<style>{style}</style></head>")
    digest = store.keep(pdf.document(text))
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        page = chromium.new_page()

        def printed() -> None:
            page.set_content(markup)
            page.pdf(format="A4", tagged=True, outline=True)

        compare("pdf_peers_first", _timed(partial(pdf.document, text)), _timed(printed), pairs=PAIRS)
        compare("pdf_peers_again", _timed(partial(store.read, digest)), _timed(printed), pairs=PAIRS)
        chromium.close()
