"""What in a text looks like a person: contact details, a date of birth, a name with an address, the words of a case.

The portal holds no data of people of concern and no lists of who came (docs/words.md has the words it uses instead).
Certain findings are refused. Words that have another meaning too are asked about, and go through once somebody has
said that they are not about a person.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from contest_portal.core.given_names import GIVEN_NAMES


@dataclass(frozen=True)
class Finding:
    """`words` as they stand in the text; `what` they look like; `advice` on what to write instead."""

    what: str
    words: str
    advice: str
    is_certain: bool = True

    @property
    def sentence(self) -> str:
        if self.is_certain:
            return f"“{self.words}” looks like {self.what}. {self.advice}"
        return f"“{self.words}” {self.what}. {self.advice}"


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"\b(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|{_DAY} +{_MONTH},? +\d{{4}}|\d{{4}}-\d\d-\d\d)\b"
_BIRTH = r"(?:\b(?:born|dob|date of birth|birth ?da(?:y|te))\b|\bd\.o\.b\b\.?)"
_POSTCODE = r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b"
_SOMEBODY = r"(?:person|people|individuals?|male|female|man|woman|child|pupil)"
_NI_LETTERS = r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
_BETWEEN = r"[\s().-]{0,2}"

EMAIL = re.compile(r"[\w.+'-]+ ?(?:@|[\[(]at[\])]) ?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
ADDRESS_OF_A_PAGE = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
DATE = re.compile(_DATE, re.IGNORECASE)
REFERENCE = re.compile(r"\b[A-Z]{3}/\d{4}-\d{2}/\d+\b")
# 0800, 0300 and the like are lines that anybody may ring; landlines and mobiles may be somebody's own.
PHONE = re.compile(
    rf"(?<![\w.,£/-])(?:\+44{_BETWEEN}(?:\(0\))?{_BETWEEN}|0044{_BETWEEN}|\(?0)[127](?:{_BETWEEN}\d){{9}}(?![\w/-]|[.,]\d)"
)
NI_NUMBER = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]\b",
    re.IGNORECASE,
)
DATE_OF_BIRTH = re.compile(rf"{_BIRTH}[^.\n]{{0,30}}?{_DATE}|{_DATE}[^.\n]{{0,12}}?{_BIRTH}", re.IGNORECASE)
POSTCODE = re.compile(_POSTCODE)
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? +[A-Z][a-z'’-]+(?: +[A-Z][A-Za-z'’-]+)*")
CAPITALISED = re.compile(r"(?<![\w'’.-])[A-Z][a-z'’-]+(?: +[A-Z][A-Za-z'’-]+)+")
# How far from a postcode a name counts as belonging to it.
NEAR = 120

# A name of two words with one of these behind it is that of a place.
_PLACES = """
academy arena avenue barracks bridge building cathedral centre chapel church clinic close club college common
court crescent drive estate field fields foundation gardens gate green grove hall hill hospital hotel house
institute lane library market mews mosque museum office parade park place primary quarter rise road row school
square stadium station street studio surgery synagogue temple terrace theatre tower trust university villas walk
way wharf works yard
"""
PLACES = frozenset(_PLACES.split())

_INNOCENT_SUBJECT = (
    r"(?: +(?:to|matter|access|areas?|lines?|leads?|teachers?|teaching|knowledge|specialists?|experts?|headings?)\b)"
)
_INNOCENT_NOMINAL = r"(?: +(?:cost|costs|fee|fees|sum|sums|charge|charges|amount|amounts|value|values|terms|budget)\b)"
_ASKED = "If it is not about a person, tick the box below; if it is, take it out."

# (pattern, what the word may be)
ASKED_ABOUT = [
    (
        re.compile(rf"(?<!school )(?<!curriculum )\bsubjects?\b(?!{_INNOCENT_SUBJECT})", re.IGNORECASE),
        "is often how a person in a case is called",
    ),
    (
        re.compile(rf"\bnominals?\b(?!{_INNOCENT_NOMINAL})", re.IGNORECASE),
        "is how a person in a case is called",
    ),
    (
        re.compile(
            r"\b(?:person|people|individuals?|male|female|man|woman|child|pupil) of (?:concern|interest)\b", re.I
        ),
        "may stand for somebody who was discussed",
    ),
    (
        re.compile(r"\bsuspects?\b(?! +(?:packages?|items?|devices?|vehicles?|bags?|drones?))", re.IGNORECASE),
        "may stand for somebody who is under investigation",
    ),
    (
        re.compile(r"\b(?:case|referral|custody|crime|nhs) (?:number|no\.?|ref(?:erence)?)\b", re.IGNORECASE),
        "announces the number of a case",
    ),
    (re.compile(r"\b(?:was|were|been) arrested\b", re.IGNORECASE), "may be about somebody who was arrested"),
]


def findings(text: str) -> list[Finding]:
    """Everything found, the certain ones first, each wording once."""
    found: dict[str, Finding] = {}
    for finding in [*_certain(text), *_asked_about(text)]:
        found.setdefault(finding.words.lower(), finding)
    return list(found.values())


def _certain(text: str) -> Iterator[Finding]:
    for match in EMAIL.finditer(text):
        yield Finding("an email address", match[0], "Take it out: no contact details of people are kept here.")
    for match in DATE_OF_BIRTH.finditer(text):
        yield Finding("a date of birth", match[0], "Take it out: nothing about one person’s life belongs here.")
    for match in NI_NUMBER.finditer(text):
        yield Finding("a National Insurance number", match[0], "Take it out.")
    for match in PHONE.finditer(_without_other_numbers(text)):
        words = text[match.start() : match.end()].strip()
        yield Finding("a phone number", words, "Take it out, or give a public line such as one that begins with 0300.")
    yield from _names_with_postcodes(text)


def _without_other_numbers(text: str) -> str:
    """The text with blanks where a date, a reference or the address of a page stands, and as long as it was."""
    for pattern in (ADDRESS_OF_A_PAGE, DATE, REFERENCE):
        text = pattern.sub(lambda match: "·" * len(match[0]), text)
    return text


def _names_with_postcodes(text: str) -> Iterator[Finding]:
    for postcode in POSTCODE.finditer(text):
        start, end = max(0, postcode.start() - NEAR), postcode.end() + NEAR
        name = next(_names(text[start:end]), "")
        if name:
            yield Finding(
                "somebody’s name with an address",
                f"{name} … {postcode[0]}",
                "Take the name out; the postcode of a public place may stay.",
            )


def _names(text: str) -> Iterator[str]:
    for match in TITLED.finditer(text):
        yield match[0]
    for match in CAPITALISED.finditer(text):
        words = match[0].split()
        if not PLACES & {word.lower() for word in words}:
            yield from (f"{first} {last}" for first, last in pairwise(words) if _is_given(first))


def _is_given(word: str) -> bool:
    return word.lower() in GIVEN_NAMES


def _asked_about(text: str) -> Iterator[Finding]:
    for pattern, what in ASKED_ABOUT:
        for match in pattern.finditer(text):
            yield Finding(what, match[0], _ASKED, is_certain=False)
