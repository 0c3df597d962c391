"""A number as people report it: with a word that says how exact it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models


class Qualifier(models.TextChoices):
    EXACT = "exact", "exactly"
    AT_LEAST = "at_least", "at least"
    AT_MOST = "at_most", "at most"
    ABOUT = "about", "about"
    NOT_RECORDED = "not_recorded", "not recorded"


@dataclass(frozen=True)
class Quantity:
    """A whole number with its qualifier. `value` is None when, and only when, nothing was recorded."""

    value: int | None
    qualifier: str = Qualifier.EXACT

    def __post_init__(self) -> None:
        if (self.value is None) != (self.qualifier == Qualifier.NOT_RECORDED):
            raise ValueError("A quantity has no value exactly when it was not recorded.")

    def __add__(self, other: "Quantity") -> "Quantity":
        return total([self, other])

    def __str__(self) -> str:
        if self.value is None:
            return "not recorded"
        word = "" if self.qualifier == Qualifier.EXACT else f"{Qualifier(self.qualifier).label} "
        return f"{word}{self.value:,}"


NOT_RECORDED = Quantity(None, Qualifier.NOT_RECORDED)


def total(quantities: Iterable[Quantity]) -> Quantity:
    """The sum, no more exact than its parts.

    A missing part can only add, so it makes the sum "at least"; "at least" and "at most" together, or any
    "about", make it "about". A sum of nothing is exactly 0; a sum of parts that are all missing is not recorded.
    """
    parts = list(quantities)
    counts = dict.fromkeys(Qualifier.values, 0)
    for part in parts:
        counts[part.qualifier] += 1
    return combine(sum(part.value or 0 for part in parts), counts)


def combine(value: int, counts: dict[str, int]) -> Quantity:
    """`total`, from a sum already made and the number of parts under each qualifier (what SQL gives)."""
    present = {Qualifier(key) for key, count in counts.items() if count}
    if present == {Qualifier.NOT_RECORDED}:
        return NOT_RECORDED
    lower = present & {Qualifier.AT_LEAST, Qualifier.NOT_RECORDED}
    if Qualifier.ABOUT in present or (lower and Qualifier.AT_MOST in present):
        return Quantity(value, Qualifier.ABOUT)
    if lower:
        return Quantity(value, Qualifier.AT_LEAST)
    return Quantity(value, Qualifier.AT_MOST if Qualifier.AT_MOST in present else Qualifier.EXACT)
