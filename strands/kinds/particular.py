"""What a kind of activity asks beside what every activity is asked: one question, declared as data.

An answer is kept under the question's key in the activity's `particulars`: a whole number or a key as it is, a
quantity as {"value", "qualifier"}, money and days as text, several choices as a list.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from contest_portal.core.quantity import Qualifier, Quantity
from contest_portal.ui.formats import day, pounds


class Answer(Enum):
    """What can be answered."""

    NUMBER = "a whole number"
    QUANTITY = "a quantity"
    MONEY = "an amount in pounds"
    DAY = "a day"
    YES_NO = "yes or no"
    CHOICE = "one choice"
    CHOICES = "several choices"
    TEXT = "a short text"


@dataclass(frozen=True)
class InUse:
    """From one day to another, both included. What is out of use is still shown where it was chosen."""

    since: dt.date | None = None
    until: dt.date | None = None

    def __contains__(self, on: dt.date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


ALWAYS = InUse()


@dataclass(frozen=True)
class Choice:
    key: str
    label: str
    in_use: InUse = ALWAYS


@dataclass(frozen=True)
class Particular:
    """`most` is the largest number, or the longest text; `within` names the question whose number it cannot exceed."""

    key: str
    label: str
    answer: Answer
    hint: str = ""
    most: int = 0
    choices: tuple[Choice, ...] = ()
    within: str = ""
    pattern: str = ""

    def offered(self, on: dt.date, kept: Iterable[str] = ()) -> list[Choice]:
        """The choices of that day, and those that the activity has already."""
        present = set(kept)
        return [choice for choice in self.choices if on in choice.in_use or choice.key in present]

    def in_words(self, kept: Any) -> str:
        """The answer as people read it; empty when there is none."""
        if kept in (None, "", []):
            return ""
        return _WORDS.get(self.answer, lambda _, value: str(value))(self, kept)

    def as_number(self, kept: Any) -> int | Decimal | None:
        """The answer as a number that can be added up; None when it is not one, or not exact."""
        if self.answer is Answer.QUANTITY:
            return kept["value"] if kept["qualifier"] == Qualifier.EXACT else None
        if self.answer is Answer.MONEY:
            return Decimal(kept)
        return kept if self.answer is Answer.NUMBER else None

    def label_of(self, key: str) -> str:
        """Of a choice; the key itself when nobody knows it any more."""
        return next((choice.label for choice in self.choices if choice.key == key), key)


_WORDS: dict[Answer, Any] = {
    Answer.NUMBER: lambda _, kept: f"{kept:,}",
    Answer.QUANTITY: lambda _, kept: str(Quantity(kept["value"], kept["qualifier"])),
    Answer.MONEY: lambda _, kept: pounds(Decimal(kept)),
    Answer.DAY: lambda _, kept: day(dt.date.fromisoformat(kept)),
    Answer.YES_NO: lambda _, kept: "Yes" if kept else "No",
    Answer.CHOICE: lambda asked, kept: asked.label_of(kept),
    Answer.CHOICES: lambda asked, kept: "; ".join(map(asked.label_of, kept)),
}


# --- how a declaration is written ---------------------------------------------------------------


def number(key: str, label: str, hint: str = "", *, most: int = 100_000, within: str = "") -> Particular:
    return Particular(key, label, Answer.NUMBER, hint, most, within=within)


def quantity(key: str, label: str, hint: str = "", *, most: int = 10_000_000, within: str = "") -> Particular:
    return Particular(key, label, Answer.QUANTITY, hint, most, within=within)


def money(key: str, label: str, hint: str = "") -> Particular:
    return Particular(key, label, Answer.MONEY, hint)


def date(key: str, label: str, hint: str = "") -> Particular:
    return Particular(key, label, Answer.DAY, hint)


def yes_no(key: str, label: str, hint: str = "") -> Particular:
    return Particular(key, label, Answer.YES_NO, hint)


def text(key: str, label: str, hint: str, *, most: int, pattern: str = "") -> Particular:
    """Free text is the exception: a reference or the name of a thing, within a tight limit."""
    return Particular(key, label, Answer.TEXT, hint, most, pattern=pattern)


def choice(key: str, label: str, *labels: str | Choice, hint: str = "") -> Particular:
    return Particular(key, label, Answer.CHOICE, hint, choices=_choices(labels))


def choices(key: str, label: str, *labels: str | Choice, hint: str = "") -> Particular:
    return Particular(key, label, Answer.CHOICES, hint, choices=_choices(labels))


def reference(label: str = "Reference", hint: str = "Where the paper is kept, never what it says.") -> Particular:
    return text("reference", label, hint, most=40)


def _choices(labels: Iterable[str | Choice]) -> tuple[Choice, ...]:
    """A text is a choice that was always in use; its key is its words."""
    return tuple(each if isinstance(each, Choice) else Choice(_key(each), each) for each in labels)


def _key(label: str) -> str:
    return "_".join("".join(letter if letter.isalnum() else " " for letter in label.lower()).split())[:40]
