"""Reading one cell. What cannot be read raises `Unreadable`, whose text is a sentence that says what to do."""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from strands.models.evaluation import MOST
from strands.spreadsheets.columns import BY_KEY, CHOICES, SEPARATOR, Column
from strands.spreadsheets.reference import Reference

LARGEST = 2_147_483_647
MOST_MONEY = Decimal("99999999.99")
SMALL = 32_767
EARLIEST_YEAR = 1950
_AS_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_WITH_SHARE = re.compile(r"(.*?)[\s:(]+(\d+(?:\.\d+)?)\s*%?\)?")


class Unreadable(Exception):
    pass


def shown(value: Any) -> str:
    """As it is quoted back, and never more of it than is needed to find it."""
    words = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return words if len(words) <= 40 else f"{words[:40]}…"


def text(value: Any, column: Column) -> str:
    return words_of(value, column.limit)


def words_of(value: Any, limit: int | None) -> str:
    if isinstance(value, bool):
        value = "Yes" if value else "No"
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        raise Unreadable("The cell is formatted as a date or time, and a text belongs here. Format it as text.")
    words = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    if any(sign in words for sign in "\x00\u202e\u2066"):
        raise Unreadable("There are signs in this text that cannot be shown. Type it again.")
    if limit and len(words) > limit:
        raise Unreadable(f"The text has {len(words):,} characters, and {limit:,} is the most. Shorten it.")
    return words


def day(value: Any, *, typed: bool) -> dt.date:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        if value.year < EARLIEST_YEAR:
            raise Unreadable(
                f"The date is {value:%-d %B %Y}, which a spreadsheet makes of a number that was no date. "
                "Type the day again, like 13/05/2026."
            )
        return value
    if isinstance(value, str):
        return _day_from_text(value, typed=typed)
    raise Unreadable(f"“{shown(value)}” is no date. Type the day, like 13/05/2026.")


def _day_from_text(value: str, *, typed: bool) -> dt.date:
    found = _AS_DATE.fullmatch(value.strip())
    if found is None:
        raise Unreadable(f"“{shown(value)}” is no date. Type the day, like 13/05/2026.")
    parts = (found[3], found[2], found[1]) if found[3] else (found[4], found[5], found[6])
    try:
        read = dt.date(*map(int, parts))
    except ValueError:
        raise Unreadable(f"There is no day {shown(value)}. Type it as day/month/year, like 13/05/2026.") from None
    if typed:
        raise Unreadable(
            f"“{shown(value)}” is text that looks like a date. If {read:%-d %B %Y} is meant, format the cell as a "
            "date and type it again."
        )
    return read


