"""A return as one reader sees it: its lines, what seems to be missing in them, and what is left to do."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse

from contest_portal.core.markings import highest
from contest_portal.core.quantity import Quantity
from contest_portal.ui.formats import pounds
from reports.models import (
    QuarterlyReturn,
    ReturnLine,
    ReturnSubmission,
    ReturnUnlocking,
)
from reports.models.return_content import differences, submission_of
from reports.models.return_facts import FACTS, facts_now
from reports.models.return_line import LineChange, compare, frozen_lines, lines_from_log, lines_of, readable
from reports.models.return_texts import TEXTS, ReturnTexts
from reports.rendering.return_checks import (
    Finding,
    delivered,
    errors_of,
    findings_of,
    own_cost,
    panels,
    people,
    previous_of,
)
from reports.rendering.return_sent_back import SentBack
from reports.rendering.return_tasks import Part, not_ready, parts_of, task_list
from strands.models import Activity
from strands.models.activity import Status


@dataclass(frozen=True)
class Doubt:
    """Something to look at. It keeps nobody from submitting."""

    text: str
    lines: tuple[ReturnLine, ...]


class ReturnPage(SentBack):
    """Built for one reader; everything a template needs, and nothing the reader may not see."""

    def __init__(self, quarterly_return: QuarterlyReturn, *, reader: Any, day: dt.date, corrects: bool = False) -> None:
        """`corrects`: the reader writes a correction of what is accepted, from the log as it is now."""
        self.quarterly_return = quarterly_return
        self.reader = reader
        self.day = day
        self.is_written = quarterly_return.is_open or corrects
        self.all_lines = lines_from_log(quarterly_return) if corrects else lines_of(quarterly_return)
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
        return delivered(self.lines)

    @property
    def people(self) -> Quantity:
        return people(self.lines)

    @property
    def own_cost(self) -> Decimal | None:
        return own_cost(self.lines)

    @property
    def joint(self) -> list[ReturnLine]:
        return [line for line in self.lines if line.is_joint]

    @property
    def panels_in_words(self) -> str:
        """Administration only: how many were held of those in the log, and never what was discussed."""
        found = panels(self.lines)
        return f"{len(delivered(found))} held of {len(found)}" if found else "None in the log"

    @property
    def panel_was_held(self) -> bool:
        return bool(delivered(panels(self.lines)))

    @cached_property
    def facts(self) -> dict[str, str]:
        if self.is_written:
            return facts_now(self.quarterly_return)
        return self.sent.facts if self.sent else {}

    @cached_property
    def previous(self) -> "ReturnPage | None":
        """The return of the quarter before, as the same reader sees it."""
        found = previous_of(self.quarterly_return)
        return ReturnPage(found, reader=self.reader, day=self.day) if found else None

    @property
    def numbers(self) -> dict[str, str]:
        """What is counted and known, by label, for a summary and to compare with another quarter's."""
        facts = {FACTS[key]: words for key, words in self.facts.items() if key in FACTS}
        return {
            "Activities": str(len(self.lines)),
            "Delivered": str(len(self.delivered)),
            "Joint with others": str(len(self.joint)),
            "People at delivered activities": str(self.people),
            "Cost to the borough": pounds(self.own_cost),
            "Channel panel meetings": self.panels_in_words,
            **facts,
        }

    @cached_property
    def since_last_quarter(self) -> list[tuple[str, str, str]]:
        """(label, last quarter, now) of every number, fact and text that is not the same as in the return before."""
        if self.previous is None:
            return []
        then = self.previous.numbers
        counted = [(label, then.get(label, ""), now) for label, now in self.numbers.items()]
        return [row for row in counted if row[1] != row[2]] + differences(self.previous.answers, self.answers)

    @cached_property
    def sent(self) -> ReturnSubmission | None:
        """The latest submission as it was sent, unless there is none yet or it is older than this record."""
        number = self.quarterly_return.standing_submission
        return submission_of(self.quarterly_return, number) if number else None

    @property
    def answers(self) -> ReturnTexts:
        """The texts as they are written, or as they were sent."""
        return self.quarterly_return if self.is_written or self.sent is None else self.sent

    @property
    def texts(self) -> list[tuple[str, str]]:
        """(label, text) of every answer given; one that is expected and missing says what kind of blank it is."""
        found = self.answers.texts()
        if not found.get("commentary"):
            found = {"commentary": found.pop("commentary_gap", "") or self.blank} | found
        return [(TEXTS[key], found[key]) for key in TEXTS if key in found]

    @property
    def blank(self) -> str:
        return self.quarterly_return.state_on(self.day).blank

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
        if self.compared_with < 1:
            return []
        before = frozen_lines(self.quarterly_return, self.compared_with)
        return compare(readable(before, self.reader), self.lines)

    @cached_property
    def log_since_submission(self) -> list[LineChange]:
        """How the log went on after what is frozen here."""
        if self.is_written:
            return []
        return compare(self.lines, readable(lines_from_log(self.quarterly_return), self.reader))

    @cached_property
    def unlockings(self) -> list[ReturnUnlocking]:
        """Who may correct it today."""
        rows = self.quarterly_return.unlockings.on(self.day)
        return list(rows.select_related("person", "granted_by"))

    @property
    def has_changes(self) -> bool:
        return bool(self.since_last_submission or self.text_changes)

    @cached_property
    def text_changes(self) -> list[tuple[str, str, str]]:
        """(label, before, after) of the texts and facts that differ from the submission before."""
        before = submission_of(self.quarterly_return, self.compared_with) if self.compared_with else None
        return differences(before, self.answers, (before.facts, self.facts)) if before else []

    @property
    def compared_with(self) -> int:
        """The number of the submission before: the latest one while the return is written again."""
        if self.is_written:
            return self.quarterly_return.submission
        return self.quarterly_return.standing_submission - 1

    @cached_property
    def findings(self) -> list[Finding]:
        """For whoever writes or sends it; they read all of its lines."""
        return findings_of(self.quarterly_return, self.all_lines, self.day)

    @property
    def errors(self) -> list[Finding]:
        return errors_of(self.findings)

    @property
    def why_not_yet(self) -> str:
        """What keeps it from being submitted today, whoever asks."""
        early = self.quarterly_return.why_too_early(self.day)
        return early or (self.errors[0].text if self.errors else "")

    @cached_property
    def parts(self) -> list[Part]:
        return parts_of(self._says(), self.findings)

    def _says(self) -> dict[str, str]:
        found, facts = self.quarterly_return, self.facts
        return {
            "activities": f"{len(self.lines)} in the log, {len(self.delivered)} delivered" if self.lines else "None",
            "attendance": str(self.people).capitalize(),
            "joint": f"{len(self.joint)} with other boroughs",
            "cost": pounds(self.own_cost),
            "posts": facts["posts"] if facts["vacancies"] == "None" else f"{facts['posts']}; {facts['vacancies']}",
            "funding": facts["funding"],
            "panel": self.panels_in_words,
            "commentary": "Written" if found.commentary else found.commentary_gap,
            "help": "Written" if found.help_needed else "Optional",
            "plan": "Written" if found.next_plan else facts["plan"],
            "asked": "Read it above" if self.asked else "Nothing",
        }

    @property
    def progress(self) -> str:
        return not_ready(self.parts)

    def tasks(self) -> list[dict[str, Any]]:
        """The task list of whoever submits it; what was asked about leads to the page on which it is answered."""
        edit = reverse("quarterly_return_edit", args=[self.quarterly_return.pk])
        last: dict[str, Any] = {"title": {"text": "Check and submit"}, "status": {"text": "Cannot start yet"}}
        if self.why_not_yet:
            last["hint"] = {"text": self.why_not_yet}
        else:
            last["href"] = reverse("return_submission", args=[self.quarterly_return.pk])
            last["status"] = {"tag": {"text": "Ready", "classes": "govuk-tag--green"}}
        return [*task_list(self.parts, self.quarterly_return, edit), last]


def sensitive_activities(lines: Iterable[ReturnLine]) -> list[Activity]:
    return [line.activity for line in lines if line.is_sensitive]
