"""Numbers as people type and read them in prose: the value, the word before it, and the noun after it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COUNTED = "one two three four five six seven eight nine ten eleven twelve"
_WORDS = {word: value for value, word in enumerate(_COUNTED.split(" "), start=1)}
_QUALIFIER = (
    r"around|about|approximately|roughly|some|in excess of|more than|over|at least|up to|at most|nearly|almost|"
    r"fewer than|less than|under"
)
_NUMBER = r"£?\d[\d,]*(?:\.\d+)?m?%?|" + "|".join(_WORDS)
NUMBER = re.compile(
    rf"(?:\b(?P<qualifier>{_QUALIFIER})\s+)?(?<![\w.,/-])(?P<number>{_NUMBER})(?![\w/-])"
    rf"(?:\s+(?P<noun>[a-z][a-z’-]+(?:\s+[a-z][a-z’-]+)?))?",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.;!?\n]+(?:\.(?=\d)[^.;!?\n]+)*")
# Two words that say the same of a number are one.
_SAME = {
    **dict.fromkeys(("around", "about", "approximately", "roughly", "some"), "about"),
    **dict.fromkeys(("in excess of", "more than", "over"), "more than"),
    **dict.fromkeys(("up to", "at most"), "at most"),
    **dict.fromkeys(("nearly", "almost"), "nearly"),
    **dict.fromkeys(("fewer than", "less than", "under"), "fewer than"),
}
# A noun ends where one of these begins.
_NO_NOUN = frozenset(
    [
        *("in", "of", "for", "to", "and", "or", "on", "at", "by", "with", "from", "over", "under", "per", "than", "as"),
        *("was", "were", "is", "are", "has", "have", "had", "that", "which", "who", "the", "a", "an", "each", "all"),
    ]
)


@dataclass(frozen=True)
class Said:
    """700, in “in excess of 700 investigations”. `words` is how it was written."""

    value: float
    qualifier: str
    noun: str
    words: str
    start: int
    end: int


def numbers_in(text: str) -> Iterator[Said]:
    for match in NUMBER.finditer(text):
        after = match["noun"] or ""
        noun = _noun(after)
        shown = match[0].removesuffix(after) + noun
        qualifier = _SAME.get((match["qualifier"] or "").lower(), (match["qualifier"] or "").lower())
        yield Said(_value(match["number"]), qualifier, noun, shown.strip(), match.start(), match.end("number"))


def sentences(text: str) -> list[str]:
    return [found.strip() for found in SENTENCE.findall(text) if found.strip()]


def _noun(words: str) -> str:
    kept: list[str] = []
    for word in words.split():
        if word.lower() in _NO_NOUN:
            break
        kept.append(word)
    return " ".join(kept)


def _value(written: str) -> float:
    if written.lower() in _WORDS:
        return float(_WORDS[written.lower()])
    plain = written.strip("£%").replace(",", "")
    return float(plain.rstrip("m")) * (1_000_000 if plain.endswith("m") else 1)
