"""What became of one text in another, word by word, for people to read."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

SAME, OUT, IN = "same", "out", "in"
_WORD = re.compile(r"\s*\S+")


@dataclass(frozen=True)
class Run:
    """Words that are in both texts, that were taken out, or that were put in."""

    kind: str
    words: str


@dataclass(frozen=True)
class WordDiff:
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return any(run.kind != SAME for run in self.runs)

    @cached_property
    def runs(self) -> list[Run]:
        old, new = _WORD.findall(self.before), _WORD.findall(self.after)
        matched = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
        found: list[Run] = []
        for kind, i, j, k, m in matched.get_opcodes():
            if kind == "equal":
                found.append(Run(SAME, "".join(new[k:m])))
                continue
            for each, words in ((OUT, "".join(old[i:j])), (IN, "".join(new[k:m]))):
                found += _runs(each, words)
        return found


def _runs(kind: str, words: str) -> list[Run]:
    """The space before the words belongs to neither text."""
    bare = words.lstrip()
    space = words.removesuffix(bare)
    return [*([Run(SAME, space)] if space else []), *([Run(kind, bare)] if bare else [])]
