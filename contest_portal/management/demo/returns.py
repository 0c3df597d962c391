"""Returns of eight quarters, made through the product's own workflow: most accepted, the last full quarter mixed."""

import datetime as dt
import random
from collections.abc import Mapping

from boroughs.models import BankHoliday
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.core.working_days import add_working_days
from contest_portal.management.demo.people import DOMAIN
from reports.models import QuarterlyReturn, ReturnAssignment, ReturnLine
from reports.models.return_content import hash_now
from reports.models.return_line import frozen_lines, lines_from_log
from reports.rendering.return_checks import PANEL, findings_of, warnings_of
from reports.workflow.chasing import remind
from reports.workflow.return_assignments import appoint_delegate, save_assignment
from reports.workflow.return_decisions import accept_return, send_back_return
from reports.workflow.return_writing import describe_return, submit_return
from reports.workflow.returns import call_day, excuse_return, open_returns, unlock_return

BRENT, HARROW, BEXLEY, RICHMOND = "E09000005", "E09000015", "E09000004", "E09000027"
CITY, BROMLEY, CAMDEN, HAVERING, KINGSTON = "E09000001", "E09000006", "E09000007", "E09000016", "E09000021"
WESTMINSTER = "E09000033"
# How far the returns of the last full quarter have come; all others are accepted.
LAST = {
    BRENT: "submitted",
    HARROW: "sent back",
    BEXLEY: "excused",
    HAVERING: "approved",
    KINGSTON: "open",
    CITY: "open",
    "E09000020": "submitted",
    "E09000026": "sent back",
}
REASONS = (
    "The cost of the second event is missing. Please add it.",
    "The attendance looks like that of the whole series. Please give this quarter's alone.",
    "Two activities are still marked as planned although their dates have passed.",
)
COMMENTARY = (
    "Demand for training from schools keeps growing; dates for next term are filling up.",
    "Venue costs rose, so two events were held in council buildings instead.",
    "Partners asked for more notice of exercises. The calendar for next year is agreed.",
    "",
)
UNCOUNTED = "Drop-in sessions and online talks had no list at the door."
PANELS = (
    "The panel meets twice a year and sits next quarter.",
    "The meeting was put off by a week into the next quarter.",
)
PLANS = (
    "Two school workshops a month, and one exercise with the emergency services.",
    "The spring programme goes on; a second cohort of parents starts.",
    "A briefing for new councillors and a refresh of the venue hire policy.",
)
HELP = ("", "", "", "A partner in health who can come to the planning meetings.", "A decision on the shared post.")
NIL = "The team moved office in the quarter; the events planned for it are in the next one."


ASKED = (
    "Is this the number of people in the room, or of those who signed up?",
    "The cost of the venue seems to be missing.",
)
ANSWERS = (
    "It is the number of people in the room; the list of names was longer.",
    "The venue was free of charge. The log says so now.",
)
OPENED = {
    CAMDEN: "A partner’s count came after the return was accepted.",
    BRENT: "The cost of one event was entered twice.",
}


