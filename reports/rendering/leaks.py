"""The gate before anything is published: does a word that stands only in an exempt part stand in what goes out?

It does not ask how the public version was made. It reads what was made, every channel of it, and looks for words of
four letters or more, for four words in a row, and for numbers of three digits or more, that the exempt parts have and
nothing public has. Whoever makes another kind of file asks `leak_in_file`.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from django.conf import settings

from reports.rendering.composition import Content
from reports.rendering.page_words import said_by_page
from reports.rendering.pdf_words import said_in
from reports.rendering.word_words import said_in_word

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
counted over the period as it stood at end of version members with what is areas area activity activities continued
"""
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"(?<![\w,.-])(?:\d{1,3}(?:,\d{3})+|\d{3,})(?![\w-])")
# A year stands in every date.
_YEAR = re.compile(r"(?:19|20)\d\d")
# Never words of an author.
_NOT_WORDS = frozenset({"id", "svg", "sha256", "key", "kind", "template", "figure", "exempt", "marking"})


@dataclass(frozen=True)
class Secrets:
    words: frozenset[str]
    runs: frozenset[tuple[str, ...]]
    numbers: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.runs or self.numbers)

    def in_text(self, text: str, *, numbers: bool = True) -> str:
        """The first of them in a text; empty when there is none. Where a program writes numbers of its own, such as
        places on a page, `numbers` are not looked for."""
        words = words_of(text)
        for word in words:
            if word in self.words:
                return word
        for number in numbers_of(text) if numbers and self.numbers else ():
            if number in self.numbers:
                return number
        return next((" ".join(run) for run in _runs(words) if run in self.runs), "")

    def without(self, said: Iterable[str]) -> "Secrets":
        """Those that a text does not say which everybody knows, such as the empty form of a file."""
        texts = list(said)
        words = [words_of(text) for text in texts]
        known, runs = frozenset(chain.from_iterable(words)), frozenset(chain.from_iterable(map(_runs, words)))
        numbers = frozenset(chain.from_iterable(map(numbers_of, texts)))
        return Secrets(self.words - known, self.runs - runs, self.numbers - numbers)


@dataclass(frozen=True)
class Leak:
    words: str
    where: str

    @property
    def sentence(self) -> str:
        """Whoever sees the file's page reads it, so it does not say the words themselves."""
        return (
            f"Words that stand only in an exempt part were found in {self.where}. Nothing was published. "
            "Tell whoever runs the portal, who can have them named; the members’ version is not affected."
        )


def secrets_of(whole: Content, opened: Content) -> Secrets:
    """What the whole paper says and its public version does not."""
    texts = list(_exempt_texts(whole, opened))
    every = [*texts, *_partly_exempt_texts(whole, opened)]
    words = (word for word in chain.from_iterable(map(words_of, every)) if len(word) >= SHORTEST)
    runs = chain.from_iterable(_runs(words_of(text)) for text in texts)
    numbers = (number for number in chain.from_iterable(map(numbers_of, every)) if not _YEAR.fullmatch(number))
    found = Secrets(frozenset(words), frozenset(runs), frozenset(numbers))
    found = found.without(chain(texts_in(opened, frozenset()), _read_across(opened), _standing()))
    return Secrets(found.words - standing_words(), found.runs, found.numbers)


def _read_across(opened: Content) -> Iterator[str]:
    """Each public table from cell to cell, as a page is read: four words in a row may stand in several cells."""
    papers = [opened, *opened.get("papers", ())]
    sections = [section for paper in papers for section in paper.get("sections", ())]
    for table in (block for section in sections for block in section["blocks"] if "columns" in block):
        lines = [*table["rows"], *([table["total"]] if table["total"] else [])]
        cells = [words for line in lines for words in (line["label"], *line["cells"])]
        heads = [column["label"] for column in table["columns"]]
        yield _plain(" ".join([table["caption"], *heads, *cells, table["note"], table["source"], *heads, *cells]))


