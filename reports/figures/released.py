"""What was released, read from the ledger. Pages take these numbers and count nothing themselves."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from contest_portal.core.quarters import Quarter
from reports.figures.definitions import LONDON_33, Sensitivity
from reports.figures.result import Figure
from reports.models import Decision, EqualityRelease, ReleasedFigure, SuppressionOverride
from strands.figures.equality import EqualityTable, questions, table_of
from strands.figures.known import Known
from strands.figures.suppression import EQUALITY_THRESHOLD, THRESHOLD

Numbers = dict[str, int | None]


@dataclass(frozen=True)
class ReleasedEquality:
    """The equality tables of one release."""

    release: EqualityRelease
    tables: tuple[EqualityTable, ...]

    @property
    def withholds(self) -> bool:
        return any(table.withholds and not table.is_refused for table in self.tables)

    @property
    def sign(self) -> str:
        return (
            f"[c] stands for a number under {EQUALITY_THRESHOLD}, or for one beside it that would tell the small one "
            "by subtraction."
        )

    @property
    def name(self) -> str:
        """What stands behind the name of each table."""
        return f"{self.release.population}, {self.release.period}"


def equality_released(quarter: Quarter, known: Known) -> list[ReleasedEquality]:
    """Everything released by then whose last quarter is this one, London first. Two queries."""
    found = EqualityRelease.objects.filter(quarter=quarter).select_related("population")
    if known.is_past:
        found = found.filter(released_at__lt=known.until)
    releases = sorted(found, key=lambda each: (each.quarters, each.population_id != LONDON_33.key, each.released_at))
    numbers = numbers_released(releases)
    return [ReleasedEquality(release, _tables(numbers[release.pk])) for release in releases]


def numbers_released(releases: Iterable[EqualityRelease]) -> dict[int, dict[str, Numbers]]:
    """By release, question and band; None where the number was withheld."""
    found: dict[int, dict[str, Numbers]] = defaultdict(lambda: defaultdict(dict))
    rows = ReleasedFigure.objects.filter(equality_release__in=[release.pk for release in releases])
    for release, figure, cell, value in rows.values_list("equality_release", "figure", "cell", "value"):
        found[release][figure][cell] = value
    return found


def with_parts(found: Iterable[Figure]) -> dict[str, Figure]:
    """By key, and with them the figures whose numbers they tell."""
    every = list(found)
    return {part.key: part for each in every for part in each.parts} | {each.key: each for each in every}


def held(found: Iterable[Figure]) -> dict[str, str]:
    """Figures of small groups and individuals that must not go out again as they are, by key, each with the reason.

    A correction by a few tells of those few to whoever has both papers, however large the number is.
    """
    of_people = {each.key: each for each in with_parts(found).values() if each.definition.sensitivity != Sensitivity.S0}
    if not of_people:
        return {}
    quarters = {each.quarter for each in of_people.values()}
    rows = ReleasedFigure.objects.filter(figure__in=of_people, quarter__in=quarters, value__isnull=False)
    before: dict[tuple[str, Quarter, str], dict[int, bool]] = defaultdict(dict)
    for row in rows:
        told = before[row.figure, row.quarter, row.cell]
        told[row.value or 0] = told.get(row.value or 0, True) and row.exempt
    overridden = SuppressionOverride.objects.filter(decision=Decision.APPROVED, figure__in=of_people)
    let_out = set(overridden.values_list("figure", "quarter"))
    reasons = {key: _why_held(each, before) for key, each in of_people.items() if (key, each.quarter) not in let_out}
    return {key: why for key, why in reasons.items() if why}


def _why_held(figure: Figure, before: dict[tuple[str, Quarter, str], dict[int, bool]]) -> str:
    """`before` says of each number whether it stood in exempt parts alone: then it is not said here."""
    for cell, value, _ in figure.released_cells():
        for then, exempt in sorted(before[figure.key, figure.quarter, cell].items()):
            if value is not None and 0 < abs(value - then) < THRESHOLD:
                earlier = "another number" if exempt else f"{then:,}"
                return (
                    f"An earlier paper has {earlier} where this one has {value:,}. A change of fewer than {THRESHOLD} "
                    "tells of so few people, so the figure is held. Leave it out, or have an analyst ask for an "
                    "override."
                )
    return ""


def _tables(numbers: dict[str, Numbers]) -> tuple[EqualityTable, ...]:
    return tuple(table_of(question, numbers[key]) for key, question in questions().items() if key in numbers)
