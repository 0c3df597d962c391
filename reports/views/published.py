"""What was published, for everybody: no person is asked for, and nothing but publications is looked at."""

from collections.abc import Iterable, Iterator
from typing import Any

import structlog
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from boards.models import Board
from contest_portal.access.gate import public_page
from contest_portal.ui.csv import csv_download
from reports.models import PackFile, Publication, PublishedWord
from reports.rendering import store
from reports.rendering.ended import banner_of
from reports.rendering.published import PublishedPack, article, description, number_lines, opened
from reports.views.document import TYPES
from reports.views.handing_out import attached

DIRECTORY = "reports/published"
PER_PAGE = 50
IN_FEED = 20

log = structlog.get_logger(__name__)


@public_page
def published(request: HttpRequest) -> HttpResponse:
    """Boards that published something."""
    boards = _all(request).boards().order_by("name")
    return render(request, f"{DIRECTORY}/boards.html", {"boards": boards})


@public_page
def published_board(request: HttpRequest, key: str) -> HttpResponse:
    rows = _of(request, key)
    board = get_object_or_404(rows.boards(), key=key)
    page = Paginator(rows.listed(), PER_PAGE).get_page(request.GET.get("page"))
    packs = [PublishedPack(file) for file in PackFile.objects.let_out().filter(pack__meeting__board=board)]
    context = {"board": board, "page": page, "packs": packs}
    return render(request, f"{DIRECTORY}/board.html", context | _ended(board))


@public_page
def published_paper(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    found = get_object_or_404(_in_full(_of(request, key)), pk=pk)
    content = opened(found.issue)
    context = {
        "publication": found,
        "paper": content["paper"],
        "board": found.issue.paper.board,
        "article": article(content) if found.is_open else "",
        # They say what was printed, so they go with the text.
        "errata": found.issue.errata.order_by("number") if found.is_open else [],
    }
    return render(request, f"{DIRECTORY}/paper.html", context | _ended(context["board"]))


@public_page
def published_pdf(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    return _file(_open(request, key, pk))


@public_page
def published_word(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    found = _open(request, key, pk)
    if not hasattr(found, "word"):
        raise Http404
    return _file(found.word)


def _file(published: Publication | PublishedWord) -> HttpResponse:
    """In the bytes that were published, or not at all."""
    document = published.document
    try:
        content = store.read(published.sha256)
    except store.NotAsStored as failure:
        log.critical("publication_damaged", document=str(document.pk), reason=str(failure))
        raise Http404 from failure
    return attached(content, document.filename, TYPES[document.format])


@public_page
def published_csv(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    found = _open(request, key, pk)
    name = found.document.filename.removesuffix(".pdf")
    return csv_download(name, number_lines(opened(found.issue)))


@public_page
def published_feed(request: HttpRequest, key: str) -> HttpResponse:
    """The last ones as an Atom feed, for readers that look by themselves."""
    rows = _of(request, key)
    board = get_object_or_404(rows.boards(), key=key)
    own = request.build_absolute_uri(reverse("published_board", args=[key]))
    feed = Atom1Feed(title=f"Papers of the {board}", link=own, description="", language="en-gb")
    for found in rows.with_text().filter(withdrawal=None)[:IN_FEED]:
        content = opened(found.issue)
        link = request.build_absolute_uri(found.get_absolute_url())
        title, words = content["paper"]["title"], description(content)
        feed.add_item(title, link, words, pubdate=found.published_at, updateddate=found.published_at, unique_id=link)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public_page
def published_hashes(request: HttpRequest) -> HttpResponse:
    """What was published when, and in which bytes: whoever kept a copy can prove what it says."""
    page = Paginator(_all(request).listed(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, f"{DIRECTORY}/hashes.html", {"page": page})


@public_page
def published_hashes_csv(request: HttpRequest) -> HttpResponse:
    return csv_download("published-papers", _hash_lines(_all(request).listed()))


def _hash_lines(rows: Iterable[Publication]) -> Iterator[list[Any]]:
    yield ["Published", "Board", "Number", "Title", "File", "SHA-256 of the file", "SHA-256 of the content", "State"]
    for found in rows:
        paper, at = found.issue.paper, timezone.localtime(found.published_at)
        state = found.withdrawal.word if found.is_withdrawn else "Published"
        named = [paper.board.name, found.issue.number, paper.title, found.document.filename]
        yield [at.isoformat(timespec="seconds"), *named, found.sha256, found.content_sha256, state]
        if hasattr(found, "word"):
            word, later = found.word, timezone.localtime(found.word.published_at)
            named[-1] = word.document.filename
            yield [later.isoformat(timespec="seconds"), *named, word.sha256, found.content_sha256, state]


def _all(request: HttpRequest) -> Any:
    return Publication.objects.visible_to(request.user)


def _of(request: HttpRequest, key: str) -> Any:
    return _all(request).filter(issue__paper__board__key=key)


def _in_full(rows: Any) -> Any:
    about = ("issue__item", "issue__paper__board__secretariat", "document", "word__document", "withdrawal__successor")
    return rows.select_related(*about)


def _open(request: HttpRequest, key: str, pk: int) -> Publication:
    """One whose text is still to be read."""
    found = get_object_or_404(_in_full(_of(request, key)), pk=pk)
    if not found.is_open:
        raise Http404
    return found


def _ended(board: Board) -> dict[str, Any]:
    """The banner over papers of a board that is no more."""
    return {"ended": banner_of(board, timezone.localdate())}
