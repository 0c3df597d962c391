"""Pages of a list: what is shown, and addresses that keep the filters."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property

from contest_portal.ui.formats import number

PAGE, BEFORE = "page", "before"


class CappedPaginator(Paginator):
    """Counts no further than `MOST`, so that a page costs the same in a long list as in a short one.

    Beyond that a list goes on from its last row, not from the beginning.
    """

    MOST = 1000

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.MOST)

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return rows.values("pk")[: self.MOST + 1].count()

    @property
    def has_more(self) -> bool:
        return self._counted > self.MOST


def showing(page: Page, noun: str = "") -> str:
    """Showing 1 to 25 of 38 activities"""
    count = page.paginator.count
    words = noun or _noun(page, count)
    if not count:
        return f"No {words}"
    more = "more than " if getattr(page.paginator, "has_more", False) else ""
    return f"Showing {number(page.start_index())} to {number(page.end_index())} of {more}{number(count)} {words}"


def pagination(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Parameters of the pagination macro."""
    return {
        "previous": {"href": _address(request, page.previous_page_number())} if page.has_previous() else None,
        "next": {"href": _address(request, page.next_page_number())} if page.has_next() else None,
        "items": list(_numbers(page, request)),
    }


def address_without(query: QueryDict, path: str, name: str, value: str | None = None) -> str:
    """The address of a list without one chosen value (or any of that name), back on the first page."""
    left = QueryDict(mutable=True)
    for key, values in query.lists():
        kept = [text for text in values if key != name or (value is not None and text != value)]
        if kept and key not in (PAGE, BEFORE):
            left.setlist(key, kept)
    return f"?{left.urlencode()}" if left else path


def _numbers(page: Page, request: HttpRequest) -> Iterator[dict[str, Any]]:
    paginator = page.paginator
    for item in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(item, int):
            yield {"number": item, "href": _address(request, item), "current": item == page.number or None}
        else:
            yield {"ellipsis": True}


def _address(request: HttpRequest, number_: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number_)
    return f"?{query.urlencode()}"


def _noun(page: Page, count: int) -> str:
    model = getattr(page.paginator.object_list, "model", None)
    if model is None:
        return "results"
    return str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)
