"""Figures in words: what posts, money, deliverables and measures come to, in a sentence made from how they stand.

No rows of the log stand behind them. Each leads to the page that has all of what it says.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from boroughs.figures.money import money
from boroughs.figures.staffing import Staffing, staffing
from boroughs.models import FundingLine, Post
from boroughs.models.post import PostKind
from contest_portal.audit.acting import moment
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day as in_words
from reports.figures.definitions import LONDON, LONDON_33, Definition, Kind
from reports.figures.result import Figure
from reports.figures.standing import Standing, ValueStanding
from strands.figures import delivery
from strands.figures.known import Known
from strands.figures.measuring import board_of
from strands.models import Deliverable, MeasureVersion

_REFERENCE = re.compile(r"[A-Z]{2}/\d{4}-\d{2}/\d{2}")
_COUNT_ONCE = "A post that boroughs share is one post. Posts are counted, never the people who hold them."
_POSTS = "Posts as they are recorded for the last day of the quarter, or for today while it runs."
_PLAN = "Deliverables of the plan of that financial year, as they stand now."

TOLD = {
    definition.key: definition
    for definition in [
        Definition(
            key="officers",
            name="Prevent engagement officers",
            kind=Kind.STOCK,
            measures=("told",),
            counted=_POSTS,
            source="Posts and money",
            beware=_COUNT_ONCE,
            population=LONDON_33.key,
        ),
        Definition(
            key="officers_spread",
            name="Prevent engagement officers by borough",
            kind=Kind.STOCK,
            measures=("told",),
            counted="What the boroughs with most have, how many share, and how many have none.",
            source="Posts and money",
            beware="A mean would be no borough’s own number.",
            population=LONDON_33.key,
        ),
        Definition(
            key="money",
            name="Money for all of London",
            kind=Kind.STOCK,
            measures=("told",),
            counted="Lines of funding for all of London in the financial year, with the posts that they pay for.",
            source="Posts and money",
            beware="What is expected is not what is confirmed, and neither is what was spent.",
            population=LONDON.key,
        ),
        Definition(
            key="deliverables",
            name="Deliverables of the plan",
            kind=Kind.STOCK,
            measures=("told",),
            counted=_PLAN,
            source="Deliverables",
            beware="Deliverables differ in size: their number says nothing of the work in them.",
            population=LONDON.key,
        ),
        Definition(
            key="measures",
            name="Measures within target",
            kind=Kind.STOCK,
            measures=("told",),
            counted="Measures that were due for the quarter, by their own thresholds.",
            source="Measures",
            beware="A measure without a target, or of which neither way is better, has no colour and is not counted.",
            population=LONDON.key,
            permission="measure.read",
        ),
    ]
}


@dataclass(frozen=True)
class ToldFigure(Figure):
    address: str = ""

    @property
    def url(self) -> str:
        return self.address

    def released_cells(self) -> list[tuple[str, int | None, str]]:
        """Sentences about posts, money and plans point to nobody, and nothing can be taken from them."""
        return []


def is_told(key: str) -> bool:
    """A key of the table, or the reference of a deliverable."""
    return key in TOLD or bool(_REFERENCE.fullmatch(key))


def known_told(keys: Iterable[str]) -> list[str]:
    """Those that there are: of deliverables the ones that are in a plan."""
    named = list(keys)
    references = [key for key in named if _REFERENCE.fullmatch(key)]
    found = set(Deliverable.objects.filter(reference__in=references).values_list("reference", flat=True))
    return [key for key in named if key in TOLD or key in found]


def told(keys: Iterable[str], quarter: Quarter) -> dict[str, Figure]:
    wanted = known_told(keys)
    if not wanted:
        return {}
    return {key: _TELLERS[key](quarter) if key in TOLD else _deliverable(key, quarter) for key in wanted}


def permission_of(key: str) -> str:
    return TOLD[key].permission if key in TOLD else "deliverable.read"


def address_of(key: str, quarter: Quarter) -> str:
    """The page with all of what a figure in words says. A KeyError when there is none."""
    if key not in TOLD:
        found = Deliverable.objects.filter(reference=key).first()
        if found is None:
            raise KeyError(key)
        return found.get_absolute_url()
    if key == "measures":
        return f"{reverse('measures')}?{urlencode({'quarter': quarter.key})}"
    if key == "deliverables":
        return f"{reverse('deliverables')}?{urlencode({'plan': quarter.year})}"
    return f"{reverse('resources')}?{urlencode({'on': _day(quarter).isoformat()})}"


def _day(quarter: Quarter) -> dt.date:
    return min(timezone.localdate(), quarter.end)


def _officers(quarter: Quarter) -> Figure:
    found = _staff(quarter)
    return _figure("officers", quarter, found.sentence)


def _spread(quarter: Quarter) -> Figure:
    found = _staff(quarter)
    return _figure("officers_spread", quarter, " ".join([found.variation, *found.of_groupings]))


def _staff(quarter: Quarter) -> Staffing:
    return staffing(Post.objects.all(), _day(quarter), [PostKind.ENGAGEMENT_OFFICER])


def _money(quarter: Quarter) -> Figure:
    rows = money(FundingLine.objects.all(), Post.objects.all(), _day(quarter)).lines
    year = quarter.financial_year
    said = [row.sentence for row in rows if row.line.borough is None and row.line.financial_year == year]
    return _figure("money", quarter, " ".join(said) or f"No line of funding is recorded for {year}.")


def _deliverables(quarter: Quarter) -> Figure:
    found = list(Deliverable.objects.filter(year=quarter.year).for_table())
    words = delivery.sentence(found, timezone.localdate())
    return _figure("deliverables", quarter, words or f"No deliverable is in the plan of {quarter.financial_year}.")


def _measures(quarter: Quarter) -> Figure:
    versions = list(MeasureVersion.objects.settled().select_related("measure"))
    board = board_of({version.measure for version in versions}, versions, quarter, Known.now())
    return _figure("measures", quarter, board.sentence)


def _deliverable(reference: str, quarter: Quarter) -> Figure:
    found = Deliverable.objects.in_full().get(reference=reference)
    line = delivery.line(found, timezone.localdate())
    words = found.progress_of_areas().sentence if found.population_id else f"{line.status.label}, {line.due}."
    definition = Definition(
        key=reference,
        name=found.title,
        kind=Kind.STOCK,
        measures=("told",),
        counted=found.done_when,
        source="Deliverables",
        beware=TOLD["deliverables"].beware,
        population=LONDON.key,
    )
    return _figure(reference, quarter, words, definition)


def _figure(key: str, quarter: Quarter, words: str, definition: Definition | None = None) -> Figure:
    about: Any = definition or TOLD[key]
    return ToldFigure(
        about,
        quarter,
        ValueStanding(Standing.FINAL, f"As recorded for {in_words(_day(quarter))}"),
        moment(),
        finding=f"{about.name}: {words}",
        title=f"{about.name}, {quarter}",
        words=words.rstrip("."),
        address=address_of(key, quarter),
    )


_TELLERS: dict[str, Callable[[Quarter], Figure]] = {
    "officers": _officers,
    "officers_spread": _spread,
    "money": _money,
    "deliverables": _deliverables,
    "measures": _measures,
}
