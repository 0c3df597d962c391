"""Equality summaries as they are counted, and as a table of them is shown. The counts are for releasing alone."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from strands.figures.suppression import CONFIDENTIAL
from strands.models import ActivityShare
from strands.models.activity_rows import ActivityQuerySet
from strands.models.equality import QUESTIONS, EqualityCount, EqualityQuestion


@dataclass(frozen=True)
class Answers:
    """Of one activity: the boroughs that took part, and how many people of each band came."""

    boroughs: frozenset[str]
    people: Mapping[str, int]


def answers_of(activities: ActivityQuerySet) -> list[Answers]:
    """Of every activity that has a summary: two queries, however many there are."""
    people: dict[int, dict[str, int]] = defaultdict(dict)
    counts = EqualityCount.objects.filter(activity__in=activities.order_by().values("pk"))
    for activity, band, number in counts.order_by("activity", "band").values_list("activity", "band", "people"):
        people[activity][band] = number
    boroughs: dict[int, set[str]] = defaultdict(set)
    for activity, borough in ActivityShare.objects.filter(activity__in=people).values_list("activity", "borough"):
        boroughs[activity].add(borough)
    return [Answers(frozenset(boroughs[activity]), found) for activity, found in people.items()]


@dataclass(frozen=True)
class EqualityTable:
    """The bands of one question, in words, with their total."""

    name: str
    rows: tuple[tuple[str, str], ...]
    total: str

    @property
    def withholds(self) -> bool:
        return any(words == CONFIDENTIAL for _, words in self.rows)

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it could be shown."""
        return {self.total, *(words for _, words in self.rows)} == {CONFIDENTIAL}


TOTAL = "total"


def table_of(question: EqualityQuestion, numbers: Mapping[str, int | None]) -> EqualityTable:
    """By band, and under "total"; None is a number that is withheld."""
    words = {key: CONFIDENTIAL if number is None else f"{number:,}" for key, number in numbers.items()}
    rows = tuple((label, words[band]) for band, label in question.bands)
    return EqualityTable(question.name, rows, words[TOTAL])


def questions() -> dict[str, EqualityQuestion]:
    """By the key under which their figures are kept."""
    return {f"equality_{question.key}": question for question in QUESTIONS}
