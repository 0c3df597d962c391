"""What the records lack that a figure in words is made from, in a few words; empty where nothing is missing or open.

While something is, the sentence may come to say something else, so it is provisional.
"""

import datetime as dt
from collections.abc import Iterable

from boroughs.figures.money import ZERO, MoneyLine, short_pounds
from boroughs.figures.staffing import Staffing
from strands.figures.assurance import CycleBoard
from strands.figures.delivery import DeliverableLine
from strands.figures.measuring import MeasureBoard
from strands.figures.standing import DataState, Rag
from strands.models import EqualityAssessment, Risk, StrategyVersion
from strands.models.deliverable_words import DeliverableStatus
from strands.models.equality_assessment import Stage

_CLOSED = (DeliverableStatus.DELIVERED, DeliverableStatus.CANCELLED)
_WITHOUT_DATA = (DataState.UNDER_REVIEW, DataState.NOT_DUE, DataState.OVERDUE, DataState.INCOMPLETE)


def of_posts(found: Staffing) -> str:
    if not found.posts:
        return "no post is recorded"
    return _few(sum(not post.shares_then for post in found.posts), len(found.posts), "post", "no borough recorded")


def of_money(rows: Iterable[MoneyLine]) -> str:
    lines = list(rows)
    open_ = sum((row.line.unconfirmed for row in lines), ZERO)
    missing = sum((row.line.posts_covered or len(row.posts)) - len(row.posts) for row in lines)
    return together(
        "" if lines else "no line of funding is recorded",
        f"{short_pounds(open_)} is not confirmed" if open_ > 0 else "",
        f"{missing} of the posts that it covers {_is(missing)} not recorded" if missing > 0 else "",
    )


def of_plan(found: Iterable[DeliverableLine]) -> str:
    lines = list(found)
    if not lines:
        return "no deliverable is in the plan"
    open_ = sum(line.status not in _CLOSED for line in lines)
    return f"{open_} of {len(lines)} {_noun('deliverable', len(lines))} {_is(open_)} still open" if open_ else ""


def of_measures(board: MeasureBoard) -> str:
    states = [row.standing.state for row in board.rows]
    due = [state for state in states if state not in (DataState.NOT_APPLICABLE, DataState.RETIRED)]
    without = sum(state in _WITHOUT_DATA for state in due)
    open_ = sum(state == DataState.PROVISIONAL for state in due)
    return together(
        "" if due else "no measure is due",
        _few(without, len(due), "measure", "no complete data"),
        f"{open_} {_is(open_)} not approved yet" if open_ else "",
    )


def of_commentary(board: MeasureBoard) -> str:
    short = [row.standing for row in board.rows if row.standing.by_target in (Rag.AMBER, Rag.RED)]
    count = sum(bool(each.observation and not each.observation.commentary.strip()) for each in short)
    return f"the commentary on {count} {_noun('measure', count)} is still to be written" if count else ""


def of_risks(found: Iterable[Risk], today: dt.date) -> str:
    late = sum(risk.is_overdue(today) for risk in found)
    return f"{late} {_noun('risk', late)} {_is(late)} to be looked at again" if late else ""


def of_assessments(found: Iterable[EqualityAssessment], today: dt.date, strategy: StrategyVersion | None) -> str:
    rows = list(found)
    open_ = sum(each.stage != Stage.COMPLETE for each in rows)
    again = sum(bool(each.why_review(today, strategy)) for each in rows)
    return together(
        "" if rows else "no assessment is recorded",
        f"{open_} of {len(rows)} {_noun('assessment', len(rows))} {_is(open_)} not complete" if open_ else "",
        f"{again} {_is(again)} to be looked at again" if again else "",
    )


def of_cycle(board: CycleBoard) -> str:
    missing = sum(row.scored < len(board.benchmarks) for row in board.rows)
    return _few(missing, len(board.rows), "area", "criteria not scored yet")


def _few(count: int, whole: int, noun: str, what: str) -> str:
    """3 of 33 areas have …; nothing where there are none."""
    if not count:
        return ""
    return f"{count} of {whole} {_noun(noun, whole)} {'has' if count == 1 else 'have'} {what}"


def together(*said: str) -> str:
    return ", ".join(filter(None, said))


def _noun(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
