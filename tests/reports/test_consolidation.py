"""Story 7, the analyst consolidates: a quarter's figures, measures and equality tables on one page."""

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from boroughs.models import Grouping
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from reports.workflow.releasing import release_equality
from strands.figures.equality import EqualityTable
from strands.models import Activity, ActivityShare, EqualityCount
from strands.workflow.observing import explain
from tests import cast, make
from tests.cast import as_
from tests.strands.measuring import Q2, measure, observed

pytestmark = pytest.mark.django_db
IN_OCTOBER = dt.datetime(2026, 10, 26, 10, tzinfo=dt.UTC)
AUGUST = dt.date(2026, 8, 12)


@pytest.fixture(autouse=True)
def in_october() -> Iterator[None]:
    with time_machine.travel(IN_OCTOBER, tick=True):
        yield


def page(user: User, name: str = "consolidation") -> Any:
    return as_(user).get(reverse(name), {"quarter": Q2.key})


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def summed(activity: Activity, **people: int) -> None:
    with acting(cast.person("brent.lead")):
        for band, count in people.items():
            EqualityCount(activity=activity, band=band, people=count).save()


def released(population: str = "LONDON_33") -> None:
    """As the secretary does it, before any return is in."""
    secretary = cast.person("secretary")
    with acting(secretary):
        place = Grouping.objects.get(pk=population)
        release_equality(Q2, population=place, reason="The board meets on Thursday.", by=secretary)


def tables(response: Any) -> tuple[EqualityTable, ...]:
    (found,) = response.context["found"].equality
    return found.tables


def counted_to_the_head(numbers: list[int]) -> None:
    """An activity of Brent for each, all of them at once."""
    lead = cast.person("brent.lead")
    about = {"kind": "community_event", "strand_id": "prevent", "lead_borough_id": cast.BRENT, "title": "Workshop"}
    counted = {"starts": AUGUST, "attendance_qualifier": "exact", "attendance_basis": "headcount", "logged_by": lead}
    rows = [
        Activity(reference=f"CON/{place}", attendance=number, form_key=uuid4(), **about, **counted)
        for place, number in enumerate(numbers)
    ]
    keys = make.many(rows)
    make.many([ActivityShare(activity_id=key, borough_id=cast.BRENT, percent=Decimal(100)) for key in keys])


def the_measures_of_story_7() -> dict[str, Any]:
    return {
        "PV-03": observed(measure("PV-03"), Q2, value=611),
        "PV-07": observed(measure("PV-07"), Q2, numerator=91, denominator=100),
        "PR-02": observed(measure("PR-02"), Q2, numerator=4, denominator=7),
    }


def test_story_7_118_activities_count_and_their_attendance_inherits_its_qualifier(analyst: User) -> None:
    """117 counted to the head and one conference of “over 200”: 116 × 35 + 50 + 200."""
    counted_to_the_head([*[35] * 116, 50])
    make.activity(starts=AUGUST, attendance=200, attendance_qualifier="at_least")
    make.activity(starts=AUGUST, attendance=900, status="planned")
    make.activity(starts=AUGUST, attendance=900, marking="OFFICIAL-SENSITIVE")
    make.activity(attendance=900)

    numbers = {figure.key: figure.words for figure in page(analyst).context["found"].numbers}

    assert (numbers["activities"], numbers["attendance"]) == ("118", "at least 4,310")


def test_f8_the_consolidation_is_as_it_was_with_what_had_been_released_by_then(analyst: User) -> None:
    activity = make.activity(starts=AUGUST, attendance=40)
    summed(activity, age_25_to_44=40)
    with time_machine.travel(IN_OCTOBER + dt.timedelta(days=3), tick=True):
        released()
        make.activity(starts=AUGUST, attendance=5)
    with time_machine.travel(IN_OCTOBER + dt.timedelta(days=5), tick=True):
        then, now = (
            as_(analyst).get(reverse("consolidation"), {"quarter": Q2.key} | query)
            for query in ({"as_at": "2026-10-26"}, {})
        )
        file = as_(analyst).get(reverse("consolidation_csv"), {"quarter": Q2.key, "as_at": "2026-10-26"})

    assert [response.context["found"].numbers[0].words for response in (then, now)] == ["1", "2"]
    assert [len(response.context["found"].equality) for response in (then, now)] == [0, 1]
    assert "As known on 26 October 2026" in words(then)
    assert "Activities delivered,1," in file.content.decode()
    assert "as-known-on-2026-10-26" in file["Content-Disposition"]


