"""Dashboards over a part of London: a population, a borough, a strand; and which of them a person sees first."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from contest_portal.accounts.models import User
from contest_portal.core.quantity import Quantity
from contest_portal.core.refusal import Refused
from reports.figures import figures, passport
from reports.figures.parts import WHOLE, part_of_areas, part_of_grouping
from reports.figures.variation import spreads
from reports.models import LinkBorough
from reports.views.chosen import Borough
from strands.models import Activity, Strand
from tests import cast, make
from tests.cast import BRENT, HARROW, as_
from tests.reports.figure_log import CAMDEN, CITY, accept

QUARTER = make.QUARTER
TABLES = ["activities_by_strand", "attendance_by_strand", "activities_trend"]

pytestmark = pytest.mark.usefixtures("in_august")


def page(client: Client, name: str, *args: str, **query: Any) -> Any:
    return client.get(reverse(name, args=args), {"quarter": QUARTER.key} | query)


def words(response: Any) -> dict[str, str]:
    return {figure.key: figure.words for figure in response.context["key_numbers"]}


def met_32() -> Any:
    members = Borough.objects.in_grouping("MET_32", QUARTER.end).values_list("pk", flat=True)
    return part_of_grouping("MET_32", "Metropolitan Police area (32 boroughs)", members)


@pytest.mark.parametrize(
    ("reader", "address"),
    [
        ("brent.lead", f"/dashboards/boroughs/{BRENT}/"),
        ("brent.reader", f"/dashboards/boroughs/{BRENT}/"),
        ("prevent.lead", "/dashboards/strands/prevent/"),
        ("secretary", "/returns/board"),
        ("member", "/dashboards/"),
        ("analyst", "/dashboards/"),
        ("chair", "/dashboards/"),
    ],
)
def test_f1_each_role_sees_its_own_dashboard_first(reader: str, address: str, db: None) -> None:
    client = as_(cast.person(reader))

    assert client.get("/dashboards/own").url == address
    assert client.get(address).status_code == 200


def test_f2_a_dashboard_over_a_grouping_counts_its_areas_and_names_it(log: list[Activity], member: User) -> None:
    client = as_(member)
    london, met = page(client, "dashboards"), page(client, "dashboards", over="MET_32")

    assert words(london)["activities"] == "6"
    assert words(met)["activities"] == "5"
    assert len(met.context["by_activities_by_borough"].rows) == 32
    assert "Metropolitan Police area (32 boroughs)" in met.content.decode()
    assert "City of London" not in {row.label for row in met.context["by_activities_by_borough"].rows}


def test_f2_every_number_over_a_part_is_the_sum_of_its_rows(log: list[Activity]) -> None:
    brent, prevent = part_of_areas([Borough.objects.get(pk=BRENT)]), Strand.objects.get(pk="prevent")
    for part in (met_32(), brent, WHOLE.within(prevent), brent.within(prevent), met_32().within(prevent)):
        found = figures(["activities", "attendance", "activities_joint", "cost", *TABLES], QUARTER, part=part)
        for key in ("activities", "attendance", "activities_joint", "cost"):
            assert (part.name, key, found[key].quantity) == (part.name, key, passport(key, QUARTER, part=part).total)
        for key in TABLES:
            rows = [row.key for row in found[key].rows]
            for row, column in [(row, column.key) for row in rows for column in found[key].columns[1:]]:
                behind = passport(key, QUARTER, row, column, part=part).total
                shown = found[key].cell(row, column) or Quantity(0)
                assert (part.name, key, row, column, shown) == (part.name, key, row, column, behind)


def test_f2_a_grouping_is_the_one_that_stood_when_the_quarter_ended(member: User) -> None:
    client = as_(member)
    html = page(client, "dashboards", over="OLYMPIC_6").content.decode()

    assert "had no areas on 30 June 2026" in html
    assert len(client.get("/dashboards/?over=OLYMPIC_6&quarter=2011-12-Q2").context["key_numbers"]) == 6
    assert page(client, "figure_rows", "activities", over="OLYMPIC_6").status_code == 404


@pytest.mark.parametrize("over", ["NONSENSE", "E09000099", f"{BRENT},E09000099", "E"])
def test_f2_areas_that_are_not_there_are_not_found(over: str, member: User) -> None:
    assert page(as_(member), "dashboards", over=over).status_code == 404


def test_f2_the_city_is_not_had_by_subtraction(db: None) -> None:
    """S0 numbers may be taken apart; a measure has London's number and none beside it to take from that."""
    with pytest.raises(Refused, match="published for London as a whole"):
        figures(["PV-11"], QUARTER, part=met_32())


def test_f2_how_many_returns_of_some_areas_are_in_is_for_those_who_follow_them(
    log: list[Activity], brent_lead: User, member: User
) -> None:
    accept(HARROW)
    over = {"over": HARROW}

    assert page(as_(brent_lead), "figure_rows", "returns_accepted", **over).status_code == 403
    assert "returns_accepted" not in words(page(as_(brent_lead), "dashboards", **over))
    assert page(as_(member), "figure_rows", "returns_accepted", **over).context["figure"].words == "1 of 1"
    assert page(as_(brent_lead), "figure_rows", "returns_accepted").status_code == 200
    assert page(as_(member), "figure_rows", "returns_accepted", strand="prevent").status_code == 404


def test_f3_london_then_borough_then_strand_then_rows(log: list[Activity], member: User) -> None:
    client = as_(member)
    brent = page(client, "borough_dashboard", BRENT)
    assert words(brent)["activities"] == "4"

    strand = page(client, "strand_dashboard", "prevent", over=BRENT)
    assert words(strand)["activities"] == "3"

    rows = client.get(strand.context["found"]["activities"].url)
    assert rows.context["seen"].total_words == "3"
    assert {row.strand for row in rows.context["passport"].rows} == {"prevent"}