def whole_number(value: Any) -> int:
    if isinstance(value, str):
        return _whole_number_from_text(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unreadable(f"“{shown(value)}” is no number. Type the number alone, like 200.")
    if value < 0:
        raise Unreadable(f"The number is {shown(value)}. It must be 0 or more.")
    if value != int(value):
        raise Unreadable(f"The number is {shown(value)}. It must be a whole number.")
    if value > LARGEST:
        raise Unreadable("The number is too large. Check it.")
    return int(value)


def _whole_number_from_text(value: str) -> int:
    bare = value.replace(",", "").strip()
    if re.fullmatch(r"-?\d{1,12}", bare):
        return whole_number(int(bare))
    found = re.search(r"\d[\d,]*", value)
    ask = f"Type {found[0]} alone here" if found else "Type the number alone here"
    qualifier = BY_KEY["attendance_qualifier"].heading
    raise Unreadable(
        f"“{shown(value)}” is text. {ask}, and say in “{qualifier}” whether it is about, at least or at most."
    )


def money(value: Any) -> Decimal:
    amount = _decimal(value, "Type the amount in pounds alone, like 3150 or 3,150.50.")
    if amount < 0:
        raise Unreadable(f"The amount is {shown(value)}. It must be £0 or more.")
    if amount > MOST_MONEY:
        raise Unreadable("The amount is too large. Check it.")
    if amount != amount.quantize(Decimal("0.01")):
        raise Unreadable("The amount must have no more than 2 numbers after the point.")
    return amount.quantize(Decimal("0.01"))


def small_number(value: Any) -> int:
    """Of sessions, or of points that can be scored."""
    number = whole_number(value)
    if number > SMALL:
        raise Unreadable(f"The number is {number:,}, and {SMALL:,} is the most. Check it.")
    return number


def score(value: Any) -> Decimal:
    found = _decimal(value, "Type the average alone, like 4.1.")
    if not 0 <= found <= MOST or found != found.quantize(Decimal("0.01")):
        raise Unreadable(f"The score is {shown(value)}. It must be from 0 to {MOST}, with 2 numbers after the point.")
    return found.quantize(Decimal("0.01"))


def scale(value: Any) -> int:
    number = whole_number(value)
    if not 1 <= number <= MOST:
        raise Unreadable(f"The number is {number:,}. It must be from 1 to {MOST}.")
    return number


def percent(value: Any) -> Decimal:
    share = _decimal(value, "Type the share as a number from 1 to 100, like 40.")
    if not Decimal("0.01") <= share <= 100 or share != share.quantize(Decimal("0.01")):
        raise Unreadable(f"The share is {shown(value)}. It must be from 0.01 to 100 per cent.")
    return share.quantize(Decimal("0.01"))


def _decimal(value: Any, ask: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable(f"“{shown(value)}” is no number. {ask}")
    words = str(value).strip().removeprefix("£").removesuffix("%").replace(",", "").strip()
    try:
        number = Decimal(words)
    except InvalidOperation:
        raise Unreadable(f"“{shown(value)}” is no number. {ask}") from None
    if not number.is_finite():
        raise Unreadable(f"“{shown(value)}” is no number. {ask}")
    return number


def one_of(value: Any, offered: Mapping[str, Any], noun: str) -> Any:
    """What the words stand for, however they are capitalised."""
    words = shown(value).strip() if not isinstance(value, str) else value.strip()
    if words in offered:
        return offered[words]
    plain = {key.casefold().replace("’", "'"): key for key in offered}
    wanted = words.casefold().replace("’", "'")
    if wanted in plain:
        return offered[plain[wanted]]
    near = difflib.get_close_matches(wanted, plain, n=1, cutoff=0.75)
    ask = f"Did you mean “{plain[near[0]]}”?" if near else "Choose from the list."
    raise Unreadable(f"“{shown(words)}” is not {noun}. {ask}")


def several(value: Any, offered: Mapping[str, Any], noun: str) -> list[Any]:
    found = [one_of(part, offered, noun) for part in parts(value)]
    if len(set(found)) < len(found):
        raise Unreadable("The same is there twice. Keep one of them.")
    return found


def parts(value: Any) -> list[str]:
    return [part.strip() for part in str(value).replace("\n", SEPARATOR).split(SEPARATOR) if part.strip()]


def shares(value: Any, boroughs: Mapping[str, Any]) -> dict[Any, Decimal | None]:
    """“Harrow 25; Ealing 15”. A borough without a number takes its part of what is left."""
    found: dict[Any, Decimal | None] = {}
    for part in parts(value):
        match = _WITH_SHARE.fullmatch(part)
        name, number = (match[1], match[2]) if match else (part, None)
        borough = one_of(name, boroughs, "a borough")
        if borough in found:
            raise Unreadable(f"{borough} is there twice. Keep one of them.")
        found[borough] = percent(number) if number else None
    return found


def funding(value: Any, lines: Mapping[str, Any]) -> dict[Any, Decimal | None]:
    """“Prevent grant 2026/27: 1200; Small grants 2026/27”. The amount is left out where the line alone is known."""
    found: dict[Any, Decimal | None] = {}
    for part in parts(value):
        name, colon, amount = part.rpartition(":")
        if part in lines or not colon:
            name, amount = part, ""
        line = one_of(name, lines, "a line of funding that the portal knows")
        if line in found:
            raise Unreadable(f"{line} is there twice. Keep one of them.")
        found[line] = money(amount.strip()) if amount.strip() else None
    return found


def programme(value: Any, programmes: Mapping[str, Any]) -> Any:
    reference = str(value).strip().upper()
    if reference not in programmes:
        raise Unreadable(
            f"“{shown(reference)}” is no programme that you may add sessions to. Give its reference, like "
            "BEN/2026-27/0042, or leave the cell empty."
        )
    return programmes[reference]


def marking(value: Any) -> str:
    words = str(value).strip().upper().replace("–", "-").replace(" - ", "-")
    if words in CHOICES["marking"]:
        return CHOICES["marking"][words]
    raise Unreadable(
        f"“{shown(value)}” is no marking that the portal takes: only OFFICIAL and OFFICIAL-SENSITIVE. "
        "If the text is marked higher, take it out of this spreadsheet and tell your security officer."
    )


Reader = Callable[[Any], Any]


def readers(reference: Reference, *, typed: bool) -> dict[str, Reader]:
    """How each column's cells are read, by its key."""
    by_kind: dict[str, Callable[[Column], Reader]] = {
        "reference": lambda column: lambda value: str(value).strip().upper(),
        "text": lambda column: lambda value: text(value, column),
        "day": lambda column: lambda value: day(value, typed=typed),
        "number": lambda column: whole_number,
        "money": lambda column: money,
        "small": lambda column: small_number,
        "score": lambda column: score,
        "scale": lambda column: scale,
        "funding": lambda column: lambda value: funding(value, reference.funding),
        "programme": lambda column: lambda value: programme(value, reference.programmes),
        "percent": lambda column: percent,
        "choice": lambda column: _chooser(column),
        "borough": lambda column: lambda value: one_of(value, reference.boroughs, "a borough"),
        "shares": lambda column: lambda value: shares(value, reference.boroughs),
        "strand": lambda column: lambda value: one_of(value, reference.strands, "a strand"),
        "strands": lambda column: lambda value: several(value, reference.strands, "a strand"),
        "objectives": lambda column: lambda value: several(value, reference.objectives, "the code of an objective"),
        "deliverables": lambda column: lambda value: several(value, reference.deliverables, "a deliverable"),
        "measures": lambda column: lambda value: several(value, reference.measures, "the code of a measure"),
        "partners": lambda column: lambda value: several(value, reference.partners, "a partner that the portal knows"),
        "audience": lambda column: lambda value: several(value, CHOICES["audience"], "an audience"),
    }
    return {column.key: by_kind[column.reads](column) for column in BY_KEY.values()}


def _chooser(column: Column) -> Reader:
    if column.key == "marking":
        return marking
    noun = {"kind": "a kind of activity", "status": "a status"}.get(column.key, f"in the list of “{column.heading}”")
    return lambda value: one_of(value, CHOICES[column.key], noun)