def test_story_7_each_measure_stands_against_its_target_with_its_colour(analyst: User, chair: User) -> None:
    the_measures_of_story_7()

    shown = {line.row.version.measure.code: line.row.standing for line in page(analyst).context["found"].lines}

    found = {code: (standing.words, standing.target_words, str(standing.rag)) for code, standing in shown.items()}
    assert found == {
        "PV-03": ("611 [p]", "600", "G"),
        "PV-07": ("91% (91 of 100) [p]", "95%", "A"),
        "PR-02": ("57% (4 of 7) [p]", "80%", "R"),
    }
    assert "Commentary required: PR-02, PV-07." in words(page(chair))


def test_story_7_the_analyst_writes_the_commentary_from_the_page(analyst: User, member: User) -> None:
    panels = the_measures_of_story_7()["PV-07"]
    address = reverse("observation_commentary", args=[panels.pk])

    assert address in words(page(analyst))
    assert address not in words(page(member))
    with acting(analyst):
        explain(panels, "Two panels were put off; the deputy chairs from November.", by=analyst)

    shown = words(page(member))
    assert "Two panels were put off" in shown
    assert "Commentary required: PR-02." in shown


def test_story_7_a_3_is_hidden_and_the_next_smallest_with_it(analyst: User) -> None:
    for over_65, under_18 in ((1, 10), (2, 12)):
        summed(make.activity(starts=AUGUST), age_under_18=under_18, age_25_to_44=40, age_65_or_over=over_65)

    released()

    (age,) = tables(page(analyst))

    assert dict(age.rows) == {
        "Under 18": "[c]",
        "18 to 24": "0",
        "25 to 44": "80",
        "45 to 64": "0",
        "65 or over": "[c]",
        "Not said": "0",
    }
    assert age.total == "105"
    assert "summed over 2 activities" in words(page(analyst))


def test_a_table_of_so_few_that_its_total_tells_them_does_not_go_out(analyst: User) -> None:
    summed(make.activity(starts=AUGUST), sex_women=4, sex_men=3, age_25_to_44=70)
    released()

    shown = {table.name: table for table in tables(page(analyst))}

    assert (set(dict(shown["Sex"].rows).values()), shown["Sex"].total) == ({"[c]"}, "[c]")
    assert "<strong>Sex</strong>: withheld." in words(page(analyst))
    assert shown["Age"].total == "70"


def test_activities_that_do_not_count_are_not_in_the_equality_tables(analyst: User) -> None:
    summed(make.activity(starts=AUGUST, status="planned"), sex_women=40)
    summed(make.activity(starts=AUGUST, marking="OFFICIAL-SENSITIVE"), sex_women=40)
    summed(make.activity(), sex_women=40)

    with pytest.raises(Refused, match="No activity of it has an equality summary"):
        released()


def test_what_is_still_open_is_said_first(secretary: User) -> None:
    measure("PV-11")

    shown = words(page(secretary))

    assert "33 of 33 returns are not accepted yet." in shown
    assert "Data not in yet: PV-11." in shown


def test_the_page_leads_on_from_the_board_and_the_dashboards(secretary: User) -> None:
    make.quarterly_return(quarter=Q2, due=dt.date(2026, 10, 14))
    address = f"{reverse('consolidation')}?quarter={Q2.key}"

    for name in ("dashboards", "returns_board"):
        assert address in as_(secretary).get(reverse(name), {"quarter": Q2.key}).content.decode()


def test_the_download_holds_the_words_of_the_page(analyst: User) -> None:
    the_measures_of_story_7()
    summed(make.activity(starts=AUGUST, attendance=200, attendance_qualifier="at_least"), sex_women=30, sex_men=3)
    released()

    lines = list(csv.reader(page(analyst, "consolidation_csv").content.decode("utf-8-sig").splitlines()))

    assert ["Attendance", "200", "at_least", "at least 200"] in lines
    wanted = ["PR-02 A measure", "57% (4 of 7) [p]", "80%", "Provisional", "R: off target", "Commentary required"]
    assert [line[1:] for line in lines if line[:1] and line[0].startswith("PR-02")] == [wanted[1:]]
    assert [line[1:3] for line in lines if line[:1] == ["Sex"]] == [
        ["Women", "[c]"],
        ["Men", "[c]"],
        ["Not said", "0"],
        ["All answers", "33"],
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_many_as_for_one(
    analyst: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for code in ("PV-03", "PV-07", "PR-02")[:count]:
        observed(measure(code), Q2, **({"value": 7} if code == "PV-03" else {"numerator": 6, "denominator": 7}))
        summed(make.activity(starts=AUGUST), sex_women=20, age_under_18=20)
    for population in ("LONDON_33", "MET_32")[: 1 + (count > 1)]:
        released(population)
    client = as_(analyst)
    client.get(reverse("consolidation"), {"quarter": Q2.key})

    with django_assert_num_queries(QUERIES):
        client.get(reverse("consolidation"), {"quarter": Q2.key})


QUERIES = 20
