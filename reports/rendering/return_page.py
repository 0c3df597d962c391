"""A return as one reader sees it: its lines, what seems to be missing in them, and what is left to do."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse

from contest_portal.core.markings import highest
from contest_portal.core.quantity import Quantity, total
from reports.models import QuarterlyReturn, ReturnDecision, ReturnLine, ReturnStatus
from reports.models.return_line import LineChange, compare, frozen_lines, lines_from_log, lines_of, readable
from strands.models import Activity
from strands.models.activity import Status


@dataclass(frozen=True)
class Doubt:
    """Something to look at. It keeps nobody from submitting."""

    text: str
    lines: tuple[ReturnLine, ...]


class ReturnPage:
    """Built for one reader; everything a template needs, and nothing the reader may not see."""

    def __init__(self, quarterly_return: QuarterlyReturn, *, reader: Any, day: dt.date) -> None:
        self.quarterly_return = quarterly_return
        self.reader = reader
        self.day = day
        self.all_lines = lines_of(quarterly_return)
        self.lines = readable(self.all_lines, reader)
        self.is_nil = not self.all_lines
        self.withholds = len(self.lines) < len(self.all_lines)
        self.marking = highest(line.marking for line in self.lines)

    @cached_property
    def opens(self) -> frozenset[int]:
        """Activities whose own page the reader may open."""
        keys = [line.activity_id for line in self.lines]
        return frozenset(Activity.objects.visible_to(self.reader).filter(pk__in=keys).values_list("pk", flat=True))

    @property
    def delivered(self) -> list[ReturnLine]:
        return [line for line in self.lines if line.status == Status.DELIVERED]

    @property
    def people(self) -> Quantity:
        """At delivered activities. A joint one counts whole here: its people came, whoever paid which share."""
        return total(line.attendance_quantity for line in self.delivered)

    @property
    def own_cost(self) -> Decimal | None:
        """The borough's share of what delivered activities cost; None while no cost is recorded."""
        costs = [line.cost_actual * line.percent / 100 for line in self.delivered if line.cost_actual is not None]
        return sum(costs, Decimal(0)) if costs else None

    @cached_property
    def doubts(self) -> list[Doubt]:
        planned = [line for line in self.lines if line.status == Status.PLANNED and line.starts < self.day]
        uncounted = [line for line in self.delivered if line.attendance is None]
        found = [
            Doubt("Still “planned”, though the day has passed", tuple(planned)),
            Doubt("Delivered, without a number of people", tuple(uncounted)),
        ]
        return [doubt for doubt in found if doubt.lines]

    @cached_property
    def since_last_submission(self) -> list[LineChange]:
        """What is different from the submission before: the log's now, or that of the latest one."""
        before = self.quarterly_return.submission - (0 if self.quarterly_return.is_open else 1)
        if before < 1:
            return []
        return compare(readable(frozen_lines(self.quarterly_return, before), self.reader), self.lines)

    @cached_property
    def log_since_submission(self) -> list[LineChange]:
        """How the log went on after what is frozen here."""
        if self.quarterly_return.is_open:
            return []
        return compare(self.lines, readable(lines_from_log(self.quarterly_return), self.reader))

    @cached_property
    def decisions(self) -> list[ReturnDecision]:
        return list(self.quarterly_return.decisions.select_related("by"))

    @property
    def asked(self) -> ReturnDecision | None:
        """What the borough was asked to change, while it has not answered."""
        return self.decisions[0] if self.quarterly_return.status == ReturnStatus.SENT_BACK else None

    @property
    def why_incomplete(self) -> str:
        return self.quarterly_return.why_incomplete(self.all_lines)

    @property
    def why_not_yet(self) -> str:
        """What keeps it from being submitted today, whoever asks."""
        return self.quarterly_return.why_too_early(self.day) or self.why_incomplete

    def tasks(self) -> list[dict[str, Any]]:
        """The task list of whoever submits it."""
        edit = reverse("quarterly_return_edit", args=[self.quarterly_return.pk])
        check = reverse("return_submission", args=[self.quarterly_return.pk])
        looks = sum(len(doubt.lines) for doubt in self.doubts)
        tasks = [
            _task("Activities from the log", "#lines", _counted(len(self.lines), "activity", "activities")),
            _task(
                "What seems to be missing",
                "#warnings" if looks else None,
                f"{looks} to look at" if looks else "Nothing",
            ),
            _task("What the board should know", edit, "Written" if self.quarterly_return.commentary else "Optional"),
        ]
        if self.is_nil:
            tasks.append(_task("Why there is nothing to report", edit, "Needed" if self.why_incomplete else "Written"))
        last = _task("Check and submit", None if self.why_not_yet else check, "Cannot start yet")
        if self.why_not_yet:
            last["hint"] = {"text": self.why_not_yet}
        else:
            last["status"] = {"tag": {"text": "Ready", "classes": "govuk-tag--green"}}
        return [*tasks, last]


def _task(title: str, href: str | None, words: str) -> dict[str, Any]:
    return {"title": {"text": title}, "href": href, "status": {"text": words}}


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def sensitive_activities(lines: Iterable[ReturnLine]) -> list[Activity]:
    return [line.activity for line in lines if line.is_sensitive]
