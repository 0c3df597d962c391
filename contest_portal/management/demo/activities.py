"""About 1,500 activities of every kind over two years, joint ones too. Same seed and day, same data."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from boroughs.models import Borough, FundingLine, GroupingMembership, Neighbour, Organisation
from contest_portal.accounts.models import User
from contest_portal.core.markings import Marking
from contest_portal.core.quarters import Quarter
from contest_portal.core.working_days import is_working_day
from contest_portal.management.demo.particulars import answers
from contest_portal.management.demo.texts import CHARITIES, NOTES, REASONS, WORDINGS
from contest_portal.management.demo.wording import Wording
from strands.kinds import KINDS
from strands.models import Activity, Objective, Strand, StrategyVersion
from strands.workflow.bulk_logging import log_activities
from strands.workflow.logging import Entry

_QUALIFIERS = ["exact"] * 13 + ["at_least"] * 4 + ["not_recorded"] * 3
_BASES = ["headcount", "headcount", "sign_in", "tickets", "estimate"]
RICHMOND = "E09000027"


class Log:
    """Writes the log of all boroughs, quarter by quarter."""

    def __init__(self, chance: random.Random, today: dt.date, people: Mapping[tuple[str, str], User]) -> None:
        self.chance = chance
        self.today = today
        self.people = people
        self.boroughs = {borough.gss_code: borough for borough in Borough.objects.all()}
        self.strands = Strand.objects.in_bulk()
        self.neighbours = _neighbours()
        self.charities = list(Organisation.objects.filter(key__in=[key for key, _ in CHARITIES]).order_by("key"))
        self.councils = {
            row.borough_id: row for row in Organisation.objects.filter(kind="council", borough__isnull=False)
        }
        self.objectives = _objectives(today)
        self.kinds, self.weights = zip(*[(key, wording.weight) for key, wording in WORDINGS.items()], strict=True)
        self.busy = _busy_boroughs()
        self.lines = {line.borough_id: line for line in FundingLine.objects.filter(borough__isnull=False)}

    def write(self, quarters: list[Quarter]) -> int:
        """All of a borough at once, each with the moment at which its lead would have logged it."""
        count = 0
        for gss_code in self.boroughs:
            places = [quarter for quarter in quarters for _ in range(self._how_many(gss_code, quarter))]
            entries = [(self._form_key(), self._entry(gss_code, quarter)) for quarter in places]
            moments = [self._logged(entry.columns["starts"]) for _, entry in entries]
            log_activities(entries, reason="", by=self.people[gss_code, "lead"], moments=moments)
            count += len(entries)
        return count

    def _how_many(self, gss_code: str, quarter: Quarter) -> int:
        if self._is_silent(gss_code, quarter):
            return 0
        usual = self.chance.choice([6, 7, 8]) if gss_code in self.busy else self.chance.choice([3, 4, 5, 5])
        return 2 if gss_code == "E09000001" else usual

    def _is_silent(self, gss_code: str, quarter: Quarter) -> bool:
        """Richmond files a nil return for the last full quarter: it has no activity, nor a share in a neighbour's."""
        return gss_code == RICHMOND and quarter == Quarter.of(self.today).previous()

    def _entry(self, gss_code: str, quarter: Quarter) -> Entry:
        kind = self.chance.choices(self.kinds, self.weights)[0]
        wording = WORDINGS[kind]
        starts = self._day(quarter)
        status = self._status(starts)
        delivered = status["status"] == "delivered"
        numbers = self._numbers(wording, delivered=delivered)
        if delivered:
            numbers["particulars"] = answers(self.chance, kind, starts, numbers.get("attendance"))
        words = self._words(gss_code, wording)
        about = self._about(gss_code, kind, starts, numbers["date_precision"])
        return self._tied(gss_code, about | words | status | numbers, dict(self._shares(gss_code, quarter)))

    def add(self, gss_code: str, starts: dt.date, *, kind: str = "community_event", **values: Any) -> Activity:
        """One of a programme or of a plan: what it is called and what came of it is told."""
        about = self._about(gss_code, kind, starts, values.get("date_precision", "exact"))
        columns = about | {"purpose": WORDINGS[kind].purpose} | values
        entry = self._tied(gss_code, columns, {gss_code: Decimal(100)})
        lead, logged = self.people[gss_code, "lead"], [self._logged(columns["starts"])]
        [made] = log_activities([(self._form_key(), entry)], reason="", by=lead, moments=logged)
        return Activity.objects.select_related("logged_by").get(pk=made.pk)

    def _about(self, gss_code: str, kind: str, starts: dt.date, precision: str) -> dict[str, Any]:
        return {
            "kind": kind,
            "strand": self.strands[KINDS[kind].strand],
            "lead_borough": self.boroughs[gss_code],
            "starts": starts.replace(day=1) if precision == "month" else starts,
        }

    def _logged(self, starts: dt.date) -> dt.datetime:
        # Four o'clock of today may be still to come.
        latest = self.today - dt.timedelta(days=1)
        day = min(starts + dt.timedelta(days=self.chance.randint(0, 6)), latest)
        return dt.datetime.combine(day, dt.time(16), dt.UTC)

    def _form_key(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def _day(self, quarter: Quarter) -> dt.date:
        while True:
            day = quarter.start + dt.timedelta(days=self.chance.randrange((quarter.end - quarter.start).days + 1))
            if is_working_day(day, frozenset()):
                return day

    def _words(self, gss_code: str, wording: Wording) -> dict[str, Any]:
        area, topic = self.boroughs[gss_code].name, self.chance.choice(wording.topics)
        title = self.chance.choice(wording.titles).format(area=area, topic=topic)
        sensitive = wording.sensitive or self.chance.random() < 0.03
        return {
            "title": title[0].upper() + title[1:],
            "purpose": wording.purpose,
            "outcome": self.chance.choice(wording.outcomes),
            "outcome_level": self.chance.choice([0, 0, 1, 1, 1, 2, 2, 3]),
            "audience": list(wording.audience[: self.chance.randint(1, 3)]),
            "internal_note": self.chance.choice(NOTES),
            "public_sentence": "" if sensitive else wording.purpose,
            "marking": Marking.OFFICIAL_SENSITIVE if sensitive else Marking.OFFICIAL,
            "place": ""
            if sensitive
            else self.chance.choice(["Civic Centre", "Town Hall", "Central Library", "Online", ""]),
        }

    def _status(self, starts: dt.date) -> dict[str, str]:
        if starts > self.today:
            return {"status": "planned"}
        status = self.chance.choices(["delivered", "cancelled", "postponed"], [93, 3, 4])[0]
        return {"status": status, "status_reason": self.chance.choice(REASONS[status]) if status in REASONS else ""}

    def _numbers(self, wording: Wording, *, delivered: bool) -> dict[str, Any]:
        low, high = wording.attendance
        numbers: dict[str, Any] = {"date_precision": self.chance.choices(["exact", "month"], [95, 5])[0]}
        if wording.cost[1]:
            planned = Decimal(self.chance.randrange(*wording.cost) // 10 * 10)
            numbers["cost_planned"] = planned
            spent = max(planned + self.chance.choice([0, 0, 0, 40, -30]), Decimal(0))
            numbers["cost_actual"] = spent if delivered else None
        qualifier = self.chance.choice(_QUALIFIERS)
        if high and delivered and qualifier != "not_recorded":
            people = self.chance.randint(low, high)
            numbers["attendance"] = people if qualifier == "exact" else max(people // 10 * 10, 10)
            numbers["attendance_qualifier"] = qualifier
            numbers["attendance_basis"] = self.chance.choice(_BASES)
        return numbers

    def _tied(self, gss_code: str, columns: dict[str, Any], shares: dict[str, Decimal]) -> Entry:
        objectives = self.objectives.get(columns["strand"].pk, [])
        line, funding = self.lines.get(gss_code), {}
        cost = columns.get("cost_actual")
        if cost and line and line.financial_year == Quarter.of(columns["starts"]).financial_year:
            funding = {line.pk: cost}
        return Entry(
            columns,
            shares,
            objectives=[self.chance.choice(objectives).pk] if objectives else [],
            partners=[partner.pk for partner in self._partners(gss_code)],
            funding=funding,
        )

    def _shares(self, gss_code: str, quarter: Quarter) -> Iterator[tuple[str, Decimal]]:
        """One in twelve is joint with one or two neighbours."""
        neighbours = [each for each in self.neighbours[gss_code] if not self._is_silent(each, quarter)]
        if self.chance.random() > 0.085 or not neighbours:
            yield gss_code, Decimal(100)
            return
        others = self.chance.sample(neighbours, min(self.chance.choice([1, 1, 2]), len(neighbours)))
        part = Decimal(60) if len(others) == 1 else Decimal(40)
        yield gss_code, part
        for other in others:
            yield other, (100 - part) / len(others)

    def _partners(self, gss_code: str) -> list[Organisation]:
        council = [self.councils[gss_code]] if gss_code in self.councils else []
        charity = [self.chance.choice(self.charities)] if self.chance.random() < 0.6 else []
        return council[: self.chance.randint(0, 1)] + charity


def _neighbours() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {gss_code: [] for gss_code in Borough.objects.values_list("gss_code", flat=True)}
    for pair in Neighbour.objects.filter(thames_only=False).order_by("first_id", "second_id"):
        found[pair.first_id].append(pair.second_id)
        found[pair.second_id].append(pair.first_id)
    return found


def _objectives(today: dt.date) -> dict[str, list[Objective]]:
    strategy = StrategyVersion.objects.on(today).order_by("-starts").first()
    found: dict[str, list[Objective]] = {}
    for objective in Objective.objects.filter(strategy=strategy):
        found.setdefault(objective.strand_id, []).append(objective)
    return found


def _busy_boroughs() -> set[str]:
    """The funded areas of 2024/25 do more than the others."""
    return set(GroupingMembership.objects.filter(grouping_id="FUNDED_2024_25").values_list("borough_id", flat=True))
