"""Which numbers of a set may go out, beside everything that went out before.

A small number is withheld for itself. Then the set is attacked, and for as long as anything withheld can be worked out,
the next smallest number beside it is withheld too, totals last. What cannot be saved so does not go out at all.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from reports.figures.disclosure.attack import Attack, Statement, Sum, exactly, rounded
from strands.figures.suppression import is_small


@dataclass(frozen=True)
class Line:
    """One number that is to go out: its name in the set, the atoms that it sums, and what they come to.

    `to` is 5 where it goes out rounded to the nearest 5.
    """

    key: str
    atoms: Sum
    value: int
    to: int = 1

    @property
    def number(self) -> int:
        """The number that goes out."""
        return self.to * round(self.value / self.to)

    @property
    def statement(self) -> Statement:
        """What it tells. Small numbers are withheld, so a nought is a nought also where others are rounded."""
        if self.to == 1 or not self.value:
            return exactly(self.atoms, self.value)
        return rounded(self.atoms, self.number, to=self.to)


@dataclass(frozen=True)
class Rule:
    """How small is small, and whether even none is: of individuals of concern it is."""

    threshold: int
    s2: bool = False

    def hides(self, value: int) -> bool:
        return is_small(value, threshold=self.threshold, s2=self.s2)


def withheld(
    lines: Sequence[Line], rule: Rule, *, earlier: Collection[Statement] = (), guarded: Iterable[Sum] = ()
) -> set[str]:
    """The keys of the lines that do not go out; all of them when the set cannot be saved.

    `guarded` are sums that nobody may find out, in the set or not: what earlier releases withheld, and small parts that
    the set tells by subtraction only.
    """
    hidden = {line.key for line in lines if rule.hides(line.value)}
    shown = {line.key: line for line in lines if line.key not in hidden}
    before, attack = Attack(earlier), Attack([*earlier, *(line.statement for line in shown.values())])
    waiting = [*(line.atoms for line in lines if line.key in hidden), *guarded]
    # What is out of reach stays out of reach when more is withheld, so each is looked at until it is, and once.
    while waiting:
        atoms = waiting.pop(0)
        while attack.tells(atoms, threshold=rule.threshold):
            line = _next(atoms, shown.values(), before, rule)
            if line is None:
                return {each.key for each in lines}
            attack.withdraw(line.statement)
            waiting.append(line.atoms)
            # A row of one number is that number again.
            hidden |= {each.key for each in shown.values() if each.atoms == line.atoms}
            shown = {key: each for key, each in shown.items() if key not in hidden}
    # Noughts alone say nothing that is worth a table.
    return hidden if any(line.value for line in shown.values()) else {each.key for each in lines}


def _next(told: Sum, shown: Iterable[Line], before: Attack, rule: Rule) -> Line | None:
    """The smallest number of the same row or column, those that are not 0 first; else the smallest total.

    A number that readers could tell before is not worth withholding.
    """
    left = list(shown)
    while left:
        totals = _smallest([line for line in left if told < line.atoms])
        beside = [line for line in left if any(line.atoms < total.atoms for total in totals) and not line.atoms & told]
        line = min(_smallest(beside) or totals or left, key=_order)
        if not before.tells(line.atoms, threshold=rule.threshold):
            return line
        left.remove(line)
    return None


def _smallest(lines: Sequence[Line]) -> list[Line]:
    """Those that are totals of no other among them."""
    return [line for line in lines if not any(other.atoms < line.atoms for other in lines)]


def _order(line: Line) -> tuple[int, bool, int, str]:
    return len(line.atoms), line.value == 0, line.value, line.key
