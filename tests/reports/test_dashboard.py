"""London for a quarter, the rows behind each of its numbers, and their downloads."""

import csv
import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.figures import FIGURES, figures
from strands.models import Activity
from tests import cast, make
from tests.cast import BRENT, HARROW, as_
from tests.reports.figure_log import accept, submit

QUARTER = make.QUARTER
READERS = ["brent.lead", "brent.reader", "prevent.lead", "analyst", "secretary", "chair", "boardmember", "member",
           "auditor"]  # fmt: skip

pytestmark = pytest.mark.usefixtures("in_august")


def page(client: Client, name: str = "dashboards", *args: str, **query: Any) -> Any:
    return client.get(reverse(name, args=args), {"quarter": QUARTER.key} | query)


def lines(response: Any) -> list[list[str]]:
    return list(csv.reader(response.content.decode("utf-8-sig").splitlines()))


@pytest.mark.parametrize("reader", READERS)
def test_everybody_with_the_dashboards_sees_the_same_numbers(reader: str, log: list[Activity]) -> None:
    shown = page(as_(cast.person(reader))).context

    expected = figures([figure.key for figure in shown["key_numbers"]], QUARTER)
    assert [figure.words for figure in shown["key_numbers"]] == [figure.words for figure in expected.values()]
    assert len(shown["key_numbers"]) == 6


@pytest.mark.parametrize("name", ["dashboards", "figure_rows", "figure_csv", "figure_rows_csv"])
@pytest.mark.parametrize("reader", ["admin", "outsider"])
def test_nobody_else_gets_in(reader: str, name: str, db: None) -> None:
    args = [] if name == "dashboards" else ["activities"]

    assert page(as_(cast.person(reader)), name, *args).status_code == 403


def test_the_last_quarter_that_is_over_is_shown_unless_another_is_chosen(member: User) -> None:
    client = as_(member)

    assert client.get("/dashboards/").context["quarter"] == QUARTER
    assert client.get("/dashboards/?quarter=2025-26-Q3").context["quarter"].short == "Q3 2025/26"
    assert client.get("/dashboards/?quarter=2026-27-Q5").status_code == 404
    assert client.get("/dashboards/?quarter=").status_code == 404


def test_the_quarters_to_choose_from_run_back_from_the_present_one(member: User) -> None:
    html = as_(member).get("/dashboards/?quarter=2019-20-Q1").content.decode()

    options = re.findall(r'<option value="(2[^"]+)"( selected)?', html)
    assert [key for key, _ in options] == [quarter.key for quarter in reversed(QUARTER.next().last(12))] + [
        "2019-20-Q1"
    ]
    assert [key for key, selected in options if selected] == ["2019-20-Q1"]


def test_the_state_stands_in_words_before_the_numbers(log: list[Activity], member: User) -> None:
    accept(BRENT)

    html = page(as_(member)).content.decode()

    assert html.index("Provisional") < html.index("1 of 33 returns accepted") < html.index("Activities delivered")
    assert "33 London local authority areas" in html


def test_f3_each_tile_opens_its_borough_and_each_number_there_its_rows(log: list[Activity], member: User) -> None:
    client = as_(member)
    html = page(client).content.decode()

    tiles = re.findall(r'class="portal-map__link" href="([^"]+)"', html)

    assert len(tiles) == 33
    brent = next(tile.replace("&amp;", "&") for tile in tiles if BRENT in tile)
    opened = client.get(brent)
    assert opened.context["area"].name == "Brent"
    numbers = opened.context["key_numbers"]
    assert [figure.words for figure in numbers[:1]] == ["4"]
    assert client.get(numbers[0].url).context["seen"].total_words == "4"


def test_the_number_on_the_dashboard_follows_the_log(brent_lead: User, member: User) -> None:
    activity = make.activity(attendance=200, attendance_qualifier="at_least")
    client = as_(member)
    assert page(client).context["by_attendance"].words == "at least 200"

    activity.attendance = 250
    with acting(brent_lead):
        activity.save()

    assert page(client).context["by_attendance"].words == "at least 250"


def test_a_borough_lead_finds_her_own_borough_picked_out(log: list[Activity], brent_lead: User, member: User) -> None:
    html = page(as_(brent_lead)).content.decode()

    assert "Your borough: Brent" in html
    assert re.findall(r'>(\w+) <span class="portal-quiet">\(your borough\)', html) == ["Brent"]
    assert html.count("portal-map__tile--marked") == 2
    assert "our borough" not in page(as_(member)).content.decode()


