"""Markings against what they stand on: the words of a block, and the figures in it."""

import re
from collections.abc import Iterator

from contest_portal.core.markings import Marking, highest
from reports.rendering.checks.checked import Checked, Finding, Text, found_in, is_exempt, where_is

FAMILY = "markings"
_SENSITIVE = re.compile(r"\bOFFICIAL[ -–]+SENSITIVE\b")
_OLD = re.compile(r"\b(RESTRICTED|CONFIDENTIAL|UNCLASSIFIED|NOT PROTECTIVELY MARKED|TOP SECRET|SECRET)\b")


def check(checked: Checked) -> Iterator[Finding]:
    for text in checked.texts:
        yield from _words(text)
        yield from _figures(text.place, text.where, text.marking, text.text, checked.figures_in(text.text), text.exempt)
    for section in checked.sections:
        for part in section.parts:
            block = part.block
            if block is not None and block.is_drawn and block.figure in checked.named.found:
                figure, exempt = checked.named.found[block.figure], is_exempt(block)
                where = where_is(section, part)
                yield from _figures(str(block.pk), where, block.marking, block.figure, [figure], exempt)


def _words(text: Text) -> Iterator[Finding]:
    if _SENSITIVE.search(text.text) and text.marking != Marking.OFFICIAL_SENSITIVE:
        marking = text.marking or Marking.OFFICIAL
        words = f"The text speaks of OFFICIAL-SENSITIVE material, and is marked {marking}."
        yield found_in(text, FAMILY, words, stops=True)
    if match := _OLD.search(text.text):
        words = f"“{match[0]}” is a marking of a scheme that ended in 2014. Say OFFICIAL or OFFICIAL-SENSITIVE."
        yield found_in(text, FAMILY, words)


def _figures(place: str, where: str, marking: str, about: str, figures: list, exempt: bool) -> Iterator[Finding]:
    own = marking or Marking.OFFICIAL
    for figure in figures:
        if highest([own, figure.marking]) != own:
            words = f"“{figure.definition.name}” is {figure.marking}, and what it stands in is marked {own}."
            yield Finding(FAMILY, place, where, words, about, True, exempt)
