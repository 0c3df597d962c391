"""A measure over twelve quarters and beside itself: where its definition broke, nothing is joined or compared."""

import datetime as dt
from typing import Any

import pytest

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.figures.measure_trends import BREAK, measure_trends
from reports.figures.measures_beside import measures_beside
from strands.figures.known import Known
from strands.models import Measure
from strands.models.observation import ObservationState
from strands.workflow.measures import decide_on_measure
from strands.workflow.observing import check_observation
from tests.cast import as_, person
from tests.strands.measuring import Q1, Q2, measure, observed, proposal


@pytest.fixture(autouse=True)
def in_october(time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2026, 10, 26, 10, tzinfo=dt.UTC), tick=True)


def checked(of: Measure, quarter: Any, *, by: str = "analyst", **values: Any) -> None:
    found, checker = observed(of, quarter, by=by, **values), person("prevent.lead" if by == "analyst" else "analyst")
    if found.state != ObservationState.SUPPLIED:
        return
    with acting(checker):
        check_observation(found, by=checker)


def broken(code: str = "PV-03") -> Measure:
    of = measure(code)
    new = proposal(code, starts=dt.date(2026, 7, 1), comparable=False, comparability_note="Counts e-learning too.")
    chair = person("chair")
    with acting(chair):
        decide_on_measure(new, yes=True, seen=new.version, by=chair)
    return of


def test_f10_a_break_in_the_series_is_drawn_and_nothing_is_compared_across_it(db: None) -> None:
    of = broken()
    checked(of, Q1, value=600)
    checked(of, Q2, value=700)

    [trend] = measure_trends([of], Q2, Known.now())

    assert [(row.label, row.values[0], row.breaks) for row in trend.rows] == [
        ("Q1 2026/27", 600.0, ""),
        ("Q2 2026/27", 700.0, BREAK),
    ]
    assert trend.chart == "trend"
    assert BREAK in trend.svg()
    assert trend.finding.endswith("Its definition is new, so nothing before is compared with it")
    [row] = measures_beside([of], (Q1, Known.now()), (Q2, Known.now()))
    assert (row.left, row.right) == ("600 [p]", "700 [p]")
    assert row.difference == (
        "Not compared: version 2 counts by another definition from 1 July 2026, so a new series begins there."
    )


def test_without_a_break_the_difference_keeps_its_qualifier(db: None) -> None:
    of = measure("PV-03")
    checked(of, Q1, value=600)
    checked(of, Q2, value=700, qualifier="at_least")

    [row] = measures_beside([of], (Q1, Known.now()), (Q2, Known.now()))
    [trend] = measure_trends([of], Q2, Known.now())

    assert row.difference == "at least 100 more"
    assert trend.finding == "Staff trained: at least 700 [p] in Q2 2026/27, after 600 [p] in Q1 2026/27"


def test_f11_a_small_number_is_in_no_trend_and_no_difference(member: User) -> None:
    of = measure("PV-11")
    checked(of, Q1, by="prevent.lead", value=3)
    checked(of, Q2, by="prevent.lead", value=43)

    [trend] = measure_trends([of], Q2, Known.now())
    [row] = measures_beside([of], (Q1, Known.now()), (Q2, Known.now()))
    html = as_(member).get(f"/dashboards/strands/prevent/?quarter={Q2.key}").content.decode()

    assert [each.values[0] for each in trend.rows] == [None, 43.0]
    assert row.difference == "Not compared: a number is withheld because it is small."
    assert "[c]" in html
    assert ">3<" not in html.split("Its measures over")[1].split("</table>")[0]