def test_whose_return_is_missing_is_for_those_who_follow_all_of_them(
    log: list[Activity], brent_lead: User, member: User
) -> None:
    accept(BRENT)
    submit(HARROW)

    waiting = page(as_(member)).context["waiting"]

    assert waiting["Submitted"] == ["Harrow"]
    assert len(waiting["Not opened"]) == 31
    assert page(as_(brent_lead)).context["waiting"] == {}
    assert page(as_(brent_lead), "figure_rows", "returns_by_borough").status_code == 403
    assert page(as_(brent_lead), "figure_csv", "returns_by_borough").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    rows: int, member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make.activity(shares={BRENT: 50, HARROW: 50}, attendance=5)
    client = as_(member)
    cell = {"row": BRENT, "column": "attendance"}
    page(client, "figure_rows", "activities_by_borough", **cell)

    with django_assert_num_queries(20):
        page(client)
    with django_assert_num_queries(17):
        page(client, "figure_rows", "activities_by_borough", **cell)


@pytest.mark.parametrize("name", ["figure_rows", "figure_csv", "figure_rows_csv"])
@pytest.mark.parametrize("reader", ["brent.lead", "member"])
def test_every_figure_has_a_page_and_two_downloads(name: str, reader: str, log: list[Activity]) -> None:
    client = as_(cast.person(reader))

    for key in FIGURES:
        response = page(client, name, key)
        allowed = 403 if key == "returns_by_borough" and reader == "brent.lead" else 200
        assert (key, response.status_code) == (key, allowed)
        assert "Sensitive" not in response.content.decode()


def test_the_page_of_a_figure_says_what_it_is_and_what_not_to_compare_it_with(
    log: list[Activity], member: User
) -> None:
    html = page(as_(member), "figure_rows", "attendance").content.decode()

    definition = FIGURES["attendance"]
    for words in (definition.counted, definition.kind.label, "LONDON_33", "about 326", definition.beware):
        assert words in html


def test_rows_on_further_pages_count_in_the_total_of_each(member: User) -> None:
    for _ in range(51):
        make.activity(attendance=2)

    shown = page(as_(member), "figure_rows", "attendance", page="2")

    html = shown.content.decode()
    assert "Showing 51 to 51 of 51 activities" in html
    assert "Total of all 51 activities" in html
    assert shown.context["seen"].total_words == "102"


def test_a_borough_lead_reads_why_not_every_row_is_listed(log: list[Activity], brent_lead: User) -> None:
    html = page(as_(brent_lead), "figure_rows", "attendance").content.decode()

    assert "Your role opens 4 of the 6 rows behind this number." in html
    assert "and 2 activities in other boroughs" in html


def test_a_number_without_rows_says_so(member: User) -> None:
    html = page(as_(member), "figure_rows", "activities_by_borough", row=BRENT).content.decode()

    assert "There are no rows behind this number" in html


@pytest.mark.parametrize(
    ("key", "query"),
    [
        ("nonsense", {}),
        ("activities", {"row": BRENT}),
        ("activities_by_borough", {"row": "E09000099"}),
        ("activities_by_borough", {"column": "cost"}),
        ("activities", {"quarter": "last"}),
    ],
)
def test_what_does_not_exist_is_not_found(key: str, query: dict[str, str], member: User) -> None:
    for name in ("figure_rows", "figure_csv", "figure_rows_csv"):
        assert page(as_(member), name, key, **query).status_code == 404


def test_the_download_of_a_table_explains_itself_before_its_numbers(log: list[Activity], member: User) -> None:
    found = lines(page(as_(member), "figure_csv", "activities_by_strand"))

    assert found[0] == ["Activities by strand, Q1 2026/27 (April to June 2026)"]
    assert {"Marking", "Status", "Population", "Source", "Do not compare", "Data as at"} <= {
        line[0] for line in found if line
    }
    assert found[-6:] == [
        ["Strand", "Activities", "Activities: qualifier"],
        ["Prevent", "4", "exact"],
        ["Pursue", "0", "exact"],
        ["Protect", "1", "exact"],
        ["Prepare", "1", "exact"],
        ["London", "6", "exact"],
    ]


def test_the_download_of_a_value_is_in_its_unit(log: list[Activity], member: User) -> None:
    found = lines(page(as_(member), "figure_csv", "cost"))

    assert ["Unit", "pounds"] in found
    assert found[-1] == ["3250.99", "at_least", "at least £3,250.99"]


def test_the_download_of_rows_has_the_readers_rows_the_remainder_and_the_total(brent_lead: User) -> None:
    make.activity(title="=HYPERLINK()", attendance=200, attendance_qualifier="at_least", starts=dt.date(2026, 4, 2))
    make.activity(borough=HARROW, title="Not hers", attendance=30)

    response = page(as_(brent_lead), "figure_rows_csv", "attendance")

    assert response["Content-Disposition"] == 'attachment; filename="attendance-2026-27-Q1-rows.csv"'
    rows = lines(response)[-4:]
    assert rows[0] == ["Reference", "Title", "Date", "Strand", "Boroughs", "Value", "Qualifier"]
    assert rows[1][1:] == ["'=HYPERLINK()", "2 April 2026", "Prevent", "Brent", "200", "at_least"]
    assert rows[2] == ["", "and 1 activity in other boroughs", "", "", "", "30", "exact"]
    assert rows[3] == ["", "Total", "", "", "", "230", "at_least"]
