"""Measures for tests, as the analyst proposes them and the chair approves them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from strands.models import Measure, MeasureVersion, Observation
from strands.workflow.measures import decide_on_measure, propose_measure
from strands.workflow.observing import supply
from tests.cast import person

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)
# Code: what is said of it beside what every measure of the tests is.
KNOWN: dict[str, dict[str, Any]] = {
    "PV-03": {"name": "Staff trained", "unit": "people", "kind": "flow", "source": "staff_trained"},
    "PV-07": {"name": "Channel panels held on schedule", "unit": "per cent", "kind": "percentage"},
    "PV-11": {
        "name": "Active Channel referrals",
        "unit": "referrals",
        "kind": "stock",
        "direction": "none",
        "sensitivity": "S2",
        "lag_days": 60,
    },
    "PR-02": {"name": "Exercises with debrief closed in 60 days", "unit": "per cent", "kind": "percentage"},
}
TARGETS = {"PV-03": Decimal(600), "PV-07": Decimal(95), "PR-02": Decimal(80)}


def proposal(code: str = "PV-03", *, target: Any = "usual", **values: Any) -> MeasureVersion:
    analyst = person("analyst")
    about = {"name": "A measure", "unit": "people", "kind": "flow", "direction": "higher"} | KNOWN.get(code, {})
    about |= {"definition": "Counted as agreed.", "starts": dt.date(2026, 4, 1)} | values
    measure = Measure.objects.filter(code=code).first()
    measure = measure or Measure(code=code, strand_id="prepare" if code.startswith("PR") else "prevent")
    aim = TARGETS.get(code) if target == "usual" else target
    with acting(analyst):
        return propose_measure(measure, MeasureVersion(**about), target=aim, by=analyst)


def measure(code: str = "PV-03", **values: Any) -> Measure:
    made, chair = proposal(code, **values), person("chair")
    with acting(chair):
        return decide_on_measure(made, yes=True, seen=made.version, by=chair).measure


def observed(of: Measure, quarter: Quarter = Q1, *, by: str = "analyst", **values: Any) -> Observation:
    supplier = person(by)
    with acting(supplier):
        return supply(of, quarter, by=supplier, **values)
