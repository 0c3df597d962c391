"""Targets of single boroughs, where a measure is published by borough and nobody can be known from it."""

import datetime as dt

import pytest
from django.urls import reverse

from contest_portal.core.quarters import Quarter
from strands.models import BoroughTarget
from tests import make
from tests.cast import BRENT, HARROW, as_
from tests.strands.measuring import measure

pytestmark = pytest.mark.django_db
Q1 = Quarter(2026, 1)
QUERIES = 16


def published(code: str = "PV-03", **values: str):
    return measure(code, **{"collection_level": "borough", "publication_level": "borough"} | values)


def trained(borough: str, people: int) -> None:
    completed = {"completed": {"value": people, "qualifier": "exact"}}
    make.activity(borough=borough, kind="training", particulars=completed)


def test_b2_each_borough_has_a_target_of_its_own_and_a_colour_once_the_quarter_is_over(
    analyst, member, time_machine
) -> None:
    published()
    trained(BRENT, 40)
    trained(HARROW, 17)
    edit = f"{reverse('borough_targets_edit', args=['PV-03'])}?quarter={Q1.key}"
    page = f"{reverse('borough_targets', args=['PV-03'])}?quarter={Q1.key}"

    as_(analyst).post(edit, {"everywhere": "20", BRENT: "35", "seen": "none"})

    def standing() -> dict[str, tuple[str, str, str | None]]:
        lines = as_(member).get(page).context["lines"]
        return {line.borough.pk: (line.target_words, line.words, line.rag) for line in lines}

    running = standing()
    assert (len(running), running[BRENT]) == (33, ("35", "40", None))
    time_machine.move_to(dt.datetime(2026, 7, 20, 9, tzinfo=dt.UTC), tick=True)
    over = standing()
    assert over[BRENT] == ("35", "40", "G")
    assert over[HARROW] == ("20", "17", "R")
    assert over["E09000001"] == ("20", "Nothing in the log", None)
    assert as_(member).get(page).context["sentence"] == "1 of 2 areas with a target and a value are within target."


def test_b2_a_target_is_taken_away_and_what_somebody_else_set_is_not_overwritten(analyst) -> None:
    published()
    edit = f"{reverse('borough_targets_edit', args=['PV-03'])}?quarter={Q1.key}"
    client = as_(analyst)
    client.post(edit, {BRENT: "35", "seen": "none"})

    stale = client.post(edit, {BRENT: "30", "seen": "none"})
    assert "Somebody changed these targets" in stale.context["form"].errors["everywhere"][0]
    assert BoroughTarget.objects.get().value == 35
    seen = client.get(edit).context["form"].initial["seen"]
    client.post(edit, {BRENT: "", "seen": seen})

    assert not BoroughTarget.objects.exists()


@pytest.mark.parametrize(
    "values", [{"publication_level": "london"}, {"sensitivity": "S1"}, {"source": "typed"}], ids=str
)
def test_no_borough_is_shown_where_a_measure_is_not_published_so(values: dict[str, str], analyst) -> None:
    published(**values)

    assert as_(analyst).get(reverse("borough_targets", args=["PV-03"]), {"quarter": Q1.key}).status_code == 404
    assert as_(analyst).get(reverse("borough_targets_edit", args=["PV-03"]), {"quarter": Q1.key}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_questions_for_1_and_3_targets(
    count, analyst, member, django_assert_num_queries
) -> None:
    published()
    codes = [BRENT, HARROW, "E09000009"][:count]
    edit = f"{reverse('borough_targets_edit', args=['PV-03'])}?quarter={Q1.key}"
    as_(analyst).post(edit, dict.fromkeys(codes, "20") | {"seen": "none"})
    client = as_(member)

    with django_assert_num_queries(QUERIES):
        client.get(reverse("borough_targets", args=["PV-03"]), {"quarter": Q1.key})


def test_f3_a_boroughs_dashboard_shows_how_it_stands_in_what_is_published_by_borough(
    analyst, member, time_machine
) -> None:
    published()
    measure("PV-07")
    trained(BRENT, 40)
    edit = f"{reverse('borough_targets_edit', args=['PV-03'])}?quarter={Q1.key}"
    as_(analyst).post(edit, {BRENT: "45", "seen": "none"})
    time_machine.move_to(dt.datetime(2026, 7, 20, 9, tzinfo=dt.UTC), tick=True)
    trained(BRENT, 10)

    def shown(**query: str) -> list[tuple[str, str, str, str | None]]:
        page = as_(member).get(reverse("borough_dashboard", args=[BRENT]), {"quarter": Q1.key} | query)
        found = page.context["area_measures"]
        return [(str(each.version), each.line.target_words, each.line.words, each.line.rag) for each in found]

    assert shown() == [("PV-03 Staff trained", "45", "50", "G")]
    assert shown(as_at="2026-07-19") == [("PV-03 Staff trained", "45", "40", "R")]
    address = reverse("borough_targets", args=["PV-03"])
    then = as_(member).get(address, {"quarter": Q1.key, "as_at": "2026-07-19"})
    assert then.context["sentence"].startswith("0 of 1 areas")
