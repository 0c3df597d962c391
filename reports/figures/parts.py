"""Figures over a part of London: a grouping, some of its areas, one strand, or one strand in some areas."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from boroughs.models import Borough
from reports.figures.definitions import LONDON_33
from strands.models import Strand
from strands.models.activity import ActivityQuerySet

FEW = 3


@dataclass(frozen=True)
class Part:
    """Which activities are counted. Without `boroughs` those of all 33 areas; no strand means all four.

    `over` is how an address says which areas.

    An activity that several of its areas shared counts once.
    """

    name: str
    key: str = LONDON_33.key
    over: str = ""
    boroughs: frozenset[str] | None = None
    strand: str = ""
    population: str = LONDON_33.name

    @property
    def is_empty(self) -> bool:
        """A grouping that had no areas at the time."""
        return self.boroughs is not None and not self.boroughs

    @property
    def query(self) -> dict[str, str]:
        """What links carry, so that a page leads to others of the same part."""
        return {name: value for name, value in (("over", self.over), ("strand", self.strand)) if value}

    def of(self, activities: ActivityQuerySet) -> ActivityQuerySet:
        found = activities
        if self.boroughs is not None:
            found = found.in_boroughs(self.boroughs)
        return found.filter(strand=self.strand) if self.strand else found

    @property
    def more(self) -> str:
        """The same behind a query that there is already."""
        return f"&{urlencode(self.query)}" if self.query else ""

    def within(self, strand: Strand) -> "Part":
        """The same areas, of one strand alone."""
        name = f"{strand.name}, {self.name}" if self.over else strand.name
        population = f"{self.population}, {strand.name} alone"
        return Part(name, self.key, self.over, self.boroughs, strand.pk, population)


WHOLE = Part("London")


def part_of_grouping(key: str, name: str, boroughs: Iterable[str]) -> Part:
    return Part(name, key, key, frozenset(boroughs), population=name)


def part_of_areas(areas: Iterable[Borough]) -> Part:
    """Areas that somebody put together; a few are named, and more of them are counted."""
    found = list(areas)
    names = [area.name for area in found]
    many = len(found) > FEW
    name = f"{len(found)} areas" if many else " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return Part(
        name,
        f"{len(found)} of {LONDON_33.key}",
        ",".join(area.pk for area in found),
        frozenset(area.pk for area in found),
        population=", ".join(names) if many else name,
    )
