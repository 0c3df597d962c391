"""Parts that are said to make a total, tables against their total, and a number of things against the table of them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from reports.figures import Figure
from reports.figures.registry import JOINT
from reports.rendering.checks.checked import Checked, Finding, Text, found_in, is_exempt, where_is
from reports.rendering.checks.numbers import Said, numbers_in, sentences
from reports.rendering.numbering import Section

FAMILY = "sums"
# Between a total and its parts: those that make all of it, and those that are only some of it.
_ALL = re.compile(r"^[^,:]{0,40}(:|, made up of|,? comprising|,? consisting of|,? that is|\()\s*", re.IGNORECASE)
_SOME = re.compile(r"^[^,:]{0,40},? of (which|whom|these|them)\b", re.IGNORECASE)
_EACH = re.compile(r"\beach of (?:the |its )?([\d,]+)\b([^.;]*)", re.IGNORECASE)
_IN_ALL = re.compile(r"\b(in all|in total|altogether|together)\b", re.IGNORECASE)
_LISTED = re.compile(r"\btable (?:below |above )?(?:shows|lists|names|has) (?:all |the )*([^.;]+)", re.IGNORECASE)


def check(checked: Checked) -> Iterator[Finding]:
    for text in checked.texts:
        for sentence in sentences(text.said):
            yield from _parts(text, sentence)
            yield from _each(text, sentence)
    for section in checked.sections:
        yield from _tables(checked, section)


def _parts(text: Text, sentence: str) -> Iterator[Finding]:
    found = [each for each in numbers_in(sentence) if each.value >= 1]
    for place, total in enumerate(found[:-2] if len(found) > 2 else []):
        rest, parts = sentence[total.end :], found[place + 1 :]
        if not _is_list(sentence, parts):
            continue
        whole = sum(part.value for part in parts)
        listed = " + ".join(f"{part.value:,g}" for part in parts)
        if _ALL.match(rest) and whole != total.value:
            words = f"The parts do not make the total: {listed} = {whole:,g}, and not {total.value:,g}."
            yield found_in(text, FAMILY, words, stops=True)
            return
        if _SOME.match(rest) and whole > total.value:
            words = f"The parts are more than the whole: {listed} = {whole:,g}, of {total.value:,g}."
            yield found_in(text, FAMILY, words, stops=True)
            return


def _is_list(sentence: str, parts: list[Said]) -> bool:
    """Whether commas and an “and” stand between the parts, as in “5 in Brent, 4 in Harrow and 2 in Camden”."""
    between = [sentence[one.end : two.start] for one, two in pairwise(parts)]
    return bool(between) and all(re.search(r",|\band\b|\bplus\b|\+", words) for words in between)


def _each(text: Text, sentence: str) -> Iterator[Finding]:
    """Each of 629 wards has 2 constables and 1 community support officer, about 1,700 officers in all."""
    match = _EACH.search(sentence)
    if match is None or not _IN_ALL.search(match[2]):
        return
    wards, told = float(match[1].replace(",", "")), list(numbers_in(match[2]))
    if len(told) < 2:
        return
    *parts, total = told
    product = wards * sum(part.value for part in parts)
    if product != total.value:
        made = " + ".join(f"{part.value:,g}" for part in parts)
        sum_ = f"({made})" if len(parts) > 1 else made
        words = f"{wards:,g} × {sum_} = {product:,g}, and the text says {total.words}."
        yield found_in(text, FAMILY, words, stops=True)


def _tables(checked: Checked, section: Section) -> Iterator[Finding]:
    blocks = [part for part in section.parts if part.block is not None]
    before: Text | None = None
    texts = {text.place: text for text in checked.texts}
    for part in blocks:
        figure = checked.named.found.get(part.block.figure) if part.block.is_drawn else None
        if figure is not None:
            exempt = is_exempt(part.block)
            for words in _totals(figure):
                place, where = str(part.block.pk), where_is(section, part)
                yield Finding(FAMILY, place, where, words, f"{figure.key}: {words}", True, exempt)
            yield from _counted(before, figure)
        before = texts.get(str(part.block.pk))


def _totals(figure: Figure) -> Iterator[str]:
    """Where joint work is in several rows, the rows may add up to more; never to less."""
    if figure.total is None:
        return
    for place, column in enumerate(figure.columns[1:]):
        cells = [row.quantities[place] for row in figure.rows]
        total = figure.total.quantities[place]
        numbers = [cell.value for cell in cells if cell is not None and cell.value is not None]
        if total is None or total.value is None or len(numbers) < len(figure.rows):
            continue
        whole = sum(numbers)
        if whole < total.value or (whole > total.value and JOINT not in figure.note):
            yield f"The rows of “{column.label}” add up to {whole:,g}, and the total is {total.value:,g}."


def _counted(before: Text | None, figure: Figure) -> Iterator[Finding]:
    match = _LISTED.search(before.said) if before else None
    said = list(numbers_in(match[1])) if match else []
    if before and said and figure.rows and said[0].value != len(figure.rows):
        words = f"The text says that the table has {said[0].words}; it has {len(figure.rows)} rows."
        yield found_in(before, FAMILY, words, stops=True)
