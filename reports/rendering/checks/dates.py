"""Days that are none, that do not fall on the day of the week named, or that lie on the wrong side of the meeting."""

import datetime as dt
import re
from collections.abc import Iterator

from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day as in_words
from reports.rendering.checks.checked import Checked, Finding, Text, found_in
from reports.rendering.checks.numbers import sentences

FAMILY = "dates"
_MONTHS = [f"{dt.date(2000, month, 1):%B}" for month in range(1, 13)]
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_DATE = re.compile(rf"\b(?:(?P<weekday>{_DAYS}),? )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{'|'.join(_MONTHS)})"
                   r" (?P<year>\d{4})\b")  # fmt: skip
_AHEAD = re.compile(r"\b(will|shall|is to|are to|is due|are due|is planned|are planned|is expected|are expected)\b")
_BEHIND = re.compile(r"\b(was|were|took place|has been|have been|held|completed|finished|ended|began)\b")
_QUARTER = re.compile(r"\bQ(?P<number>[1-4])(?: (?P<year>\d{4})(?:[/-](?P<next>\d{2,4}))?)?\b")


def check(checked: Checked) -> Iterator[Finding]:
    for text in checked.texts:
        for sentence in sentences(text.text):
            for match in _DATE.finditer(sentence):
                yield from _date(checked, text, sentence, match)
        yield from _quarters(checked, text)


def days_in(text: str) -> list[dt.date]:
    """Days that there are, in order."""
    return [day for match in _DATE.finditer(text) if (day := _day(match))]


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"]))
    except ValueError:
        return None


def _date(checked: Checked, text: Text, sentence: str, match: re.Match[str]) -> Iterator[Finding]:
    day = _day(match)
    if day is None:
        yield found_in(text, FAMILY, f"There is no {match[0]}.", stops=True)
        return
    if match["weekday"] and f"{day:%A}" != match["weekday"]:
        yield found_in(text, FAMILY, f"{in_words(day)} is a {day:%A}, and not a {match['weekday']}.", stops=True)
    occasion = "The meeting is on" if checked.source.goes_to_meeting else "The paper is dated"
    meeting = f"{occasion} {in_words(checked.day)}"
    if day < checked.day and _AHEAD.search(sentence) and not _BEHIND.search(sentence):
        words = f"{in_words(day)} is spoken of as still to come. {meeting}, when it is over."
        yield found_in(text, FAMILY, words)
    if day > checked.day and _BEHIND.search(sentence) and not _AHEAD.search(sentence):
        yield found_in(text, FAMILY, f"{in_words(day)} is spoken of as over. {meeting}, before it.")


def _quarters(checked: Checked, text: Text) -> Iterator[Finding]:
    for match in _QUARTER.finditer(text.text):
        if match["next"] is None:
            own = checked.source.quarter
            yield found_in(text, FAMILY, f"“{match[0]}” can be of two years. Write it as {own}, or as [[quarter]].")
            continue
        named = Quarter(int(match["year"]), int(match["number"]))
        if str(named.year + 1)[-2:] != match["next"][-2:]:
            yield found_in(text, FAMILY, f"There is no financial year {match['year']}/{match['next']}.", stops=True)
        elif named > checked.source.quarter:
            words = f"{named.short} is after the quarter that the paper is on, {checked.source.quarter.short}."
            yield found_in(text, FAMILY, words)
