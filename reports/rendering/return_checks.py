"""What a return is asked before it is submitted: errors keep it back, warnings take a tick or a reason."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import models

from contest_portal.core.quantity import Quantity, total
from contest_portal.ui.formats import pounds
from reports.models import QuarterlyReturn, ReturnLine, ReturnStatus
from reports.models.return_facts import own_funding, own_posts, planned_next
from reports.models.return_line import frozen_lines
from reports.rendering.return_reasons import reasons_of, unanswered
from strands.models.activity import Status

PANEL = "channel_panel"
# So many times last quarter's people is more likely a slip of the keyboard than a success.
TIMES = 10


class Severity(models.TextChoices):
    ERROR = "error", "Has to be put right"
    WARNING = "warning", "Look at this"


@dataclass(frozen=True)
class Finding:
    """One thing found. `part` is the task of the return in which it is put right or explained."""

    key: str
    severity: Severity
    text: str
    part: str


def delivered(lines: Iterable[ReturnLine]) -> list[ReturnLine]:
    return [line for line in lines if line.status == Status.DELIVERED]


def people(lines: Iterable[ReturnLine]) -> Quantity:
    """At delivered activities. A joint one counts whole here: its people came, whoever paid which share."""
    return total(line.attendance_quantity for line in delivered(lines))


def own_cost(lines: Iterable[ReturnLine]) -> Decimal | None:
    """The borough's share of what delivered activities cost; None while no cost is recorded."""
    costs = [line.cost_actual * line.percent / 100 for line in delivered(lines) if line.cost_actual is not None]
    return sum(costs, Decimal(0)) if costs else None


def panels(lines: Iterable[ReturnLine]) -> list[ReturnLine]:
    return [line for line in lines if line.kind == PANEL]


def previous_of(quarterly_return: QuarterlyReturn) -> QuarterlyReturn | None:
    """The same borough's return for the quarter before, if it was ever sent."""
    rows = QuarterlyReturn.objects.filter(
        borough=quarterly_return.borough_id, quarter=quarterly_return.quarter.previous(), submission__gt=0
    )
    return rows.first()


def findings_of(found: QuarterlyReturn, lines: list[ReturnLine], day: dt.date) -> list[Finding]:
    """Errors first. `lines` are all that would be sent, whoever asks."""
    errors = [Finding(key, Severity.ERROR, text, part) for key, text, part in _errors(found, lines)]
    return errors + [Finding(key, Severity.WARNING, text, part) for key, text, part in _warnings(found, lines, day)]


def errors_of(findings: Iterable[Finding]) -> list[Finding]:
    return [each for each in findings if each.severity == Severity.ERROR]


def warnings_of(findings: Iterable[Finding]) -> list[Finding]:
    return [each for each in findings if each.severity == Severity.WARNING]


Found = Iterator[tuple[str, str, str]]


def _errors(found: QuarterlyReturn, lines: list[ReturnLine]) -> Found:
    """Gaps that nobody has explained."""
    if not lines and not found.nil_reason:
        yield "nil", "Say why there is nothing to report: a nil return needs a reason.", "activities"
    uncounted = [line for line in delivered(lines) if line.attendance is None]
    if uncounted and not found.uncounted_reason:
        words = "One delivered activity has" if len(uncounted) == 1 else f"{len(uncounted)} delivered activities have"
        yield "uncounted", f"{words} no number of people: count them in the log, or say why not.", "attendance"
    if lines and not found.commentary and not found.commentary_gap:
        yield "commentary", "Write what the board should know, or say why there is nothing for it.", "commentary"
    if found.status == ReturnStatus.ACCEPTED and not found.correction_reason:
        yield "correction", "Say why the accepted return is corrected.", "asked"
    for reason in unanswered(found, lines, reasons_of(found)) if found.submission else []:
        yield f"asked_{reason.pk}", f"Answer what was asked about “{reason.where}”, or change it.", "asked"
    if not found.next_plan and not planned_next(found.borough_id, found.quarter):
        following = found.quarter.next().short
        yield "plan", f"Nothing is planned for {following} in the log: say what is planned, or why nothing is.", "plan"


def _warnings(found: QuarterlyReturn, lines: list[ReturnLine], day: dt.date) -> Found:
    planned = [line for line in lines if line.status == Status.PLANNED and line.starts < day]
    if planned:
        yield "planned", f"Still “planned”, though the day has passed: {len(planned)}.", "activities"
    yield from _many_people(found, lines)
    if not found.panel_reason and not any(line.status == Status.DELIVERED for line in panels(lines)):
        yield "panel", "No Channel panel meeting is in the log of this quarter.", "panel"
    posts = own_posts(found.borough_id, found.quarter)
    if posts.unsettled:
        names = ", ".join(str(post) for post in posts.unsettled)
        yield "posts", f"The boroughs’ shares do not add up to the post: {names}.", "posts"
    funding, cost = own_funding(found.borough_id, found.quarter), own_cost(lines)
    confirmed = sum((line.confirmed for line in funding), Decimal(0))
    if funding and cost is not None and cost > confirmed:
        yield "cost", f"The cost, {pounds(cost)}, is over the confirmed funding of {pounds(confirmed)}.", "funding"


def _many_people(found: QuarterlyReturn, lines: list[ReturnLine]) -> Found:
    before = previous_of(found)
    now = people(lines).value
    if before is None or not now:
        return
    then = people(frozen_lines(before, before.submission)).value
    if then and now >= TIMES * then:
        yield "attendance", f"{now:,} people are {now // then} times the {then:,} of last quarter.", "attendance"
