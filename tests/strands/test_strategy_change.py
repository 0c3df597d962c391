"""A strategy that changes in mid-year: objectives are linked, measures closed, and no series goes across."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.ui.shapes import spec_of
from strands.figures.known import Known
from strands.figures.strategy_change import change_to
from strands.figures.trend import trend_of
from strands.models import Measure, MeasureVersion, Objective, ObjectiveLink, StrategyVersion
from strands.workflow.observing import check_observation
from tests.cast import as_
from tests.strands.answers import day
from tests.strands.measuring import measure, observed
from tests.strands.planned import deliverable

pytestmark = pytest.mark.django_db
Q1, Q2, Q3 = (Quarter(2026, number) for number in (1, 2, 3))
BEGINS = dt.date(2026, 8, 1)
QUERIES = 19
ABOUT = {
    "name": "Staff who changed what they do",
    "definition": "Asked after three months.",
    "unit": "people",
    "kind": "flow",
    "direction": "higher",
    "frequency": "quarterly",
    "lag_days": "14",
    "sensitivity": "S0",
    "collection_level": "london",
    "publication_level": "london",
    "source": "typed",
    "amber_percent": "10",
}


def post(client: Client, page: str, *args: Any, **typed: Any) -> Any:
    return client.post(reverse(page, args=args), typed)


def earlier(count: int) -> list[Objective]:
    return list(Objective.objects.filter(strategy="contest-2023", strand="prevent").order_by("order")[:count])


def begun(admin: User) -> StrategyVersion:
    typed = {"name": "CONTEST, August 2026", "reason": "Published on 14 July"} | day("starts", BEGINS)
    post(as_(admin), "strategy_new", **typed)
    return StrategyVersion.objects.get(starts=BEGINS)


def decide(chair: User, version: MeasureVersion) -> None:
    version.refresh_from_db()
    answer = post(as_(chair), "measure_decision", version.pk, answer="yes", seen=version.version)
    assert answer.status_code == 302


def test_b1_objectives_of_an_edition_take_up_those_before_in_whole_in_part_or_not_at_all(admin, analyst) -> None:
    made, (first, second, third) = begun(admin), earlier(3)
    typed = {"strand": "prevent", "text": "Early help", "whole": [first.pk], "part": [second.pk], "note": "Wider"}
    post(as_(admin), "objective_new", made.pk, **typed)
    objective = made.objectives.get()
    deliverable(objective=objective, measure=measure("PV-03"))

    change = change_to(made)
    links = [(link.before, str(link.extent), link.starts) for link in change.lines[0].back]
    assert links == [(first, "whole", BEGINS), (second, "part", BEGINS)]
    assert third in change.dropped
    assert change.sentence.startswith("2 of the ")
    page = as_(analyst).get(made.get_absolute_url()).content.decode()
    assert page.index("Early help") < page.index("Local profiles") < page.index("PV-03")
    before = StrategyVersion.objects.get(pk="contest-2023")
    assert before.ends == BEGINS - dt.timedelta(days=1)
    assert "Early help" in as_(analyst).get(before.get_absolute_url()).content.decode()


def test_b1_links_are_changed_and_what_was_linked_stays_in_the_history(admin) -> None:
    made, (first, second) = begun(admin), earlier(2)
    post(as_(admin), "objective_new", made.pk, strand="prevent", text="Early help", whole=[first.pk])
    objective = made.objectives.get()

    twice = post(as_(admin), "objective_links", objective.pk, whole=[second.pk], part=[second.pk])
    assert "taken up as a whole above" in twice.context["form"].errors["part"][0]
    post(as_(admin), "objective_links", objective.pk, part=[second.pk])

    assert [(link.before, str(link.extent)) for link in objective.links_back.all()] == [(second, "part")]
    assert ObjectiveLink.history.filter(before=first, history_type="-").exists()


def test_an_edition_does_not_begin_before_the_one_in_force(admin) -> None:
    typed = {"name": "Older", "reason": "Found"} | day("starts", dt.date(2020, 1, 1))

    page = post(as_(admin), "strategy_new", **typed)

    assert "Choose a later day" in page.context["form"].errors["starts"][0]


def test_edge_4_a_strategy_change_closes_measures_breaks_charts_and_refuses_a_year_to_date(
    admin, prevent_lead, chair, analyst, member, time_machine
) -> None:
    old, kept = measure("PV-03"), measure("PV-07")
    begun(admin)
    lead = as_(prevent_lead)
    post(lead, "measure_new", code="PV-21", strand="prevent", target="500", **ABOUT, **day("starts", BEGINS))
    new = Measure.objects.get(code="PV-21")
    decide(chair, new.versions.get())
    close = {"reason": "The edition of August counts what people do"} | day("last_day", dt.date(2026, 7, 31))
    post(lead, "measure_review", "PV-03", successor=new.pk, **close)
    decide(chair, old.versions.get())
    time_machine.move_to(dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC), tick=True)
    observed(old, Q1, value=611)
    observed(new, Q2, value=300)

    late = post(
        as_(analyst), "observation_new", "PV-03", quarter=Q2.key, value=5, qualifier="exact", received=1, expected=1
    )
    assert "was closed on 31 July 2026" in late.context["form"].errors["quarter"][0]
    trend = trend_of(new, Q2, Known.now())
    assert [(row.label, row.values[0], row.breaks) for row in trend.rows[-2:]] == [
        ("Q1 2026/27", 611.0, ""),
        ("Q2 2026/27", 300.0, "PV-21 from 1 August 2026"),
    ]
    points = {point["label"]: point["part"] for point in spec_of(trend)["data"]["values"]}
    assert points["Q1 2026/27"] != points["Q2 2026/27"]
    assert "No year to date: a new series begins in Q2 2026/27" in trend.year
    # Half a quarter has no target: none is worked out from the whole one.
    assert [target.quarter for target in new.versions.get().targets.all()] == [Q3, Quarter(2026, 4)]
    page = as_(member).get(new.get_absolute_url()).content.decode()
    assert "<svg" in page
    assert "PV-21 from 1 August 2026" in page
    fates = {fate.version.measure: fate.words for fate in change_to(StrategyVersion.objects.get(starts=BEGINS)).fates}
    assert fates == {old: "Replaced by PV-21", kept: "Goes on as it was"}


def test_b10_a_new_definition_breaks_the_line_of_its_own_measure(prevent_lead, chair, member, time_machine) -> None:
    of = measure("PV-03")
    typed = (
        ABOUT | {"reason": "The edition asks for more", "comparability_note": ""} | day("starts", dt.date(2026, 7, 1))
    )
    refused = post(as_(prevent_lead), "measure_version_new", "PV-03", comparable="on", **typed)
    assert "can still be compared" in refused.context["form"].errors["comparability_note"][0]
    post(as_(prevent_lead), "measure_version_new", "PV-03", **typed | {"comparability_note": "It asks for more"})
    decide(chair, of.versions.get(number=2))
    time_machine.move_to(dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC), tick=True)
    observed(of, Q1, value=580)
    observed(of, Q2, value=200)

    trend = trend_of(of, Q2, Known.now())

    assert [row.breaks for row in trend.rows[-2:]] == ["", "new definition"]
    assert "No year to date" in trend.year
    assert trend_of(of, Q1, Known.now()).year == "Year to date: 580."


def test_b5_a_measure_says_what_its_quarters_come_to_and_a_stock_is_never_added_up(prevent_lead, chair) -> None:
    typed = ABOUT | {"kind": "stock", "roll_up": "sum", "code": "PV-22", "strand": "prevent"} | day("starts", BEGINS)

    refused = post(as_(prevent_lead), "measure_new", **typed)
    assert "does not fit its kind" in refused.context["form"].errors["roll_up"][0]
    post(as_(prevent_lead), "measure_new", **typed | {"roll_up": "highest"})

    assert MeasureVersion.objects.get(measure__code="PV-22").rule == "highest"
    assert measure("PV-03").versions.get().rule == "sum"
    assert measure("PV-07").versions.get().rule == "ratio"


def test_b5_a_year_goes_by_the_rule_of_the_measure(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC), tick=True)
    found = {}
    for code, rule in (("PV-31", "sum"), ("PV-32", "highest"), ("PV-33", "latest")):
        of = measure(code, roll_up=rule)
        observed(of, Q1, value=12)
        observed(of, Q2, value=8)
        found[rule] = trend_of(of, Q2, Known.now()).year
    assert found == {"sum": "Year to date: 20.", "highest": "Year to date: 12.", "latest": "Year to date: 8."}


def test_no_year_to_date_where_a_withheld_quarter_could_be_had_from_it(analyst, time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC), tick=True)
    of = measure("PV-31", sensitivity="S2")
    observed(of, Q1, by="prevent.lead", value=2)
    observed(of, Q2, by="prevent.lead", value=45)
    with acting(analyst):
        for each in of.observations.all():
            check_observation(each, by=analyst)

    trend = trend_of(of, Q2, Known.now())

    assert [row.values[0] for row in trend.rows[-2:]] == [None, 45.0]
    assert trend.year == "No year to date: a quarter of it is withheld, and could be had by subtraction."


@pytest.mark.parametrize("count", [1, 3])
def test_an_edition_asks_the_same_number_of_questions_for_1_and_3_objectives(
    count, admin, django_assert_num_queries
) -> None:
    made, (first,) = begun(admin), earlier(1)
    for number in range(count):
        post(as_(admin), "objective_new", made.pk, strand="prevent", text=f"Help {number}", part=[first.pk])
    client = as_(admin)

    with django_assert_num_queries(QUERIES):
        assert client.get(made.get_absolute_url()).status_code == 200
