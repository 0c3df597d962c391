"""The head of an old paper: abstract, title, number, days and by-line, in whatever order its body printed them."""

import datetime as dt
import re
from dataclasses import dataclass, field

from reports.archive.lines import BULLET, Item, plain
from reports.archive.numbers import (
    LONGEST,
    REPORT,
    SERIAL,
    SERIES,
    could_be_a_day,
    day_in,
    day_of,
    is_day,
    stands_alone,
    year_of,
)
from reports.archive.pieces import Front, Oddity, Piece

BODY = r"(?:Sub-?committee|Committee|Authority|Board|Panel|Forum|Cabinet|Council|Executive|Group)"
ABSTRACT = re.compile(
    rf"^Report\s+(?P<number>\d{{1,3}}\s?[a-z]?)\s+of\s+the\s+(?P<day>\d{{1,2}}\s+\w+\s+\d{{4}})\s+meeting\s+of\s+the\s+"
    rf"(?P<body>.+?\b{BODY}\b|[^,.]+)(?=[,.;]|\s+and\s+[a-z]+s\b|\s+(?:with|which|that|to|on|about|giving|setting)\b|$)",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(
    r"not an? (?:committee )?(?:report|paper)\b|no decisions? (?:is|are) (?:required|asked|sought)"
    r"|^This (?:\w+ ){1,3}(?:has been|was|is) (?:prepared|written) (?:to inform|for)",
    re.IGNORECASE,
)
NOTE = re.compile(r"^(?:briefing (?:note|paper)|information (?:note|paper))$", re.IGNORECASE)
SUMMARY = re.compile(r"^(?:executive )?summary$", re.IGNORECASE)
MEETINGS = {"date", "meeting", "council meeting", "date of meeting"}
AUTHORS = {"by", "author"}
LONGEST_TITLE = 300
LONGEST_OF_HEAD = 1500
# How far down the first words decide what kind of paper it is.
FIRST = 15
WORDS_OF_A_TITLE = 3


@dataclass
class Head:
    front: Front = field(default_factory=Front)
    pieces: list[Piece] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    # What the abstract says of the number and the meeting, to be held against the header.
    abstract_number: str = ""
    abstract_day: str = ""
    short: str = ""
    short_line: int = 0

    def add(self, kind: str, item: Item) -> Piece:
        piece = Piece(kind, item.text, [line.n for line in item.lines], item.marker)
        self.pieces.append(piece)
        return piece


def read_head(items: list[Item]) -> tuple[Head, list[Item]]:
    """The head, and the items after it."""
    head, place = Head(), 0
    published = not any(_tells(item) for item in items[:FIRST])
    title = _title_of_a_publication(items) if published else None
    subject = next((item.text for item in items[:FIRST] if item.kind == "field" and _is_titling(item)), "")
    head.front.title = subject
    while place < len(items):
        item = items[place]
        if not (_took(head, item) if not published else _took_of_a_publication(head, item, title)):
            break
        place += 1
    _settle(head, published=published)
    return head, items[place:]


def _tells(item: Item) -> bool:
    """Whether it can only stand at the head of a paper to a meeting, or of a numbered one."""
    if item.kind == "field":
        return True
    text = item.text[:LONGEST_OF_HEAD]
    return bool(ABSTRACT.match(text) or SERIAL.match(text) or stands_alone(text) or NOTE.match(text))


def _is_titling(item: Item) -> bool:
    return item.marker.lower() in ("subject", "title")


def _took(head: Head, item: Item) -> bool:
    """Put the item into the head, if it belongs there."""
    if item.kind == "field":
        _field(head, item)
        return True
    if item.kind != "text" or SUMMARY.match(item.text) or len(item.text) > LONGEST_OF_HEAD:
        return False
    return _took_number(head, item) or _took_words(head, item)


def _field(head: Head, item: Item) -> None:
    front, label, text = head.front, item.marker.lower(), item.text.strip()
    head.add("field", item)
    if label == "report" and (number := REPORT.match(text)):
        front.serial, front.suffix, front.printed, front.series = int(number[1]), number[2].lower(), text, "Report"
        front.shape = "report"
    elif label in MEETINGS and (day := day_in(text)):
        front.meeting_day = day.isoformat()
    elif label in ("date of decision", "date signed") and (day := day_in(text)):
        front.written_on = day.isoformat()
    elif label in AUTHORS or label.startswith("report author"):
        front.by_line = front.by_line or text
    if label in MEETINGS | {"date signed"} and text and day_in(text) is None:
        head.oddities.append(Oddity("day", f"“{text}” could not be read as a day.", item.begins))
    if label == "council meeting":
        front.shape = "note"


def _took_number(head: Head, item: Item) -> bool:
    front, text = head.front, item.text
    if found := ABSTRACT.match(text):
        head.add("abstract", item)
        front.abstract, front.body, front.shape = text, found["body"], front.shape or "report"
        head.abstract_number = found["number"].replace(" ", "")
        if day := day_in(found["day"]):
            head.abstract_day = day.isoformat()
        return True
    if found := SERIAL.match(text):
        head.add("number", item)
        text = f"{found[1]}/{found[2]}"
        head.short, head.short_line = head.short or text, head.short_line or item.begins
    elif len(text) <= LONGEST and (found := SERIES.match(text)):
        head.add("series", item)
        front.series, front.printed = found["series"].strip(), found["printed"]
    elif NOTE.match(text):
        head.add("series", item)
        front.series, front.shape = text, front.shape or "note"
    elif is_day(text):
        head.add("date", item)
        if day := day_in(text):
            front.written_on = day.isoformat()
        else:
            head.oddities.append(Oddity("day", f"There was never a {text}.", item.begins))
    else:
        return False
    return True


def _took_words(head: Head, item: Item) -> bool:
    if DISCLAIMER.search(item.text) and len(item.text) < LONGEST_TITLE * 2:
        head.add("disclaimer", item)
        return True
    if head.front.title or len(item.text) > LONGEST_TITLE:
        return False
    head.add("title", item)
    head.front.title = " ".join(plain(item.text).split())
    return True


def _title_of_a_publication(items: list[Item]) -> Item | None:
    """The first line of some words that is no sentence; what stands before it is its cover."""
    found = (item for item in items[:FIRST] if item.kind == "text" and item.is_one_line)
    for item in found:
        text = item.text
        if len(text.split()) >= WORDS_OF_A_TITLE and not text.startswith("*") and not text.endswith((".", ":", ";")):
            return item
    return next((item for item in items[:FIRST] if item.kind == "text"), None)


def _took_of_a_publication(head: Head, item: Item, title: Item | None) -> bool:
    if title is None or head.front.title or BULLET.match(item.lines[0].text):
        return False
    head.add("title" if item is title else "cover", item)
    if item is title:
        head.front.title = " ".join(plain(item.text).split())[:LONGEST_TITLE]
        told = f"“{head.front.title}” was taken for the title: the file does not say which line is."
        head.oddities.append(Oddity("title", told, item.begins))
    return True


def _settle(head: Head, *, published: bool) -> None:
    """What follows from several lines together: century, shape, and where two lines disagree."""
    front = head.front
    issued = day_of(front.written_on or front.meeting_day)
    if front.series != "Report":
        _number(head, issued)
    if front.series == "Report" and issued:
        front.year = issued.year
    if head.abstract_day and not front.meeting_day:
        front.meeting_day = head.abstract_day
    if not front.shape:
        front.shape = "briefing" if front.serial else "publication" if published else "other"
    _disagreements(head)


def _number(head: Head, issued: dt.date | None) -> None:
    front = head.front
    printed = front.printed or head.short
    if not printed:
        return
    serial, _, year = printed.partition("/")
    front.serial, front.printed = int(serial), head.short or printed
    front.year = year_of(year, issued)
    if front.year is None:
        told = f"The century of “{printed}” is not known: the paper has no day."
        head.oddities.append(Oddity("century", told, head.short_line))
    if could_be_a_day(front.printed) and issued:
        told = (
            f"“{front.printed}” was read as number {front.serial} of {front.year}, the year in which it was written. "
        )
        head.oddities.append(Oddity("like_a_day", told + "It looks like a day, and is none.", head.short_line))
    if head.short and front.series and head.short.partition("/")[0].lstrip("0") != serial.lstrip("0"):
        told = f"The number is printed as {head.short} and as {printed}."
        head.oddities.append(Oddity("number", told, head.short_line))


def _disagreements(head: Head) -> None:
    front, place = head.front, (head.pieces[0].lines[0] if head.pieces else 0)
    printed = f"{front.serial or ''}{front.suffix}"
    if head.abstract_number and front.serial is None:
        number = REPORT.match(head.abstract_number)
        if number:
            front.serial, front.suffix, front.series = int(number[1]), number[2].lower(), "Report"
            front.printed, front.year = head.abstract_number, int((front.meeting_day or "0")[:4]) or None
    elif head.abstract_number and head.abstract_number.lower() != printed:
        told = f"The abstract says Report {head.abstract_number}, and the header Report {printed}."
        head.oddities.append(Oddity("number", told, place))
    if head.abstract_day and front.meeting_day and head.abstract_day != front.meeting_day:
        days = [f"{day_of(day):%-d %B %Y}" for day in (head.abstract_day, front.meeting_day)]
        told = f"The abstract speaks of the meeting of {days[0]}, and the header gives {days[1]}."
        head.oddities.append(Oddity("meeting_day", told, place))
