"""Equality summaries as a system: what each released number sums, over every population and period released before.

An atom is one band of one quarter among the activities that belong to the same populations. So London less the 32
boroughs of the Met is an atom, the City; and so is the year less three quarters.
"""

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from contest_portal.core.quarters import Quarter
from reports.figures.disclosure.attack import Statement, Sum
from reports.figures.disclosure.guard import Line, Rule, withheld
from strands.figures.equality import TOTAL, Answers
from strands.figures.suppression import EQUALITY_THRESHOLD
from strands.models.equality import EqualityQuestion

RULE = Rule(EQUALITY_THRESHOLD)
# Band, quarter, and the places that hold the activity.
Atom = tuple[str, Quarter, tuple[str, ...]]
Numbers = dict[str, int | None]


@dataclass(frozen=True)
class Place:
    """A population on the last day of what is counted: its boroughs can be others a year later."""

    key: str
    boroughs: frozenset[str]


@dataclass(frozen=True)
class Told:
    """One release: the numbers of each question as they went out, None where they were withheld."""

    place: Place
    span: tuple[Quarter, ...]
    rounded_to: int = 1
    numbers: Mapping[str, Numbers] = field(default_factory=dict)


class Counts:
    """The answers of some quarters, counted by atom."""

    def __init__(self, answers: Mapping[Quarter, Sequence[Answers]], places: Collection[Place]) -> None:
        self._places = sorted(set(places), key=lambda place: (place.key, sorted(place.boroughs)))
        every = frozenset().union(*(place.boroughs for place in self._places))
        # An activity of one borough alone is possible anywhere; of several together where there was one.
        self._held = {self._holders([borough]) for borough in every}
        self._counts: Counter[Atom] = Counter()
        for quarter, found in answers.items():
            for each in found:
                held = self._holders(each.boroughs)
                self._held.add(held)
                for band, people in each.people.items():
                    self._counts[band, quarter, held] += people

    def lines(self, question: EqualityQuestion, place: Place, span: Iterable[Quarter], *, to: int = 1) -> list[Line]:
        """A number for each band and the total, rounded as they go out; none when nobody was asked."""
        bands, quarters = [band for band, _ in question.bands], list(span)
        parts = [*((band, [band]) for band in bands), (TOTAL, bands)]
        found = [self._line(key, part, place, quarters, to) for key, part in parts]
        return found if any(line.value for line in found) else []

    def small(self, question: EqualityQuestion) -> list[Sum]:
        bands = {band for band, _ in question.bands}
        return [frozenset([atom]) for atom, people in self._counts.items() if atom[0] in bands and RULE.hides(people)]

    def _line(self, key: str, bands: list[str], place: Place, quarters: list[Quarter], to: int) -> Line:
        name = self._name(place)
        held = [each for each in self._held if name in each]
        atoms = frozenset(itertools.product(bands, quarters, held))
        return Line(key, atoms, sum(self._counts[atom] for atom in atoms), to)

    def _holders(self, boroughs: Iterable[str]) -> tuple[str, ...]:
        among = set(boroughs)
        return tuple(self._name(place) for place in self._places if place.boroughs & among)

    def _name(self, place: Place) -> str:
        return str(self._places.index(place))


def numbers_of(key: str, question: EqualityQuestion, counts: Counts, made: Told, earlier: list[Told]) -> Numbers:
    """What of one question may go out in a release that is being made, beside everything that went out before.

    Empty when nobody was asked.
    """
    lines = counts.lines(question, made.place, made.span, to=made.rounded_to)
    said: list[Statement] = []
    secret = counts.small(question)
    for release in earlier:
        before = release.numbers.get(key, {})
        shown = [line for line in counts.lines(question, release.place, release.span) if line.key in before]
        for line in shown:
            number = before[line.key]
            if number is not None:
                said.append(Line(line.key, line.atoms, number, release.rounded_to).statement)
            # Of a table that was refused nothing went out, and it asks for nothing more than its small numbers do.
            elif any(each is not None for each in before.values()):
                secret.append(line.atoms)
    hidden = withheld(lines, RULE, earlier=said, guarded=secret)
    return {line.key: None if line.key in hidden else line.number for line in lines}
