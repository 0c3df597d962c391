"""Checking what a row answers to the questions of its kind: the same answers that the form takes, and kept alike."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from strands.forms import rules
from strands.kinds import KINDS, Kind
from strands.kinds.particular import Answer, Particular
from strands.models import Activity
from strands.spreadsheets import cells
from strands.spreadsheets.lines import Line
from strands.spreadsheets.questions import BY_COLUMN, EXACTNESS, YES_NO, Question, column_of


def read_answers(line: Line, *, typed: bool) -> None:
    """Settle the line's `particulars` from its cells, or say by cell what is wrong."""
    kind = KINDS.get(line.given.get("kind", ""))
    line.given["particulars"] = {}
    if kind is None:
        # Which questions fit cannot be told before the kind is.
        return
    for key, value in line.answers.items():
        if key in line.unread:
            continue
        question = BY_COLUMN[key]
        if kind.key not in question.kinds:
            line.add_error(key, f"“{kind.name}” does not ask this. Leave the cell empty, or choose another kind.")
            continue
        try:
            if key == question.column.key:
                line.given["particulars"][question.asked.key] = _kept(question, value, line, typed=typed)
            elif question.column.key not in line.answers:
                line.add_error(key, f"Enter the number in “{question.column.heading}”, or leave this empty.")
        except cells.Unreadable as reason:
            line.add_error(key, str(reason))
    rules.check_parts(line, kind, line.given["particulars"], lambda key: column_of(kind.key, key))


def texts_of(line: Line) -> dict[str, str]:
    """Free texts among the answers, by column."""
    kind = KINDS.get(line.given.get("kind", ""))
    asked = [each for each in (kind.asks if kind else ()) if each.answer is Answer.TEXT]
    given = line.given["particulars"]
    return {column_of(line.given["kind"], each.key): given[each.key] for each in asked if each.key in given}


def settle_answers(line: Line, activity: Activity | None) -> None:
    """Keep what the activity has and the spreadsheet has no column for; refuse what was not in use on its day."""
    kind = KINDS.get(line.given.get("kind", ""))
    same_kind = activity is not None and kind is not None and activity.kind == kind.key
    before: Mapping[str, Any] = activity.particulars if activity is not None and same_kind else {}
    if kind is None:
        return
    given = line.given["particulars"]
    for key, kept in before.items():
        unasked = key not in given and column_of(kind.key, key) not in line.letters
        if unasked or _is_same_money(kind.asked(key), given.get(key), kept):
            given[key] = kept
    _check_in_use(line, kind, before)


def changed_answers(line: Line, activity: Activity) -> list[str]:
    """Headings of the questions that the row answers otherwise than the activity does."""
    given, before = line.given["particulars"], activity.particulars
    kind = KINDS[line.given["kind"]]
    keys = [key for key in {**before, **given} if given.get(key) != before.get(key)]
    asked = [(key, kind.asked(key)) for key in keys]
    return [each.label if each else key.replace("_", " ").capitalize() for key, each in asked]


def _check_in_use(line: Line, kind: Kind, before: Mapping[str, Any]) -> None:
    day = line.given.get("starts")
    if day is None:
        return
    for asked in (each for each in kind.asks if each.choices):
        chosen, kept = (_listed(answers.get(asked.key)) for answers in (line.given["particulars"], before))
        offered = {choice.key for choice in asked.offered(day, kept)}
        for key in chosen:
            if key not in offered:
                says = f"“{asked.label_of(key)}” was not in use on {day:%-d %B %Y}. Choose another answer."
                line.add_error(column_of(kind.key, asked.key), says)


def _listed(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else [] if answer is None else [answer]


def _is_same_money(asked: Particular | None, given: Any, kept: Any) -> bool:
    return bool(asked and asked.answer is Answer.MONEY and given and Decimal(given) == Decimal(kept))


def _kept(question: Question, value: Any, line: Line, *, typed: bool) -> Any:
    asked = question.asked
    if asked.answer is Answer.QUANTITY:
        number = _number(asked, value)
        says = line.answers.get(f"{question.column.key}.is")
        qualifier = "exact" if says is None else cells.one_of(says, EXACTNESS, "in the list of how exact a number is")
        return {"value": number, "qualifier": qualifier}
    if asked.answer is Answer.NUMBER:
        return _number(asked, value)
    if asked.answer is Answer.MONEY:
        return str(cells.money(value))
    if asked.answer is Answer.DAY:
        return _day(value, typed=typed)
    if asked.answer is Answer.TEXT:
        return _text(asked, value)
    if asked.answer is Answer.YES_NO:
        return cells.one_of("Yes" if value is True else "No" if value is False else value, YES_NO, "Yes or No")
    offered = {choice.label: choice.key for choice in asked.choices}
    noun = f"an answer to “{asked.label}”"
    several = asked.answer is Answer.CHOICES
    return cells.several(value, offered, noun) if several else cells.one_of(value, offered, noun)


def _number(asked: Particular, value: Any) -> int:
    number = cells.whole_number(value)
    if number > asked.most:
        raise cells.Unreadable(f"The number is {number:,}, and {asked.most:,} is the most. Check it.")
    return number


def _day(value: Any, *, typed: bool) -> str:
    found = cells.day(value, typed=typed)
    first, last = rules.FIRST_DAY, rules.last_day()
    if not first <= found <= last:
        raise cells.Unreadable(f"The year must be from {first.year} to {last.year}.")
    return found.isoformat()


def _text(asked: Particular, value: Any) -> str:
    words = cells.words_of(value, asked.most)
    if asked.pattern and not re.fullmatch(asked.pattern, words):
        raise cells.Unreadable(f"{asked.label} is not in the right form. {asked.hint}")
    return words
