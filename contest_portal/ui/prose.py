"""Markdown typed by people, as HTML that is safe to show."""

from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = frozenset(
    "p h2 h3 h4 ul ol li strong em a blockquote br hr code table thead tbody tr th td".split()
)


@cache
def parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def prose(text: str | None) -> SafeString:
    if not text:
        return mark_safe("")
    clean = nh3.clean(
        parser().render(text),
        tags=set(TAGS),
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer",
    )
    # nh3 has removed everything outside the lists above.
    return mark_safe(f'<div class="portal-prose">{clean}</div>')  # noqa: S308
