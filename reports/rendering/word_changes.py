"""Two texts of a paper side by side: what was put in, taken out, moved and reworded, and which figures moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from contest_portal.core.word_diff import WordDiff
from reports.figures import Figure
from reports.rendering.resting import basis_from, moves

ADDED, REMOVED, MOVED, CHANGED, NUMBERS = "Added", "Removed", "Moved", "Changed", "Numbers changed"


@dataclass(frozen=True)
class Words:
    """One part of a text. Parts of both texts with one key are the same part; `slot` is the heading it stands under,
    and `typed` what somebody wrote, where `text` has numbers in it that come from figures."""

    key: str
    where: str
    text: str
    slot: Any = None
    typed: str = ""


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
        kinds = _kinds(was, part, moved=part.key in moved, differs=diff.differs)
        if kinds:
            found.append(WordChange(part.where, kinds, diff))
    gone = [part for part in before if part.key not in new]
    return [*found, *(WordChange(part.where, (REMOVED,), WordDiff(part.text, "")) for part in gone)]


def _kinds(was: Words | None, part: Words, *, moved: bool, differs: bool) -> tuple[str, ...]:
    if was is None:
        return (ADDED,)
    moves = (MOVED,) if moved or was.slot != part.slot else ()
    untouched = bool(part.typed) and was.typed == part.typed
    return (*moves, *((NUMBERS if untouched else CHANGED,) if differs else ()))


def _moved(before: list[str], after: list[str]) -> set[str]:
    """As few as can be of the parts of both texts: the rest stands in one order in both."""
    matched = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {before[index] for block in matched for index in range(block.a, block.a + block.size)}
    return set(before) - stayed


def figure_changes(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> list[FigureChange]:
    """Of those that both name; of a table each cell that says something else."""
    found = []
    for key, figure in after.items():
        for move in moves(basis_from([key], before), {key: figure}, [key]):
            name = figure.definition.name
            label = name if move.name == name else f"{name}: {move.name}"
            found.append(FigureChange(label, move.was, move.now))
    return found
