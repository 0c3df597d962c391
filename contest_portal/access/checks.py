from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from contest_portal.access.gate import label_of


def patterns(resolver: Any, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the URL tree with its whole route."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


@register("access")
def every_view_is_labelled(**kwargs: Any) -> list[Error]:
    return [
        Error(f"The view at “{route}” has no access label.", hint="Add @access(…) or @public.", id="access.E001")
        for route, entry in patterns(get_resolver())
        if label_of(entry.callback) is None
    ]
