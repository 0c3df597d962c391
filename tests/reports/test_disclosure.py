"""Small numbers in tables that go out, and the attack on everything that went out of the same people."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.figures.disclosure.attack import Attack, Statement, Sum, exactly, fewer_than, rounded
from reports.figures.disclosure.guard import Line, Rule, withheld

Cell = tuple[int, int]
COUNTS = [0, 0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 14, 20, 35, 60]
S1, S2, EQUALITY = Rule(5), Rule(5, s2=True), Rule(10)


@dataclass
class Published:
    """What went out of one table of areas by bands, and what was withheld of it."""

    counts: dict[Cell, int]
    rule: Rule
    to: int = 1
    statements: list[Statement] = field(default_factory=list)
    secret: set[Sum] = field(default_factory=set)

    @property
    def small(self) -> set[Sum]:
        return {frozenset([cell]) for cell, value in self.counts.items() if self.rule.hides(value)}

    def line(self, cells: Iterable[Cell]) -> Line:
        atoms = frozenset(cells)
        return Line(str(sorted(atoms)), atoms, sum(self.counts[cell] for cell in atoms), self.to)

    def publish(self, lines: Sequence[Line], *, guarded: bool = True) -> set[str]:
        secret = self.secret | self.small
        hidden = withheld(lines, self.rule, earlier=self.statements, guarded=secret) if guarded else self.weak(lines)
        # A table that is refused as a whole is not published, and what it would have shown is no secret for that.
        refused = len(hidden) == len(lines)
        self.secret = secret | (set() if refused else {line.atoms for line in lines if line.key in hidden})
        self.statements += [line.statement for line in lines if line.key not in hidden]
        return hidden

    def weak(self, lines: Sequence[Line]) -> set[str]:
        """A publisher who withholds small numbers and thinks that is enough."""
        return {line.key for line in lines if self.rule.hides(line.value)}

    def found_out(self) -> list[Sum]:
        return Attack(self.statements).told(self.secret, threshold=self.rule.threshold)


def table(published: Published, rows: Sequence[Sequence[int]], bands: int) -> Iterator[Line]:
    """A row for each group of areas, a column for each band, and every total."""
    for row in [*rows, [area for group in rows for area in group]]:
        for band in range(bands):
            yield published.line((area, band) for area in row)
        yield published.line((area, band) for area in row for band in range(bands))


def sets(areas: int, bands: int) -> list[tuple[str, list[list[int]]]]:
    """Tables that are published one after another of the same people, as groups of areas."""
    each = [[area] for area in range(areas)]
    whole = list(range(areas))
    return [
        ("each", each),
        ("all in one", [whole]),
        ("all but the last", [whole[:-1]]),
        ("the first two together", [[0, 1], *each[2:]]),
        ("a part of them", each[: max(2, areas - 2)]),
    ]


@st.composite
def releases(draw: st.DrawFn) -> tuple[Published, int, list[list[list[int]]]]:
    areas, bands = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    values = draw(st.lists(st.sampled_from(COUNTS), min_size=areas * bands, max_size=areas * bands))
    counts = dict(zip(itertools.product(range(areas), range(bands)), values, strict=True))
    order = draw(st.lists(st.sampled_from(sets(areas, bands)), min_size=2, max_size=3, unique_by=lambda each: each[0]))
    rule, to = draw(st.sampled_from([S1, S2, EQUALITY])), draw(st.sampled_from([1, 1, 5]))
    return Published(counts, rule, to), bands, [rows for _, rows in order]


@settings(max_examples=500, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(releases())
def test_f11_no_withheld_number_of_500_sets_is_found_out(made: tuple[Published, int, list[list[list[int]]]]) -> None:
    published, bands, order = made
    for rows in order:
        published.publish(list(table(published, rows, bands)))

    assert published.found_out() == []


@pytest.mark.parametrize(
    ("row", "threshold", "shown"),
    [
        ([3, 12, 20], 5, [None, None, 20]),
        ([3, 0, 20], 5, [None, 0, None]),
        # 1 and 2 come to 3, which is small; and so is 10, while the smallest is 6.
        ([1, 2, 20, 9], 5, [None, None, 20, None]),
        ([6, 12, 20], 10, [None, None, 20]),
        ([5, 12, 0], 5, [5, 12, 0]),
        ([3], 5, [None]),
    ],
)
def test_the_next_smallest_is_withheld_with_a_small_number(row: list[int], threshold: int, shown: list[Any]) -> None:
    published = Published({(0, band): people for band, people in enumerate(row)}, Rule(threshold))

    hidden = published.publish(list(table(published, [[0]], len(row))))

    assert [None if str([(0, band)]) in hidden else people for band, people in enumerate(row)] == shown


def test_the_attack_finds_out_what_a_weak_publisher_withholds() -> None:
    """So that the check above can fail: small numbers withheld, and every total shown."""
    published = Published(
        dict(zip(itertools.product(range(3), range(3)), [3, 20, 31, 14, 2, 9, 25, 11, 60], strict=True)), S1
    )
    lines = list(table(published, [[0], [1], [2]], 3))

    published.publish(lines, guarded=False)
    assert sorted(published.found_out(), key=repr) == [frozenset({(0, 0)}), frozenset({(1, 1)})]

    saved = Published(published.counts, S1)
    hidden = saved.publish(lines)
    assert saved.found_out() == []
    assert hidden == {str([cell]) for cell in [(0, 0), (0, 1), (1, 0), (1, 1)]}


def test_the_attack_knows_what_trying_every_number_knows() -> None:
    """Numbers that overlap like a ring: there the solver's own answer is between whole numbers."""
    first, second, third = "abc"
    said = [exactly([first, second], 3), rounded([second, third], 5), fewer_than([first, third], 5)]

    fits = [
        dict(zip("abc", tried, strict=True))
        for tried in itertools.product(range(9), repeat=3)
        if all(
            each.least <= sum(dict(zip("abc", tried, strict=True))[atom] for atom in each.atoms) <= each.most
            for each in said
        )
    ]

    attack = Attack(said)
    for atoms in ("a", "b", "c", "ab", "bc", "abc"):
        sums = [sum(each[atom] for atom in atoms) for each in fits]
        assert attack.bounds(frozenset(atoms)) == (min(sums), max(sums))
    assert attack.bounds(frozenset("d")) == (0, None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # The year less three quarters; a command unit less its other borough; three boroughs less two.
        ([["q1"], ["q2"], ["q3"]], ["q1", "q2", "q3", "q4"]),
        ([["camden"]], ["camden", "islington"]),
        ([["westminster", "kensington"]], ["westminster", "kensington", "hammersmith"]),
        # 33 less 32 is the City.
        ([["met 32"]], ["met 32", "city"]),
    ],
)
def test_edge_6_a_total_that_tells_a_small_number_by_subtraction_does_not_go_out(
    before: list[list[str]], after: list[str]
) -> None:
    earlier = [exactly(part, 40) for part in before]
    small = frozenset([after[-1]])

    for rest, goes_out in ((3, False), (30, True)):
        line = Line("total", frozenset(after), 40 * len(before) + rest)
        guarded = [small] if S1.hides(rest) else []
        assert (withheld([line], S1, earlier=earlier, guarded=guarded) == set()) is goes_out
