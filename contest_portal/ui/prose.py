"""Markdown typed by people, as HTML that is safe to show."""

from functools import cache

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

TAGS = {
    *("p", "h2", "h3", "h4", "blockquote", "br", "hr"),
    *("strong", "em", "a", "code", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


@cache
def parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def prose(text: str | None) -> SafeString:
    if not text:
        return SafeString()
    clean = nh3.clean(
        parser().render(text),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer",
    )
    # nh3 has removed everything outside the lists above.
    return SafeString(f'<div class="portal-prose">{clean}</div>')
