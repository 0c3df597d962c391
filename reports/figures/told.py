"""Figures in words: what posts, money, deliverables and measures come to, in a sentence made from how they stand.

No rows of the log stand behind them. Each leads to the page that has all of what it says.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from boards.models import Board, Meeting
from boroughs.figures.money import money
from boroughs.figures.staffing import Staffing, staffing
from boroughs.models import FundingLine, Post, PostAllocation
from boroughs.models.post import PostKind
from contest_portal.core.quarters import Quarter
from reports.figures import told_gaps, told_words
from reports.figures.definitions import Definition
from reports.figures.result import Figure
from reports.figures.standing import ToldStanding
from reports.figures.told_definitions import TOLD, saying
from reports.figures.told_tables import TABLES
from reports.figures.told_words import Told, day_of
from reports.models import Block, Paper, Promise, QuarterlyReturn
from strands.figures import delivery
from strands.figures.known import Known
from strands.models import (
    AssuranceCycle,
    Benchmark,
    BenchmarkScore,
    Deliverable,
    DeliverableProgress,
    EqualityAssessment,
    Measure,
    MeasureVersion,
    Milestone,
    Objective,
    Risk,
    Slip,
    StrategyVersion,
    ThreatLevel,
)

Teller = Callable[..., Told]
# What figures in words are made from, to be read as it was known on another day.
RECORDS = (
    *(Post, PostAllocation, FundingLine, Deliverable, Milestone, Slip, DeliverableProgress, Measure, MeasureVersion),
    *(QuarterlyReturn, Risk, EqualityAssessment, AssuranceCycle, Benchmark, BenchmarkScore, Objective),
    *(StrategyVersion, ThreatLevel, Promise, Block, Paper, Meeting),
)
_REFERENCE = re.compile(r"[A-Z]{2}/\d{4}-\d{2}/\d{2}")
# What the papers of a board promised and have not kept: promises/london-contest-board.
PROMISES = "promises/"
_STRANDS = ("pursue", "prevent", "protect", "prepare")


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
    return key in TOLD or key.startswith(PROMISES) or bool(_REFERENCE.fullmatch(key))


def is_table(key: str) -> bool:
    return key in TABLES


def known_told(keys: Iterable[str]) -> list[str]:
    """Those that there are: of deliverables the ones that are in a plan."""
    named = list(keys)
    references = [key for key in named if _REFERENCE.fullmatch(key)]
    found = set(Deliverable.objects.filter(reference__in=references).values_list("reference", flat=True))
    boards = [key.removeprefix(PROMISES) for key in named if key.startswith(PROMISES)]
    found |= {f"{PROMISES}{board}" for board in Board.objects.filter(key__in=boards).values_list("key", flat=True)}
    return [key for key in named if key in TOLD or key in found]


def told(keys: Iterable[str], quarter: Quarter, known: Known | None = None) -> dict[str, Figure]:
    """As things stand, or as they were known then."""
    named, when = [key for key in keys if is_told(key)], known or Known.now()
    if not named:
        return {}
    with when.of(*RECORDS, stricter=True):
        return {key: _tell(key, quarter, when) for key in known_told(named)}


def permission_of(key: str) -> str:
    if key.startswith(PROMISES):
        return "paper.read"
    return TOLD[key].permission if key in TOLD else "deliverable.read"


def address_of(key: str, quarter: Quarter) -> str:
    """The page with all of what a figure in words says. A KeyError when there is none."""
    if key.startswith(PROMISES):
        return reverse("promises")
    if key not in TOLD:
        found = Deliverable.objects.filter(reference=key).first()
        if found is None:
            raise KeyError(key)
        return found.get_absolute_url()
    page = _PAGES[key]
    asked = _ASKED[page](quarter) if page in _ASKED else {}
    return reverse(page) + (f"?{urlencode(asked)}" if asked else "")


_PAGES = {
    "officers": "resources",
    "officers_spread": "resources",
    "money": "resources",
    "deliverables": "deliverables",
    "deliverables_table": "deliverables",
    "measures": "measures",
    "measures_table": "measures",
    "shortfalls": "measures",
    "returns": "returns_board",
    "risks": "risks",
    "equality": "equality_assessments",
    "benchmarks": "assurance",
    "objectives": "strategies",
    "threat": "threat_levels",
} | {f"plan_{strand}": "deliverables" for strand in _STRANDS}
_ASKED: dict[str, Callable[[Quarter], dict[str, Any]]] = {
    "resources": lambda quarter: {"on": day_of(quarter).isoformat()},
    "deliverables": lambda quarter: {"plan": quarter.year},
    "measures": lambda quarter: {"quarter": quarter.key},
    "returns_board": lambda quarter: {"quarter": quarter.key},
}


def _officers(quarter: Quarter, known: Known) -> Told:
    found = _staff(quarter, known)
    return Told(found.sentence, told_gaps.of_posts(found))


def _spread(quarter: Quarter, known: Known) -> Told:
    found = _staff(quarter, known)
    return Told(" ".join([found.variation, *found.of_groupings]), told_gaps.of_posts(found))


def _staff(quarter: Quarter, known: Known) -> Staffing:
    return staffing(Post.objects.all(), day_of(quarter, known), [PostKind.ENGAGEMENT_OFFICER])


def _money(quarter: Quarter, known: Known) -> Told:
    rows = money(FundingLine.objects.all(), Post.objects.all(), day_of(quarter, known)).lines
    year = quarter.financial_year
    found = [row for row in rows if row.line.borough is None and row.line.financial_year == year]
    said = " ".join(row.sentence for row in found)
    return Told(said or f"No line of funding is recorded for {year}.", told_gaps.of_money(found))


def _deliverables(quarter: Quarter, known: Known) -> Told:
    plan, today = told_words.plan_of(quarter), known.day
    words = delivery.sentence(plan, today) or f"No deliverable is in the plan of {quarter.financial_year}."
    return Told(words, told_gaps.of_plan(delivery.lines(plan, today)))


def _measures(quarter: Quarter, known: Known) -> Told:
    board = told_words.measures_board(quarter, known)
    return Told(board.sentence, told_gaps.of_measures(board))


def _tell(key: str, quarter: Quarter, known: Known) -> Figure:
    if key.startswith(PROMISES):
        return _promised(key, quarter, known)
    if key not in TOLD:
        return _deliverable(key, quarter, known)
    return _table(key, quarter, known) if is_table(key) else _figure(key, quarter, known, _TELLERS[key](quarter, known))


def _table(key: str, quarter: Quarter, known: Known) -> Figure:
    table = TABLES[key](quarter, known)
    noun = "measure" if key == "measures_table" else "deliverable"
    one = len(table.rows) == 1
    said = f"{len(table.rows) or 'No'} {noun}{'' if one else 's'} {'is' if one else 'are'} in force"
    shown = _figure(key, quarter, known, Told(said, table.lacks))
    return replace(shown, words="", columns=table.columns, rows=table.rows, parts=table.parts)


def _promised(key: str, quarter: Quarter, known: Known) -> Figure:
    board = Board.objects.get(key=key.removeprefix(PROMISES))
    definition = saying(
        key=key,
        name=f"Promised to the {board}",
        counted="What issued papers promised the board in public parts, and no later paper has kept.",
        source="Promises",
        beware="What was promised in exempt parts is not told.",
        permission="paper.read",
    )
    return _figure(key, quarter, known, told_words.promised(board, known), definition)


def _deliverable(reference: str, quarter: Quarter, known: Known) -> Figure:
    found = Deliverable.objects.in_full().get(reference=reference)
    line = delivery.line(found, known.day)
    words = found.progress_of_areas().sentence if found.population_id else f"{line.status.label}, {line.due}."
    definition = saying(
        key=reference,
        name=found.title,
        counted=found.done_when,
        source="Deliverables",
        beware=TOLD["deliverables"].beware,
    )
    return _figure(reference, quarter, known, Told(words, told_gaps.of_plan([line])), definition)


def _figure(key: str, quarter: Quarter, known: Known, said: Told, definition: Definition | None = None) -> ToldFigure:
    about: Any = definition or TOLD[key]
    return ToldFigure(
        about,
        quarter,
        ToldStanding(quarter, known.day, said.lacks),
        known.seen_at,
        finding=f"{about.name}: {said.words}",
        title=f"{about.name}, {quarter}",
        words=said.words.rstrip("."),
        address=address_of(key, quarter),
        known_on=known.past_day,
    )


_UNDER: dict[str, Teller] = {f"plan_{strand}": partial(told_words.under_strand, strand=strand) for strand in _STRANDS}
_TELLERS: dict[str, Teller] = _UNDER | {
    "officers": _officers,
    "officers_spread": _spread,
    "money": _money,
    "deliverables": _deliverables,
    "measures": _measures,
    "returns": told_words.returns,
    "shortfalls": told_words.shortfalls,
    "risks": told_words.risks,
    "equality": told_words.equality,
    "benchmarks": told_words.benchmarks,
    "objectives": told_words.objectives,
    "threat": told_words.threat,
}