def secrets_of_all(papers: Iterable[tuple[Content, Content]]) -> Secrets:
    """Of several papers in one file, as (whole, opened): a word that one of them says in public is no secret there."""
    both = list(papers)
    each = [secrets_of(whole, opened) for whole, opened in both]
    together = Secrets(
        frozenset().union(*(found.words for found in each)),
        frozenset().union(*(found.runs for found in each)),
        frozenset().union(*(found.numbers for found in each)),
    )
    return together.without(text for _, opened in both for text in texts_in(opened, frozenset()))


def _exempt_texts(whole: Content, opened: Content) -> Iterator[str]:
    if "summary_exempt" in whole["paper"]:
        yield _plain(whole["paper"]["summary"])
    for block in (block for section in whole["sections"] for block in section["blocks"]):
        if "exempt" in block:
            yield from texts_in(block)
        yield from (cell["interest"] for cell in block.get("exempt_cells", ()))
    public = {figure["key"] for figure in opened["figures"]}
    for figure in (figure for figure in whole["figures"] if figure["key"] not in public):
        yield from _told_of(figure)


def _partly_exempt_texts(whole: Content, opened: Content) -> Iterator[str]:
    """Tables and figures of which the public reads a part. What it reads is found out by whoever asks; their words do
    not run from what is public into what is not."""
    for block in (block for section in whole["sections"] for block in section["blocks"]):
        if "exempt_cells" in block:
            yield from texts_in(block)
    partly = {figure["key"] for figure in opened["figures"] if figure.get("kept_back")}
    for figure in (figure for figure in whole["figures"] if figure["key"] in partly):
        yield from _told_of(figure)


def _told_of(figure: Content) -> Iterator[str]:
    return texts_in({name: figure[name] for name in ("title", "words", "note")})


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


def numbers_of(text: str) -> list[str]:
    """Whole numbers of three digits or more, however they are written."""
    return [found.replace(",", "") for found in _NUMBER.findall(text)]


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(RUN)), strict=False)


# --- what goes out --------------------------------------------------------------------------------


def leak_in(secrets: Secrets, said: Iterable[tuple[str, str]]) -> Leak | None:
    """The first leak in what is said, as (where, text). Where there are no secrets, nobody need read it."""
    if not secrets:
        return None
    for where, text in said:
        if words := secrets.in_text(text, numbers=not where.startswith(_OF_PROGRAMS)):
            return Leak(words, where)
    return None


def leak_in_file(secrets: Secrets, content: bytes, kind: str, *, name: str = "", form: bytes = b"") -> Leak | None:
    """The first leak in a file of any kind that the portal makes, and in its name. `form` is the empty form that it was
    filled in from, such as the template of a Word file: what stands in that is no secret."""
    known = secrets.without(text for _, text in said_by_file(form, kind)) if form else secrets
    return leak_in(known, chain([("the name of the file", name)], said_by_file(content, kind)))


def said_by_file(content: bytes, kind: str) -> Iterator[tuple[str, str]]:
    """Everything that a file says, as (where, text)."""
    if kind == "pdf":
        return said_by_pdf(content)
    if kind == "docx":
        return ((f"{where} of the Word file", text) for where, text in said_in_word(content))
    if kind == "html":
        return said_by_page(content.decode("utf-8-sig", "replace"))
    if kind in ("csv", "xml", "atom", "txt", "eml"):
        return iter([(f"the {kind} file", _decoded(content))])
    raise ValueError(f"The gate does not read files of the kind {kind}.")


def _decoded(content: bytes) -> str:
    return _plain(content.decode("utf-8-sig", "replace"))


# Where programs write numbers of their own: places, sizes, colours.
_OF_PROGRAMS = ("what a drawing", "what the public page says of", "a drawing", "the drawing", "a hidden", "the form",
                "an earlier", "the description of the file")  # fmt: skip


def said_by_pdf(pdf: bytes) -> Iterator[tuple[str, str]]:
    return ((f"{where} of the PDF", text) for where, text in said_in(pdf))


# --- what stands in every paper -------------------------------------------------------------------


@cache
def standing_words() -> frozenset[str]:
    return frozenset(chain(words_of(_RENDERER), *(words_of(text) for text in _standing())))


@cache
def _standing() -> tuple[str, ...]:
    folder = settings.BASE_DIR / "templates" / "reports"
    return tuple(path.read_text() for pattern in _STANDING for path in sorted(folder.glob(pattern)))