def test_f7_each_chart_has_its_finding_its_table_and_its_source(log: list[Activity], member: User) -> None:
    for name, key in (("borough_dashboard", BRENT), ("strand_dashboard", "prevent")):
        html = page(as_(member), name, key).content.decode()
        assert html.count('class="portal-chart"') >= 1
        assert html.count("portal-figure__finding") >= html.count('class="portal-chart"')
        assert html.count("<table") >= html.count('class="portal-chart"')
        assert html.count("portal-source") >= html.count('class="portal-chart"')


def test_f9_a_member_begins_with_their_own_link_boroughs(log: list[Activity], member: User, brent_lead: User) -> None:
    client = as_(member)
    answer = client.post("/dashboards/link-boroughs", {"boroughs": [BRENT, HARROW]}, follow=True)

    assert answer.redirect_chain[-1][0] == f"/dashboards/?over={BRENT},{HARROW}"
    assert answer.context["part"].name == "Brent and Harrow"
    assert words(answer)["activities"] == "5"
    assert as_(brent_lead).get("/dashboards/link-boroughs").context["form"].initial == {"boroughs": []}

    client.post("/dashboards/link-boroughs", {"boroughs": [CAMDEN]})
    assert [row.borough_id for row in LinkBorough.objects.visible_to(member)] == [CAMDEN]
    history = LinkBorough.history.filter(borough=BRENT)
    assert [row.history_type for row in history.order_by("history_id")] == ["+", "-"]


def test_f9_a_borough_that_is_none_is_refused_beside_the_field(member: User) -> None:
    html = as_(member).post("/dashboards/link-boroughs", {"boroughs": ["E09000099"]}).content.decode()

    assert "There is a problem" in html
    assert not LinkBorough.objects.visible_to(member).exists()


def test_f10_the_lowest_the_middle_and_the_highest_stand_with_their_names(log: list[Activity], member: User) -> None:
    found = page(as_(member), "borough_dashboard", BRENT).context
    activities, _, attendance = found["spreads"]

    assert (activities.lowest, activities.lowest_names) == ("0", "29 areas")
    assert (activities.middle, activities.highest, activities.highest_names) == ("0", "4", "Brent")
    assert activities.own == "4"
    assert attendance.highest == "about 317"
    assert found["spread_words"].startswith("Activities over 33 areas run from 0 (29 areas) to 4 (Brent)")


def test_f10_what_was_not_recorded_is_left_out_and_told(db: None) -> None:
    make.activity(borough=CITY, attendance=None)
    make.activity(attendance=3)

    found = figures(["activities_by_borough"], QUARTER)["activities_by_borough"]

    attendance = spreads(found)[2]
    assert attendance.note == "not recorded in 1 of 33"
    assert attendance.lowest == "0"


def test_f10_each_area_has_its_twelve_quarters_and_each_cell_its_rows(log: list[Activity], member: User) -> None:
    client = as_(member)
    multiples = page(client, "strand_dashboard", "prevent").context["multiples"]

    assert len(multiples.columns) == 13
    camden = next(row for row in multiples.rows if row.key == CAMDEN)
    assert sum(value or 0 for value in camden.values) == 3
    links = [link for link in camden.links if link]
    assert [client.get(link).context["seen"].total_words for link in links] == ["1", "1", "1"]


def test_a_part_has_an_address_that_leads_back(db: None) -> None:
    prevent = WHOLE.within(Strand.objects.get(pk="prevent"))

    assert prevent.query == {"strand": "prevent"}
    assert met_32().within(Strand.objects.get(pk="prevent")).query == {"over": "MET_32", "strand": "prevent"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    rows: int, member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make.activity(shares={BRENT: 50, HARROW: 50}, attendance=5)
    client = as_(member)
    page(client, "dashboards")

    with django_assert_num_queries(23):
        page(client, "dashboards", over="MET_32")
    with django_assert_num_queries(24):
        page(client, "borough_dashboard", BRENT)
    with django_assert_num_queries(27):
        page(client, "strand_dashboard", "prevent")


def test_as_known_on_a_day_a_part_is_read_as_it_was(log: list[Activity], member: User) -> None:
    day = dt.date(2026, 8, 2).isoformat()
    response = page(as_(member), "borough_dashboard", BRENT, as_at=day)

    assert response.status_code == 200
    assert "As known on 2 August 2026" in response.content.decode()
    assert page(as_(member), "figure_rows", "activities", as_at=day, over=BRENT).context["seen"].total_words == "0"


def sheets(response: Any) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_f6_a_dashboard_is_a_workbook_with_its_definitions(log: list[Activity], member: User) -> None:
    response = page(as_(member), "dashboard_xlsx", over="MET_32")
    found = sheets(response)
    definitions = found["Definitions"]

    assert response["Content-Disposition"].endswith('-32-boroughs-2026-27-Q1.xlsx"')
    assert definitions[0][0] == "OFFICIAL"
    assert definitions[1][0] == "Metropolitan Police area (32 boroughs), Q1 2026/27 (April to June 2026)"
    assert "Activities delivered" in {row[0] for row in definitions}
    assert ["Activities delivered", 5.0, "exact", "5"] in found["Key numbers"]
    assert found["Activities by strand"][-1][:2] == ["Metropolitan Police area (32 boroughs)", 5.0]


def test_f6_whose_returns_are_in_is_in_nobodys_workbook_who_may_not_know(brent_lead: User) -> None:
    accept(HARROW)

    assert "Returns by borough" not in sheets(page(as_(brent_lead), "dashboard_xlsx", over=HARROW))
