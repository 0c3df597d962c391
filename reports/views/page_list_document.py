"""The PDF of a dashboard that is a list: with the filters, the day and the rights of its page."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.http import Http404, HttpRequest
from django.urls import reverse

from boroughs.figures.money import money
from boroughs.figures.staffing import staffing
from boroughs.forms.resources import ResourcesForm
from boroughs.models import FundingLine, Post
from boroughs.views.resources import then as resources_then
from contest_portal.access.grants import may
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day as in_words
from reports.forms.returns_board import BoardFilter
from reports.models import PageDocument
from reports.rendering.composition import Content
from reports.rendering.page_content import page_content
from reports.rendering.page_lists import deliverables_pieces, resources_pieces, returns_pieces
from reports.workflow.page_documents import ask_for_page
from strands.figures.known import Known
from strands.forms.deliverable_filters import DeliverableFilter
from strands.views.as_at import day_of
from strands.views.deliverable import then as deliverables_then

Pieces = tuple[str, Quarter, Iterable[Content]]


class ListPage(NamedTuple):
    permission: str
    of: Callable[[HttpRequest, Known], Pieces]


def ask_for_list(request: HttpRequest, name: str) -> PageDocument:
    """Of the list with that name of its address, if the person may open it."""
    page = PAGES.get(name)
    if page is None or not may(request.user, page.permission):
        raise Http404
    known = day_of(request)
    title, quarter, pieces = page.of(request, known)
    query = request.GET.copy()
    query.pop("list")
    chosen = [("As known on", f"{in_words(known.day)}, at its end")] if known.is_past else []
    content = page_content(title, quarter, [("Quarter", str(quarter)), *chosen], pieces)
    return ask_for_page(content, known=known, address=f"{reverse(name)}?{query.urlencode()}", by=request.user)


def _resources(request: HttpRequest, known: Known) -> Pieces:
    form = ResourcesForm(request.GET, today=known.day)
    posts, lines = Post.objects.visible_to(request.user), FundingLine.objects.visible_to(request.user)
    with resources_then(known):
        staff, found = staffing(posts, form.day, form.kinds), money(lines, posts, form.day)
    return f"Posts and money ({form.kind_words})", Quarter.of(form.day), resources_pieces(staff, found)


def _returns(request: HttpRequest, known: Known) -> Pieces:
    board = BoardFilter(request.GET, user=request.user, known=known).board()
    if board is None:
        raise Http404
    return "Returns", board.quarter, returns_pieces(board)


def _deliverables(request: HttpRequest, known: Known) -> Pieces:
    with deliverables_then(known):
        found = list(DeliverableFilter(request.GET, user=request.user, today=known.day).found().for_table())
    return "Deliverables", Quarter.of(known.day), deliverables_pieces(found, known.day)


PAGES: dict[str, ListPage] = {
    "resources": ListPage("borough.read", _resources),
    "returns_board": ListPage("return.status", _returns),
    "deliverables": ListPage("deliverable.read", _deliverables),
}
