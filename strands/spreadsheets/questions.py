"""What kinds ask, as columns to the right of the others: one for each question, and one for how exact a quantity is.

Kinds that ask exactly the same share a column. A spreadsheet need not have all of these, or any.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from contest_portal.core.quantity import Qualifier
from strands.kinds import KINDS, Kind
from strands.kinds.particular import Answer, Particular
from strands.models import Activity
from strands.spreadsheets.columns import COLUMNS, SEPARATOR, Column

EXACTNESS = {str(label): value for value, label in Qualifier.choices if value != Qualifier.NOT_RECORDED}
YES_NO = {"Yes": True, "No": False}
_HOW_TO_FILL = {
    Answer.CHOICE: "From the list.",
    Answer.CHOICES: "Words from the sheet Definitions, with a semicolon between.",
    Answer.YES_NO: "Yes or No; empty where it is not known.",
    Answer.DAY: "A day, like 13/05/2026.",
    Answer.MONEY: "In pounds.",
    Answer.TEXT: "No names of individuals.",
}


@dataclass(frozen=True)
class Question:
    """`how_exact` is the column beside it, of a quantity."""

    asked: Particular
    kinds: tuple[str, ...]
    column: Column
    how_exact: Column | None

    @property
    def columns(self) -> list[Column]:
        return [self.column, self.how_exact] if self.how_exact else [self.column]


def column_of(kind: str, key: str) -> str:
    """The key of the column for what that kind asks under that key; empty when it does not ask it any more."""
    return next((found.column.key for found in QUESTIONS if kind in found.kinds and found.asked.key == key), "")


def columns_for(kinds: Collection[str]) -> list[Column]:
    return [column for found in QUESTIONS if not set(kinds).isdisjoint(found.kinds) for column in found.columns]


def words_offered(asked: Particular) -> list[str]:
    return list(YES_NO) if asked.answer is Answer.YES_NO else [choice.label for choice in asked.choices]


def _questions() -> Iterator[Question]:
    asking: dict[Particular, list[Kind]] = {}
    for kind in KINDS.values():
        for asked in kind.asks:
            asking.setdefault(asked, []).append(kind)
    labels = Counter(asked.label for asked in asking) + Counter(column.heading for column in COLUMNS)
    for asked, kinds in asking.items():
        heading = asked.label if labels[asked.label] == 1 else f"{asked.label} ({_of(kinds)})"
        yield _question(asked, kinds, heading)


def _of(kinds: list[Kind]) -> str:
    return kinds[0].name if len(kinds) == 1 else kinds[0].strand.capitalize()


def _question(asked: Particular, kinds: list[Kind], heading: str) -> Question:
    keys = tuple(kind.key for kind in kinds)
    names = ", ".join(f"“{kind.name}”" for kind in kinds)
    means = " ".join(part for part in (f"Only for {names}.", asked.hint, _HOW_TO_FILL.get(asked.answer, "")) if part)
    key = f"{keys[0]}.{asked.key}"
    reads = "day" if asked.answer is Answer.DAY else "money" if asked.answer is Answer.MONEY else "answer"

    def words(row: Activity) -> Any:
        kept = row.particulars.get(asked.key) if row.kind in keys else None
        return "" if kept is None else _in_cell(asked, kept)

    def how_exact(row: Activity) -> Any:
        kept = row.particulars.get(asked.key) if row.kind in keys else None
        return "" if kept is None else Qualifier(kept["qualifier"]).label

    beside = None
    if asked.answer is Answer.QUANTITY:
        says = f"From the list. Empty means exact. Only with a number in “{heading}”."
        beside = Column(f"{key}.is", f"{heading}: how exact", "answer", says, how_exact)
    return Question(asked, keys, Column(key, heading, reads, means, words), beside)


def _in_cell(asked: Particular, kept: Any) -> Any:
    if asked.answer is Answer.QUANTITY:
        return kept["value"]
    if asked.answer is Answer.MONEY:
        return Decimal(kept)
    if asked.answer is Answer.DAY:
        return dt.date.fromisoformat(kept)
    if asked.answer is Answer.CHOICES:
        return f"{SEPARATOR} ".join(map(asked.label_of, kept))
    return kept if asked.answer is Answer.NUMBER else asked.in_words(kept)


QUESTIONS: tuple[Question, ...] = tuple(_questions())
BY_COLUMN: dict[str, Question] = {column.key: found for found in QUESTIONS for column in found.columns}
QUESTION_COLUMNS: dict[str, Column] = {column.key: column for found in QUESTIONS for column in found.columns}
