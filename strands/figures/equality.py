"""Equality monitoring summed over activities. What leaves this module has its small numbers withheld already."""

from dataclasses import dataclass

from django.db.models import Sum

from strands.figures.suppression import CONFIDENTIAL, EQUALITY_THRESHOLD, total_is_safe, with_marks, withheld
from strands.models.activity_rows import ActivityQuerySet
from strands.models.equality import QUESTIONS, EqualityCount, EqualityQuestion


@dataclass(frozen=True)
class EqualityTable:
    """The bands of one question, in words, with their total."""

    name: str
    rows: tuple[tuple[str, str], ...]
    total: str

    @property
    def withholds(self) -> bool:
        return any(words == CONFIDENTIAL for _, words in self.rows)


@dataclass(frozen=True)
class Equality:
    tables: tuple[EqualityTable, ...]
    # How many activities have a summary, however few questions it answers.
    activities: int

    @property
    def withholds(self) -> bool:
        return any(table.withholds for table in self.tables)


def equality(activities: ActivityQuerySet) -> Equality:
    """Of these activities together: two queries, however many there are."""
    counts = EqualityCount.objects.filter(activity__in=activities.order_by().values("pk"))
    people = dict(counts.values_list("band").annotate(Sum("people")))
    tables = [_table(question, people) for question in QUESTIONS if any(band in people for band, _ in question.bands)]
    return Equality(tuple(tables), counts.values("activity").distinct().count())


def _table(question: EqualityQuestion, people: dict[str, int]) -> EqualityTable:
    numbers = [people.get(band, 0) for band, _ in question.bands]
    hidden = withheld([numbers], threshold=EQUALITY_THRESHOLD)
    (words,) = with_marks([numbers], hidden)
    safe = total_is_safe([numbers[place] for _, place in hidden], threshold=EQUALITY_THRESHOLD)
    rows = zip((label for _, label in question.bands), words, strict=True)
    return EqualityTable(question.name, tuple(rows), f"{sum(numbers):,}" if safe else CONFIDENTIAL)
