"""Two numbers side by side: how far apart they can be said to be, in words, and when nothing can be said."""

import math
from dataclasses import dataclass

from contest_portal.core.quantity import Qualifier, Quantity
from reports.figures.definitions import Measure
from reports.figures.result import Figure
from reports.figures.standing import Standing

APART = "Not compared: "
_OPEN = (Qualifier.ABOUT, Qualifier.NOT_RECORDED)


@dataclass(frozen=True)
class Beside:
    """A figure of the left side and of the right side, with the difference from left to right in words."""

    name: str
    left: str
    right: str
    difference: str
    left_url: str
    right_url: str
    beware: str = ""


def beside(left: Figure, right: Figure) -> Beside:
    difference = refusal(left, right) or said(left.definition.measure, left.quantity, right.quantity)
    words = left.definition
    return Beside(words.name, left.words, right.words, difference, left.url, right.url, words.beware)


def refusal(left: Figure, right: Figure) -> str:
    """Why two figures must not be set against each other; empty when they may."""
    unfinished = {found.quarter for found in (left, right) if found.standing.state == Standing.NOT_COMPLETE}
    if left.quarter != right.quarter and unfinished:
        names = " and ".join(quarter.short for quarter in sorted(unfinished))
        return f"{APART}{names} {'is' if len(unfinished) == 1 else 'are'} not complete."
    return ""


def said(measure: Measure, left: Quantity | None, right: Quantity | None) -> str:
    """at least 12 more. It never says more than both numbers bear."""
    if left is None or right is None or left.value is None or right.value is None:
        return f"{APART}one of the two is not recorded."
    if {left.qualifier, right.qualifier} & set(_OPEN):
        return _signed(measure, right.value - left.value, "about ")
    (low, high), (low_before, high_before) = _bounds(right), _bounds(left)
    least, most = low - high_before, high - low_before
    if least == most:
        return _signed(measure, int(least), "")
    if least > 0:
        return _signed(measure, int(least), "at least ")
    if most < 0:
        return _signed(measure, int(most), "at least ")
    return f"{APART}the two are not exact enough to say which is more."


def _bounds(quantity: Quantity) -> tuple[float, float]:
    value = quantity.value or 0
    if quantity.qualifier == Qualifier.AT_LEAST:
        return value, math.inf
    return (0, value) if quantity.qualifier == Qualifier.AT_MOST else (value, value)


def _signed(measure: Measure, difference: int, qualifier: str) -> str:
    if not difference:
        return f"{qualifier}the same"
    words = measure.words(Quantity(abs(difference)))
    more, fewer = ("more", "less") if measure.unit == "pounds" else ("more", "fewer")
    return f"{qualifier}{words} {more if difference > 0 else fewer}"
