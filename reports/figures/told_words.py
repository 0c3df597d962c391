"""What figures in words say of returns, shortfalls, risks, assessments, assurance and the strategy.

Each sentence is made from how things stand, names what it counts over, and says so where there is nothing.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from boards.models import Board
from boroughs.models import Borough
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day as in_words
from reports.figures import told_gaps
from reports.figures.findings import listed
from reports.models import Promise, QuarterlyReturn, ReturnState
from strands.figures.assurance import board_of_cycle
from strands.figures.delivery import DeliverableLine, lines, sentence
from strands.figures.known import Known
from strands.figures.measuring import MeasureBoard, board_of
from strands.figures.standing import Rag
from strands.models import (
    AssuranceCycle,
    BenchmarkScore,
    Deliverable,
    EqualityAssessment,
    MeasureVersion,
    Objective,
    Risk,
    Strand,
    StrategyVersion,
    ThreatLevel,
)
from strands.models.equality_assessment import Stage
from strands.models.risk import Rating, RiskState

# What a return that is not accepted waits for, in the order in which a board asks.
_AWAITED = {
    ReturnState.OVERDUE: "Overdue",
    ReturnState.INCOMPLETE: "Data not yet complete",
    ReturnState.DUE: "Due and not sent yet",
    ReturnState.NOT_DUE: "Not due yet",
    ReturnState.SENT_BACK: "Sent back to be put right",
    ReturnState.SUBMITTED: "Sent and not accepted yet",
    ReturnState.APPROVED: "Approved by the borough and not accepted yet",
}


@dataclass(frozen=True)
class Told:
    """`lacks` is what the records behind it do not have yet."""

    words: str
    lacks: str = ""


def day_of(quarter: Quarter, known: Known | None = None) -> dt.date:
    return min(known.day if known else timezone.localdate(), quarter.end)


def awaited(quarter: Quarter, today: dt.date) -> list[tuple[ReturnState, str]]:
    """(state, area) of every return that something is still waited for, the overdue ones first."""
    rows = QuarterlyReturn.objects.filter(quarter=quarter).select_related("borough").order_by("borough__name")
    states = [(row.state_on(today), row.borough.name) for row in rows if not row.has_accepted]
    order = list(_AWAITED)
    return sorted((each for each in states if each[0] in _AWAITED), key=lambda each: order.index(each[0]))


def returns(quarter: Quarter, known: Known) -> Told:
    """28 of 33 returns are accepted. Overdue: Brent and Harrow. Excused: Bexley. Nil returns: Richmond upon Thames."""
    rows = list(QuarterlyReturn.objects.filter(quarter=quarter).select_related("borough").order_by("borough__name"))
    areas = Borough.objects.count()
    accepted = sum(row.has_accepted for row in rows)
    count = f"All {areas}" if accepted == areas else f"{accepted or 'None'} of {areas}"
    said = [f"{count} returns, the City of London’s among them, are accepted for {quarter}"]
    waiting = awaited(quarter, known.day)
    for state, label in _AWAITED.items():
        names = [name for each, name in waiting if each == state]
        said += [f"{label}: {listed(names)}"] if names else []
    excused = [row.borough.name for row in rows if row.state == ReturnState.EXCUSED]
    said += [f"Excused: {listed(excused)}"] if excused else []
    nil = [row.borough.name for row in rows if row.is_nil]
    said += [f"With nothing to report, by a nil return: {listed(nil)}"] if nil else []
    said += [f"Not called for: {areas - len(rows)}"] if len(rows) < areas else []
    settled = accepted + len(excused)
    lacks = f"{settled} of {areas} returns are accepted or excused" if settled < areas else ""
    return Told(". ".join(said), lacks)


def measures_board(quarter: Quarter, known: Known, strand: str = "") -> MeasureBoard:
    """Of what is settled; of one strand where that is given."""
    versions = MeasureVersion.objects.settled().select_related("measure", "measure__strand").order_by("measure__code")
    found = list(versions.filter(measure__strand_id=strand) if strand else versions)
    measures = sorted({version.measure for version in found}, key=lambda measure: measure.code)
    return board_of(measures, found, quarter, known)


def plan_of(quarter: Quarter, strand: str = "") -> list[Deliverable]:
    found = Deliverable.objects.filter(year=quarter.year).for_table().order_by("reference")
    return list(found.filter(strand_id=strand) if strand else found)


def shortfalls(quarter: Quarter, known: Known) -> Told:
    board, plan = measures_board(quarter, known), lines(plan_of(quarter), known.day)
    said = [*_short_measures(board), *_late(plan)]
    return Told(
        " ".join(said) or "No measure with data is short of its target, and no deliverable is late",
        told_gaps.together(told_gaps.of_measures(board), told_gaps.of_commentary(board), told_gaps.of_plan(plan)),
    )


def _short_measures(board: MeasureBoard) -> Iterator[str]:
    for row in board.rows:
        standing = row.standing
        if standing.by_target in (Rag.AMBER, Rag.RED) and standing.observation is not None:
            why = standing.observation.commentary.strip().rstrip(".") or "Its commentary is still to be written"
            is_ = f"is {_after_letter(standing.by_target.label)} ({standing.by_target.value})"
            yield f"{row.version.name} {is_}. {why}."


def _late(found: Iterable[DeliverableLine]) -> Iterator[str]:
    late = [row for row in found if row.is_late]
    for row in late:
        dates = f" {row.dates}." if row.dates else ""
        yield f"“{row.deliverable.title}” is {row.status.label.lower()}, due {row.due}.{dates}"


def _after_letter(label: str) -> str:
    """ "R: off target" without the letter that a table shows."""
    return str(label).partition(": ")[2]


def risks(quarter: Quarter, known: Known) -> Told:
    """Only those of all London: who reads a paper may not read the risks of a borough."""
    found = list(Risk.objects.filter(borough=None).exclude(state=RiskState.CLOSED).worst_first())
    if not found:
        return Told("No risk for all of London is open")
    lacks = told_gaps.of_risks(found, known.day)
    ratings = Counter(risk.rating for risk in found)
    parts = [f"{ratings[rating]} rated {rating.label.lower()}" for rating in Rating if ratings[rating]]
    noun = "risk" if len(found) == 1 else "risks"
    said = [f"{len(found)} {noun} for all of London {'is' if len(found) == 1 else 'are'} open: {', '.join(parts)}."]
    for risk in [each for each in found if each.rating == Rating.HIGH]:
        said.append(f"{risk.title}: {_low(risk.effect)} It is owned by the {risk.owner}. {_stop(risk.mitigation)}")
    happened = [risk.title for risk in found if risk.state == RiskState.HAPPENED]
    said += [f"It has happened: {_stop('; '.join(happened))}"] if happened else []
    return Told(" ".join(said), lacks)


def equality(quarter: Quarter, known: Known) -> Told:
    found = list(EqualityAssessment.objects.exclude(stage=Stage.REPLACED).order_by("subject"))
    strategy = StrategyVersion.in_force_on(day_of(quarter, known))
    lacks = told_gaps.of_assessments(found, known.day, strategy)
    if not found:
        return Told("No equality assessment of this work is recorded", lacks)
    stages = Counter(each.shown_stage for each in found)
    parts = [f"{stages[stage]} {stage.label.lower()}" for stage in Stage if stages[stage]]
    noun = "assessment" if len(found) == 1 else "assessments"
    again = [(each, each.why_review(known.day, strategy)) for each in found]
    said = [f"{len(found)} equality {noun}: {', '.join(parts)}."]
    for each in found:
        if each.stage == Stage.COMPLETE and each.completed_on:
            said.append(f"“{each.subject}”, completed on {in_words(each.completed_on)}: {_stop(each.outcome)}")
    due = [f"“{each.subject}” has to be looked at again. {_stop(why)}" for each, why in again if why]
    return Told(" ".join([*said, *(due or ["None is due to be looked at again."])]), lacks)


def benchmarks(quarter: Quarter, known: Known) -> Told:
    cycle = AssuranceCycle.objects.on(day_of(quarter, known)).order_by("-starts").first()
    if cycle is None:
        return Told("No assurance cycle was in force", "no cycle is recorded")
    scores = BenchmarkScore.objects.filter(benchmark__cycle=cycle)
    board = board_of_cycle(cycle, Borough.objects.order_by("name"), scores)
    return Told(f"{cycle}: {board.sentence}", told_gaps.of_cycle(board))


def objectives(quarter: Quarter, known: Known) -> Told:
    edition = StrategyVersion.in_force_on(day_of(quarter, known))
    if edition is None:
        return Told("No edition of the strategy was in force", "no edition is recorded")
    every = set(Objective.objects.filter(strategy=edition).values_list("pk", flat=True))
    served = set(Deliverable.objects.filter(year=quarter.year, objective__in=every).values_list("objective", flat=True))
    count = f"all {len(every)}" if served == every else f"{len(served) or 'none'} of {len(every)}"
    return Told(f"The plan for {quarter.financial_year} has deliverables under {count} objectives of {edition}")


def threat(quarter: Quarter, known: Known) -> Told:
    found = ThreatLevel.objects.on(day_of(quarter, known)).order_by("scheme")
    said = [f"{each.scheme}: {each.level} ({each.definition.rstrip('.')})" for each in found]
    return Told("; ".join(said) or "No threat level is recorded for that day", "" if said else "no level is recorded")


def promised(board: Board, known: Known) -> Told:
    """What is open, the overdue first. Only what everybody may read: the sentence can stand in a public paper."""
    found = list(Promise.objects.made().unkept().open_to_all().to_board(board).in_order())
    said = [f"{each.what} ({'overdue: ' if each.is_overdue_on(known.day) else ''}{each.due_words})" for each in found]
    return Told(f"Earlier papers promised: {'; '.join(said)}" if said else "No promise of an earlier paper is open")


def under_strand(quarter: Quarter, known: Known, *, strand: str) -> Told:
    name = Strand.objects.get(pk=strand).name
    today, deliverables, board = known.day, plan_of(quarter, strand), measures_board(quarter, known, strand)
    plan, measures = sentence(deliverables, today).rstrip("."), board.sentence.rstrip(".")
    plan = plan or f"No deliverable of the plan for {quarter.financial_year} is under {name}"
    lacks = told_gaps.together(told_gaps.of_plan(lines(deliverables, today)), told_gaps.of_measures(board))
    return Told(f"{plan}. Measures under {name}: {measures[:1].lower()}{measures[1:]}", lacks)


def _low(words: str) -> str:
    return _stop(f"{words[:1].lower()}{words[1:]}")


def _stop(words: str) -> str:
    return f"{words.strip().rstrip('.')}."
