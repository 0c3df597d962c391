"""What a reader finds out who adds and subtracts everything that was published.

Each published number says what some atoms, the smallest parts that people were counted in, come to. Nobody is counted
less than once, so together the numbers are a system with a least and a most for every sum, and a solver has both.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from strands.figures.suppression import THRESHOLD

Sum = frozenset[Hashable]
# A number is found out when the middle of what it can be is as near to it as this.
NEAR = 2
_TINY = 1e-6
_ABOVE = 1000


@dataclass(frozen=True)
class Statement:
    """One published number: what these atoms come to, at least and at most."""

    atoms: Sum
    least: int
    most: int


def exactly(atoms: Iterable[Hashable], value: int) -> Statement:
    return Statement(frozenset(atoms), value, value)


def rounded(atoms: Iterable[Hashable], value: int, *, to: int = 5) -> Statement:
    """What was rounded to the nearest 5 can have been 2 less or 2 more."""
    return Statement(frozenset(atoms), max(0, value - to // 2), value + to // 2)


def fewer_than(atoms: Iterable[Hashable], limit: int = THRESHOLD) -> Statement:
    return Statement(frozenset(atoms), 0, limit - 1)


class Attack:
    """One attack on everything published of a set. What contradicts itself tells nothing for certain."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._statements = list(dict.fromkeys(each for each in statements if each.atoms))
        atoms = {atom for each in self._statements for atom in each.atoms}
        self._place = {atom: place for place, atom in enumerate(sorted(atoms, key=repr))}
        # No atom can be more than the largest number it stands in; without one it has no end, and this stands for it.
        self._end = max((each.most for each in self._statements), default=0) + _ABOVE
        self._solver = self._build()
        self._seen: list[np.ndarray] = []

    def bounds(self, atoms: Sum) -> tuple[int, int | None]:
        """The least and the most that these come to together; no most where nothing published limits it."""
        known = [self._place[atom] for atom in atoms if atom in self._place]
        if not known:
            return 0, None
        least, most = self._extreme(known, -1), self._extreme(known, 1)
        limited = len(known) == len(atoms) and most < self._end
        return least, most if limited else None

    def tells(self, atoms: Sum, *, threshold: int = THRESHOLD) -> bool:
        """Whether a reader knows the number as near as makes no difference, or that it is under the threshold."""
        if self._is_open(atoms, threshold):
            return False
        least, most = self.bounds(atoms)
        return most is not None and (most < threshold or most - least <= 2 * NEAR)

    def told(self, sums: Iterable[Sum], *, threshold: int = THRESHOLD) -> list[Sum]:
        return [atoms for atoms in sums if self.tells(atoms, threshold=threshold)]

    def withdraw(self, statement: Statement) -> None:
        """As if it had not been published. Whatever was out of reach before stays so."""
        row = self._statements.index(statement)
        self._solver.changeRowBounds(row, -self._solver.inf, self._solver.inf)

    def _is_open(self, atoms: Sum, threshold: int) -> bool:
        """Whether answers to other questions show already that it can be much and little."""
        places = [self._place[atom] for atom in atoms if atom in self._place]
        if len(places) < len(atoms):
            return True
        found = [round(float(answer[places].sum())) for answer in self._seen]
        return bool(found) and max(found) >= threshold and max(found) - min(found) > 2 * NEAR

    def _extreme(self, places: Sequence[int], sign: int) -> int:
        width = len(self._place)
        costs = np.zeros(width)
        costs[places] = sign
        every = np.arange(width, dtype=np.int32)
        self._solver.changeColsCost(width, every, costs)
        answer = self._answer()
        if not _is_whole(answer):
            # Between whole numbers a bound is looser than for people, who come whole.
            self._solver.changeColsIntegrality(width, every, np.full(width, highspy.HighsVarType.kInteger))
            answer = self._answer()
            self._solver.changeColsIntegrality(width, every, np.full(width, highspy.HighsVarType.kContinuous))
        self._seen.append(answer)
        return round(float(answer[places].sum()))

    def _answer(self) -> np.ndarray:
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Contradiction
        return np.asarray(self._solver.getSolution().col_value)

    def _build(self) -> highspy.Highs:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._place), len(self._statements)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_ = np.zeros(model.num_col_)
        model.col_upper_ = np.full(model.num_col_, float(self._end))
        model.row_lower_ = np.array([each.least for each in self._statements], dtype=float)
        model.row_upper_ = np.array([each.most for each in self._statements], dtype=float)
        rows = [sorted(self._place[atom] for atom in each.atoms) for each in self._statements]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *map(len, rows)], dtype=np.int32)
        model.a_matrix_.index_ = np.array([place for row in rows for place in row], dtype=np.int32)
        model.a_matrix_.value_ = np.ones(sum(map(len, rows)))
        solver = highspy.Highs()
        for option, value in (("output_flag", False), ("presolve", "off"), ("threads", 1)):
            solver.setOptionValue(option, value)
        solver.passModel(model)
        return solver


class Contradiction(Exception):
    """No numbers of people fit everything that was published: it was counted at different times."""


def _is_whole(answer: np.ndarray) -> bool:
    return bool(np.all(np.abs(answer - np.round(answer)) < _TINY))
