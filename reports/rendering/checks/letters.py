"""Letters of sections: each once, and none left out."""

from collections import Counter
from collections.abc import Iterator

from reports.rendering.checks.checked import Checked, Finding
from reports.rendering.numbering import Section

FAMILY = "letters"


def check(checked: Checked) -> Iterator[Finding]:
    lettered = [section for section in checked.sections if section.letter]
    letters = [section.letter for section in lettered]
    twice = {letter for letter, count in Counter(letters).items() if count > 1}
    about = ", ".join(f"{section.letter}. {section.title}" for section in lettered)
    for section in lettered:
        if section.letter in twice and letters.index(section.letter) != lettered.index(section):
            words = f"Two sections have the letter {section.letter}."
            yield _in(section, words, about)
    # Some shapes have numbers in the place of letters, and may begin with 2 behind a numbered summary.
    alphabetic = {letter for letter in letters if letter.isalpha()}
    wanted = [chr(ord("A") + place) for place in range(len(alphabetic))]
    for letter in wanted:
        if letter not in letters and lettered:
            last = lettered[-1]
            words = f"The letter {letter} is left out."
            yield _in(last, words, about)


def _in(section: Section, words: str, about: str) -> Finding:
    return Finding(FAMILY, f"section-{section.key}", f"{section.letter}. {section.title}", words, about, stops=True)
