"""What authors type, as HTML that is safe in a page and in the renderer of PDFs.

A paper's prose knows paragraphs, lists, emphasis and links. Headings, tables and figures are blocks of their own, so
their marks stay plain text here. A figure is written [[key]], and nothing else can make a link to one; another
paragraph of the paper is written [[para:id]].
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

import nh3
from django.utils.html import format_html
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

# What refers to a block of the same paper, by its id: its number is worked out wherever the text is set.
REFERENCE = "para:"
TOKEN = re.compile(r"\[\[\s*([^\[\]]*?)\s*\]\]")
# Stacked marks on one letter and characters that turn the line around cost the renderer minutes, or mislead the reader.
MOST_MARKS = 4
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])

_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "mark"}
_ADDRESSES = re.compile(r"(https?|mailto):", re.IGNORECASE)
_NOT_PROSE = ["code", "fence", "blockquote", "hr", "html_block", "heading", "lheading", "reference"]
_NOT_INLINE = ["backticks", "image", "html_inline"]


def keys_in(text: str) -> list[str]:
    """Keys of the figures written in the text, in order, each once."""
    return [key for key in dict.fromkeys(TOKEN.findall(text)) if not is_reference(key)]


def is_reference(key: str) -> bool:
    return key.startswith(REFERENCE)


def references_in(text: str) -> list[str]:
    """Ids of the blocks that the text refers to."""
    return [key.removeprefix(REFERENCE) for key in dict.fromkeys(TOKEN.findall(text)) if is_reference(key)]


def without_figures(text: str) -> str:
    return TOKEN.sub(" ", text)


def to_html(text: str, figure: Callable[[str], str]) -> str:
    """`figure` turns a key into the HTML for it: `figure_link`, or `unknown` when there is no such figure."""
    rendered = _parser().render(tame(text), {"figure": figure})
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes={"a": {"href", "class"}, "mark": {"class"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "figure"},
        link_rel=None,
    ).strip()


def figure_link(number: int, words: str) -> str:
    return format_html('<a class="figure" href="figure:{}">{}</a>', number, words)


def unknown(key: str) -> str:
    return format_html('<mark class="unknown">[[{}]]</mark>', key)


def tame(text: str) -> str:
    return "".join(_few_marks(text.translate(TURNING)))


def _few_marks(text: str) -> Iterator[str]:
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= MOST_MARKS:
            yield character


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})
    parser.disable([*_NOT_PROSE, *_NOT_INLINE])
    parser.inline.ruler.before("link", "figure", _read_figure)
    parser.add_render_rule("figure", _write_figure)
    parser.validateLink = _is_address  # type: ignore[method-assign]
    return parser


def _is_address(url: str) -> bool:
    return bool(_ADDRESSES.match(url))


def _read_figure(state: StateInline, silent: bool) -> bool:
    match = TOKEN.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("figure", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _write_figure(renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return env["figure"](tokens[index].content)