class Returns:
    def __init__(self, chance: random.Random, today: dt.date, people: Mapping[tuple[str, str], User]) -> None:
        self.chance = chance
        self.today = today
        self.people = people
        self.secretary = User.objects.get(email=f"secretary@{DOMAIN}")
        self.strand_lead = User.objects.get(email=f"prevent.lead@{DOMAIN}")
        self.holidays = BankHoliday.objects.days()

    def write(self, quarters: list[Quarter]) -> int:
        """The quarters must end with the one that is running, whose returns are opened and no more."""
        portal = User.objects.portal()
        self._assign(quarters[0])
        for quarter in quarters:
            day = min(call_day(quarter), self.today)
            with acting(portal, at=_at(day, 7)):
                opened = open_returns(quarter, by=portal)
                if quarter == quarters[-2]:
                    remind(day, by=portal)
            for quarterly_return in opened if quarter.end < self.today else []:
                last = quarter == quarters[-2]
                self._carry(quarterly_return, LAST.get(quarterly_return.borough_id, "") if last else "")
        self._correct(quarters[-3])
        return QuarterlyReturn.objects.count()

    def _assign(self, first: Quarter) -> None:
        """Two boroughs approve before London accepts; the City's data come later, and it has a delegate."""
        with acting(self.secretary, at=_at(first.start, 9), reason="As agreed with the boroughs"):
            for assignment in ReturnAssignment.objects.filter(borough__in=[HAVERING, "E09000012"]):
                assignment.levels = 2
                save_assignment(assignment, by=self.secretary)
            later = ReturnAssignment.objects.get(borough=CITY)
            later.lag_days = 60
            save_assignment(later, by=self.secretary)
            appoint_delegate(
                later.borough,
                person=self.people[WESTMINSTER, "head"],
                starts=self.today - dt.timedelta(days=30),
                ends=self.today + dt.timedelta(days=45),
                reason="The team has one person who writes returns, and nobody to approve them.",
                by=self.secretary,
            )

    def _correct(self, quarter: Quarter) -> None:
        """One accepted return is open to its lead for a correction, another has been corrected."""
        found = {row.borough_id: row for row in QuarterlyReturn.objects.filter(quarter=quarter)}
        ends = self.today + dt.timedelta(days=10)
        with acting(self.secretary, at=_at(self.today, 8)):
            for borough, reason in OPENED.items():
                lead = self.people[borough, "lead"]
                unlock_return(found[borough], person=lead, ends=ends, reason=reason, by=self.secretary)
        with acting(self.people[CAMDEN, "lead"], at=_at(self.today, 9)):
            camden = found[CAMDEN]
            camden.correction_reason = "The college sent its own count of the open day after the return was accepted."
            camden.save()
        self._submit(camden, self.today)
        self._accept(camden, self.today)

    def _carry(self, quarterly_return: QuarterlyReturn, state: str) -> None:
        """Take one return as far as `state` says; an empty one means accepted."""
        if state == "open":
            return
        if state == "excused":
            self._excuse(quarterly_return)
            return
        due = quarterly_return.usual_due or quarterly_return.due
        day = add_working_days(due, self.chance.choice([-6, -4, -3, -2, -1, 0, 0, 2]), self.holidays)
        self._submit(quarterly_return, day)
        if state == "sent back" or (not state and self.chance.random() < 0.06):
            day = self._later(day)
            self._send_back(quarterly_return, day)
            if state:
                return
            day = self._later(day)
            self._submit(quarterly_return, day)
        if state in ("", "approved"):
            self._accept(quarterly_return, self._later(day), only_borough=state == "approved")

    def _excuse(self, quarterly_return: QuarterlyReturn) -> None:
        with acting(self.secretary, at=_at(min(call_day(quarterly_return.quarter), self.today), 10)):
            deputy = self.people[BROMLEY, "lead"]
            excuse_return(quarterly_return, reason="The officer is on long leave.", deputy=deputy, by=self.secretary)

    def _submit(self, quarterly_return: QuarterlyReturn, day: dt.date) -> None:
        lead = self.people[quarterly_return.borough_id, "lead"]
        found = QuarterlyReturn.objects.select_related("borough").get(pk=quarterly_return.pk)
        with acting(lead, at=_at(day, 11)):
            lines = lines_from_log(found)
            self._write(found, lines)
            answers = {asked.pk: self.chance.choice(ANSWERS) for asked in found.reasons.filter(reply="")}
            describe_return(found, replies=answers, by=lead)
            warnings = [each.key for each in warnings_of(findings_of(found, lines, self.today))]
            submit_return(found, seen=hash_now(found, lines), checked=warnings, by=lead)

    def _write(self, found: QuarterlyReturn, lines: list[ReturnLine]) -> None:
        found.commentary = found.commentary or self.chance.choice(COMMENTARY)
        found.commentary_gap = "" if found.commentary else "Nothing out of the ordinary this quarter."
        found.nil_reason = "" if lines else NIL
        found.uncounted_reason = UNCOUNTED if any(line.attendance is None for line in lines) else ""
        found.panel_reason = "" if any(line.kind == PANEL for line in lines) else self.chance.choice(PANELS)
        found.next_plan = found.next_plan or self.chance.choice(PLANS)
        found.help_needed = found.help_needed or self.chance.choice(HELP)
        found.save()

    def _send_back(self, quarterly_return: QuarterlyReturn, day: dt.date) -> None:
        head = self.people[quarterly_return.borough_id, "head"]
        lines = frozen_lines(quarterly_return, QuarterlyReturn.objects.get(pk=quarterly_return.pk).submission)
        asked = {line.activity_id: self.chance.choice(ASKED) for line in lines[1:2]}
        with acting(head, at=_at(day, 14)):
            send_back_return(quarterly_return, reason=self.chance.choice(REASONS), lines=asked, by=head)

    def _accept(self, quarterly_return: QuarterlyReturn, day: dt.date, *, only_borough: bool = False) -> None:
        """Where the borough approves first, the strand lead accepts an hour later."""
        head = self.people[quarterly_return.borough_id, "head"]
        seen = QuarterlyReturn.objects.get(pk=quarterly_return.pk).content_hash
        with acting(head, at=_at(day, 16)):
            found = accept_return(quarterly_return, seen=seen, by=head)
        if found.status == "approved" and not only_borough:
            with acting(self.strand_lead, at=_at(day, 17)):
                accept_return(found, seen=seen, by=self.strand_lead)

    def _later(self, day: dt.date) -> dt.date:
        return min(add_working_days(day, self.chance.randint(1, 3), self.holidays), self.today)


def _at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)
