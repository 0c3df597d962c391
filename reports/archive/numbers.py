"""Numbers of old papers. “23/09” is number 23 of 2009 and never a day in September."""

import datetime as dt
import re
from dataclasses import dataclass

MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(MONTHS)}),?\s+(\d{{4}})\b", re.IGNORECASE)
SERIAL = re.compile(r"^(?:No\.?\s*)?(\d{1,3})/(\d{4}|\d{2})$")
SERIES = re.compile(
    r"^(?P<series>\D*?\b(?:paper|briefing|note|report)\b\D*?)\s*(?P<printed>\d{1,3}/(?:\d{4}|\d{2}))$", re.I
)
REPORT = re.compile(r"^(\d{1,3})\s*([a-z]?)$", re.IGNORECASE)
# A number or a day with its name.
LONGEST = 120
ASKED = re.compile(
    r"^(?P<series>[a-z][a-z \-]*?)?\s*(?:no\.?\s*)?(?P<serial>\d{1,3})(?P<suffix>[a-z]?)"
    r"\s*(?:(?:/|\bof\b)\s*(?P<year>\d{4}|\d{2}))?$",
    re.IGNORECASE,
)


def day_in(text: str) -> dt.date | None:
    """The first day that is named; None when there is none, or no such day in the calendar."""
    found = DAY.search(text)
    if not found:
        return None
    try:
        return dt.date(int(found[3]), MONTHS.index(found[2].capitalize()) + 1, int(found[1]))
    except ValueError:
        return None


def day_of(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def is_day(text: str) -> bool:
    """Whether the text is a day and nothing else, whether or not there was ever such a day."""
    return bool(DAY.fullmatch(text.strip().rstrip(".")))


def stands_alone(text: str) -> bool:
    """A number or a day, which is a line of its own at the head of a paper."""
    return len(text) <= LONGEST and (is_day(text) or bool(SERIAL.match(text) or SERIES.match(text)))


def year_of(short: str, issued: dt.date | None) -> int | None:
    """The year that two digits stand for: the one nearest to the day of issue. Four digits say it themselves."""
    if len(short) == 4:
        return int(short)
    if issued is None:
        return None
    century = issued.year // 100 * 100
    return min((century + offset + int(short) for offset in (-100, 0, 100)), key=lambda year: abs(year - issued.year))


def could_be_a_day(printed: str) -> bool:
    first, _, second = printed.partition("/")
    return len(second) == 2 and 1 <= int(first) <= 31 and 1 <= int(second) <= 12


@dataclass(frozen=True)
class Asked:
    """A number as somebody looks for it: “23/09”, “23/2009”, “briefing 23 of 2009” or “report 6a”."""

    serial: int
    suffix: str = ""
    years: tuple[int, ...] = ()
    series: str = ""


def asked(text: str) -> Asked | None:
    """None when the words are no number of a paper. A number alone is one only with its year or its series."""
    found = ASKED.match(" ".join(text.split()))
    if not found or not (found["year"] or found["series"]):
        return None
    year = found["year"] or ""
    years = (int(year),) if len(year) == 4 else tuple(century + int(year) for century in (1900, 2000) if year)
    return Asked(int(found["serial"]), found["suffix"].lower(), years, (found["series"] or "").strip())
