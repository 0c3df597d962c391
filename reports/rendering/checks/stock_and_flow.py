"""What happened in a period and how many there are on a day: two such numbers are never added or compared."""

import re
from collections.abc import Iterator

from reports.figures.definitions import Kind
from reports.figures.told import is_told
from reports.rendering.checks.checked import Checked, Finding, found_in
from reports.rendering.checks.numbers import numbers_in, sentences
from strands.models.measure_words import MeasureKind

FAMILY = "stock_flow"
_COMPARES = re.compile(
    r"\b(up from|down from|compared (?:with|to)|rose|risen|fell|fallen|increased?|decreased?|grew|dropped|"
    r"in (?:all|total)|together|altogether|plus|sum of|added to|total of|out of|difference)\b",
    re.IGNORECASE,
)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_ON_A_DAY = re.compile(
    r"\b(active|open|live|in post|outstanding|as (?:at|of)|on (?:the last|that|one) day)\b", re.IGNORECASE
)
_OVER_TIME = re.compile(
    rf"\b(during|in the (?:quarter|year|period|month)|between|over the|(?:in|for) (?:{_MONTH})(?: and (?:{_MONTH}))?"
    rf"|(?:{_MONTH}) (?:and|to) (?:{_MONTH}))\b"
)
_FLOWS, _STOCKS = {Kind.FLOW, MeasureKind.FLOW}, {Kind.STOCK, MeasureKind.STOCK}


def check(checked: Checked) -> Iterator[Finding]:
    for text in checked.texts:
        for plain in sentences(text.text):
            if not _COMPARES.search(plain):
                continue
            named = [each for each in checked.figures_in(plain) if not is_told(each.key)]
            kinds = {each.definition.kind for each in named}
            if kinds & _FLOWS and kinds & _STOCKS:
                words = " and ".join(f"“{each.definition.name}” ({_kind(each.definition.kind)})" for each in named)
                yield found_in(text, FAMILY, f"{words} are added or compared. They count different things.", stops=True)
            elif _typed(plain):
                yield found_in(text, FAMILY, _TYPED, stops=True)


_TYPED = (
    "A number over some time and a number on one day seem to be added or compared. The one is no part of the other: "
    "say them apart."
)


def _typed(sentence: str) -> bool:
    """17 referrals in April and May, and 45 active as of May."""
    return len(list(numbers_in(sentence))) > 1 and bool(_ON_A_DAY.search(sentence) and _OVER_TIME.search(sentence))


def _kind(kind: str) -> str:
    return "over the period" if kind in _FLOWS else "on one day"
