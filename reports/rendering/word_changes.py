"""Two texts of a paper side by side: what was put in, taken out, moved and reworded, and which figures moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from contest_portal.core.word_diff import WordDiff

ADDED, REMOVED, MOVED, CHANGED = "Added", "Removed", "Moved", "Changed"


@dataclass(frozen=True)
class Words:
    """One part of a text. Parts of both texts with one key are the same part; `slot` is the heading it stands under."""

    key: str
    where: str
    text: str
    slot: Any = None


@dataclass(frozen=True)
class WordChange:
    where: str
    kinds: tuple[str, ...]
    diff: WordDiff


@dataclass(frozen=True)
class FigureChange:
    name: str
    before: str
    after: str


def compared_words(before: Sequence[Words], after: Sequence[Words]) -> list[WordChange]:
    """In the order of the newer text, what was removed last. What stayed as it was is left out."""
    old = {part.key: part for part in before}
    new = {part.key: part for part in after}
    moved = _moved([part.key for part in before if part.key in new], [part.key for part in after if part.key in old])
    found = []
    for part in after:
        was = old.get(part.key)
        diff = WordDiff(was.text if was else "", part.text)
        kinds = _kinds(was, part, moved=part.key in moved, reworded=diff.differs)
        if kinds:
            found.append(WordChange(part.where, kinds, diff))
    gone = [part for part in before if part.key not in new]
    return [*found, *(WordChange(part.where, (REMOVED,), WordDiff(part.text, "")) for part in gone)]


def _kinds(was: Words | None, part: Words, *, moved: bool, reworded: bool) -> tuple[str, ...]:
    if was is None:
        return (ADDED,)
    moves = (MOVED,) if moved or was.slot != part.slot else ()
    return (*moves, *((CHANGED,) if reworded else ()))


def _moved(before: list[str], after: list[str]) -> set[str]:
    """As few as can be of the parts of both texts: the rest stands in one order in both."""
    matched = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {before[index] for block in matched for index in range(block.a, block.a + block.size)}
    return set(before) - stayed


def figure_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FigureChange]:
    """Of those that both name."""
    both = [key for key in after if key in before and before[key].words != after[key].words]
    return [FigureChange(after[key].definition.name, before[key].words, after[key].words) for key in both]
