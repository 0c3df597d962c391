"""Short forms: written out where they first stand, as the list of them has it on the day of the meeting."""

import re
from collections.abc import Iterator

from reports.models import Acronym
from reports.rendering.checks.checked import Checked, Finding, Text, found_in
from reports.rendering.glossary import SHORT

FAMILY = "acronyms"
# “Muslim Contact Unit (MCU)”
_WRITTEN_OUT = re.compile(r"((?:[\w’&-]+[ ]){1,8})\((?P<short>[A-Z]{2,}\d*|[A-Z]+\d+)s?\)")
# Figures and addresses are no words of the author.
_APART = re.compile(r"\[\[[^\]]*\]\]|\(https?:[^)]*\)")
# Names and marks in capitals that stand for nothing longer.
NO_ACRONYM = frozenset({"OFFICIAL", "SENSITIVE", "CONTEST", "UK", "RAG", "NOT", "LOW", "MODERATE", "SUBSTANTIAL"}) | {
    *("SEVERE", "CRITICAL", "RESTRICTED", "CONFIDENTIAL", "SECRET", "UNCLASSIFIED", "PROTECTIVELY", "MARKED", "TOP"),
    *("Q1", "Q2", "Q3", "Q4", "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII"),
}
_SMALL = frozenset({"of", "and", "the", "for", "in", "on", "to", "a", "an", "&"})


def shorts_in(text: str) -> list[str]:
    return [short for short in dict.fromkeys(SHORT.findall(text)) if short not in NO_ACRONYM]


def check(checked: Checked) -> Iterator[Finding]:
    known, met = Acronym.on_day(checked.day), dict[str, str]()
    for text in checked.texts:
        plain = _APART.sub(" ", text.text)
        written = {match["short"]: match[1].strip() for match in _WRITTEN_OUT.finditer(plain)}
        for short in shorts_in(plain):
            listed = known.get(short)
            if short in written:
                yield from _expansion(text, short, written[short], listed, met.get(short, ""))
            elif short not in met:
                advice = f"Write “{listed.expansion} ({short})”." if listed else "It is not in the list of acronyms."
                yield found_in(text, FAMILY, f"“{short}” is not written out where it first stands. {advice}")
            if listed and short not in met and listed.ends and listed.ends < checked.day:
                why = f" {listed.note.rstrip('.')}." if listed.note else ""
                yield found_in(text, FAMILY, f"“{short}” was in use until {listed.ends:%-d %B %Y}.{why}")
            met.setdefault(short, written.get(short, ""))


def _expansion(text: Text, short: str, written: str, known: Acronym | None, before: str) -> Iterator[Finding]:
    if known and not _ends_with(written, known.expansion):
        yield found_in(text, FAMILY, f"“{short}” stands for {known.expansion} in the list, and not for {written}.")
    elif not known and not _fits(written, short):
        yield found_in(text, FAMILY, f"The letters of “{short}” are not those of {_last_words(written, short)}.")
    if before and not _ends_with(written, before) and not _ends_with(before, written):
        yield found_in(text, FAMILY, f"“{short}” is written out in two ways.")


def _ends_with(words: str, expansion: str) -> bool:
    return words.lower().endswith(expansion.lower())


def _fits(words: str, short: str) -> bool:
    letters = "".join(word[0] for word in words.split() if word.lower() not in _SMALL).upper()
    plain = re.sub(r"\d", "", short)
    return letters.endswith(plain)


def _last_words(words: str, short: str) -> str:
    return " ".join(words.split()[-len(short) :])
