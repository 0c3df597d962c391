"""The gate before anything is published: does a word that stands only in an exempt part stand in what goes out?

It does not ask how the public version was made. It reads what was made, every channel of it, and looks for words of
four letters or more, and for four words in a row, that the exempt parts have and nothing public has.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from itertools import chain
from typing import Any

from django.conf import settings

from reports.rendering.composition import Content
from reports.rendering.pdf_words import said_in

SHORTEST = 4
RUN = 4
# What the templates that everything public is drawn with say by themselves, and what the renderer writes into a file.
_SHEET = ["sheet", "slot", "piece", "table", "chart", "figures"]
_STANDING = [
    "document/*.html",
    "published/*.html",
    "clearance/printed.html",
    *(f"paper/{name}.html" for name in _SHEET),
]
_RENDERER = """
adobe aiim begin bundle conformance create creator description elements extension identification integer internal
keywords meta metadata modify namespace part pdfa pdfaextension pdfaid pdfaproperty pdfaschema pdfuaid producer property
schema schemas syntax that tool type value weasyprint xmpmeta xpacket https follows file purl default hidden true false
middle transparent bold normal white none auto arial currentcolor portal inter presentation graphics symbol mark group
axis legend title label tick domain grid role document root frame background foreground
"""
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^>]*>")
_SILENT = frozenset({"class", "d", "style", "type", "transform", "fill", "stroke", "font-family", "text-anchor"})
# Never words of an author.
_NOT_WORDS = frozenset({"id", "svg", "sha256", "key", "kind", "template", "figure", "exempt", "marking"})


@dataclass(frozen=True)
class Secrets:
    words: frozenset[str]
    runs: frozenset[tuple[str, ...]]

    def in_text(self, text: str) -> str:
        """The first of them in a text; empty when there is none."""
        words = words_of(text)
        for word in words:
            if word in self.words:
                return word
        return next((" ".join(run) for run in _runs(words) if run in self.runs), "")


@dataclass(frozen=True)
class Leak:
    words: str
    where: str

    @property
    def sentence(self) -> str:
        return (
            f"“{self.words}” stands only in an exempt part of this paper and was found in {self.where}. Nothing was "
            "published. Tell whoever runs the portal; the members’ version is not affected."
        )


def secrets_of(whole: Content, opened: Content) -> Secrets:
    """What the whole paper says and its public version does not."""
    public = [words_of(text) for text in chain(texts_in(opened, frozenset()), _standing())]
    known = frozenset(chain.from_iterable(public)) | standing_words()
    there = frozenset(chain.from_iterable(map(_runs, public)))
    exempt = [words_of(text) for text in _exempt_texts(whole, opened)]
    words = {word for word in chain.from_iterable(exempt) if len(word) >= SHORTEST and word not in known}
    return Secrets(frozenset(words), frozenset(chain.from_iterable(map(_runs, exempt))) - there)


def _exempt_texts(whole: Content, opened: Content) -> Iterator[str]:
    if "summary_exempt" in whole["paper"]:
        yield _plain(whole["paper"]["summary"])
    for section in whole["sections"]:
        for block in section["blocks"]:
            if "exempt" in block:
                yield from texts_in(block)
    public = {figure["key"] for figure in opened["figures"]}
    for figure in whole["figures"]:
        if figure["key"] not in public:
            yield from texts_in({name: figure[name] for name in ("title", "words", "note")})


def texts_in(content: Any, without: frozenset[str] = _NOT_WORDS) -> Iterator[str]:
    """Every string of a composition; `without` names those that nobody wrote."""
    if isinstance(content, str):
        yield _plain(content)
    elif isinstance(content, dict):
        for name, value in content.items():
            if name not in without:
                yield from texts_in(value, without)
    elif isinstance(content, (list, tuple)):
        for value in content:
            yield from texts_in(value, without)


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text))


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(RUN)), strict=False)


# --- what goes out --------------------------------------------------------------------------------


def leak_in(secrets: Secrets, said: Iterable[tuple[str, str]]) -> Leak | None:
    """The first leak in what is said, as (where, text)."""
    for where, text in said:
        if words := secrets.in_text(text):
            return Leak(words, where)
    return None


def said_by_pdf(pdf: bytes) -> Iterator[tuple[str, str]]:
    return ((f"{where} of the PDF", text) for where, text in said_in(pdf))


def said_by_page(markup: str) -> Iterator[tuple[str, str]]:
    """Text, and whatever stands in an attribute that can carry words."""
    reader = _Reader()
    reader.feed(markup)
    yield "the public page", " ".join(reader.texts)
    yield from (("what the public page says of a picture or link", text) for text in reader.values)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.values: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.values += [value for name, value in attrs if value and name not in _SILENT]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.values.append(data)


# --- what stands in every paper -------------------------------------------------------------------


@cache
def standing_words() -> frozenset[str]:
    return frozenset(chain(words_of(_RENDERER), *(words_of(text) for text in _standing())))


@cache
def _standing() -> tuple[str, ...]:
    folder = settings.BASE_DIR / "templates" / "reports"
    return tuple(path.read_text() for pattern in _STANDING for path in sorted(folder.glob(pattern)))
