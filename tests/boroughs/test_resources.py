"""Posts and money: entered, changed and shared through the pages, and counted without counting anybody twice."""

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from boroughs.figures.money import money, short_pounds
from boroughs.figures.staffing import staffing
from boroughs.models import FundingLine, Organisation, Post
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from tests.cast import BRENT, HARROW, as_
from tests.strands.answers import day

pytestmark = pytest.mark.django_db

EALING, NEWHAM, CITY = "E09000009", "E09000025", "E09000001"
QUERIES_OF_POSTS, QUERIES_OF_RESOURCES = 15, 15
FROM = dt.date(2026, 4, 1)
LINE_ENDS = "Channel co-ordination 2026/27: The confirmed money ends on 31 December 2026, in 90 days."


def key_of(name: str) -> int:
    return Organisation.objects.get(key=name).pk


def typed_post(shares: dict[str, str] | None = None, **values: Any) -> dict[str, Any]:
    fields = {
        "kind": "prevent_engagement_officer",
        "number": "PEO-901",
        "count": "1",
        "employer": key_of("metropolitan-police-service"),
        "fte": "1",
        "status": "filled",
        "funded_by": "",
    }
    return fields | day("starts", FROM) | typed_shares(shares or {}) | values


def typed_shares(shares: dict[str, str]) -> dict[str, str]:
    rows = list(enumerate(shares.items(), 1))
    return {f"borough_{at}": code for at, (code, _) in rows} | {f"share_{at}": share for at, (_, share) in rows}


def typed_line(**values: Any) -> dict[str, Any]:
    fields = {
        "funder": key_of("home-office"),
        "grant": "Channel co-ordination",
        "borough": "",
        "financial_year": "2026/27",
        "expected": "700,000",
        "confirmed": "£500,000",
        "posts_covered": "10",
    }
    return fields | day("confirmed_until", dt.date(2026, 12, 31)) | values


def make_posts(shares: dict[str, str], numbers: list[str], **values: Any) -> list[Post]:
    """As somebody enters them on the page."""
    client = as_(User.objects.get(email="secretary@demo.example"))
    for number in numbers:
        response = client.post(reverse("post_new"), typed_post(shares, number=number, **values))
        assert response.status_code == 302, response.context["form"].errors
    return list(Post.objects.filter(number__in=numbers))


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def test_b8_a_post_is_entered_shared_between_boroughs_and_counts_once_for_london(secretary, member) -> None:
    client = as_(secretary)

    client.post(reverse("post_new"), typed_post({BRENT: "0.6", HARROW: "0.4"}))
    client.post(reverse("post_new"), typed_post({NEWHAM: ""}, number="PEO-910", count="3", status="vacant"))

    found = as_(member).get(reverse("resources"), {"on": "2026-06-01"}).context["staff"]
    assert (len(found.posts), found.fte, found.vacant) == (4, 4, 3)
    here = {row.borough.pk: (row.posts, row.fte, row.shared_with) for row in found.covered}
    assert here == {
        BRENT: (1, Decimal("0.60"), ("Harrow",)),
        HARROW: (1, Decimal("0.40"), ("Brent",)),
        NEWHAM: (3, Decimal(3), ()),
    }
    assert found.coverage == "3 of 32 boroughs"
    file = as_(member).get(reverse("resources_xlsx"), {"on": "2026-06-01"})
    assert 'filename="posts-and-money-2026-06-01.xlsx"' in file["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(file.content))
    assert book.sheet_names == ["Areas", "Kinds", "Posts", "Money", "Definitions"]
    areas = {row[0]: row[2:4] for row in book.get_sheet_by_name("Areas").to_python()}
    assert (areas["Brent"], areas["London"]) == ([1.0, 0.6], [4.0, 4.0])
    assert as_(member).get(reverse("resources_xlsx"), {"as_at": "soon"}).status_code == 404
    assert sorted(Post.objects.values_list("number", flat=True))[1:] == ["PEO-910", "PEO-911", "PEO-912"]


def test_f10_variation_is_told_and_not_hidden_in_a_mean(member) -> None:
    make_posts({BRENT: "0.6", HARROW: "0.4"}, ["PEO-901"])
    make_posts({NEWHAM: ""}, ["PEO-902"], count="3")

    found = staffing(Post.objects.all(), dt.date(2026, 6, 1))

    assert found.variation == "A borough has up to 3 (Newham); 2 share a post with others; 30 of 33 areas have none."


def test_f10_a_grouping_that_is_alike_is_told_so(member) -> None:
    hosts = ["E09000002", "E09000011", "E09000012", NEWHAM, "E09000030", "E09000031"]
    for at, code in enumerate(hosts):
        make_posts({code: ""}, [f"PEO-{at}01"], count="3", **day("starts", dt.date(2011, 4, 1)))

    said = staffing(Post.objects.all(), dt.date(2011, 9, 8)).of_groupings

    assert "Olympic host boroughs, all six: each has 3." in said


def test_edge_1_shares_that_change_on_1_august_are_weighted_by_days_and_the_head_counts_once(
    prevent_lead, member
) -> None:
    (post,) = make_posts({BRENT: "0.4", HARROW: "0.3", EALING: "0.3"}, ["PEO-901"])
    change = typed_shares({BRENT: "0.5", HARROW: "0.5"}) | day("day", dt.date(2026, 8, 1))

    client = as_(prevent_lead)
    page = client.get(reverse("post_shares", args=[post.pk]))
    seen = page.context["form"].initial["seen"]
    client.post(reverse("post_shares", args=[post.pk]), change | {"reason": "Ealing has its own", "seen": seen})

    before, after = (staffing(Post.objects.all(), dt.date(2026, month, 15)) for month in (7, 8))
    assert {row.borough.pk: row.fte for row in before.covered} == {
        BRENT: Decimal("0.40"),
        HARROW: Decimal("0.30"),
        EALING: Decimal("0.30"),
    }
    assert {row.borough.pk: row.fte for row in after.covered} == {BRENT: Decimal("0.50"), HARROW: Decimal("0.50")}
    # 31 days of July and 61 of August and September, of 92.
    weights = {row.borough.pk: round(row.over_quarter, 4) for row in after.boroughs if row.over_quarter}
    assert weights == {BRENT: Decimal("0.4663"), HARROW: Decimal("0.4326"), EALING: Decimal("0.1011")}
    assert [len(found.posts) for found in (before, after)] == [1, 1]
    assert round(after.over_quarter, 10) == 1


def test_a_post_that_ends_half_way_counts_half_of_the_quarter(member) -> None:
    make_posts({BRENT: ""}, ["PEO-901"], **day("ends", dt.date(2026, 5, 15)))

    found = staffing(Post.objects.all(), dt.date(2026, 6, 1))

    assert found.posts == ()
    assert round(found.over_quarter, 4) == round(Decimal(45) / 91, 4)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (typed_shares({BRENT: "0.6", HARROW: "0.3"}), "share_2", "The shares add up to 0.9. They must add up to the 1"),
        (typed_shares({BRENT: "0.6", HARROW: ""}), "share_2", "Enter the share of Harrow"),
        (typed_shares({BRENT: "0.6"}) | {"share_2": "0.4"}, "borough_2", "Choose the borough that has this share"),
        (typed_shares({BRENT: "half"}), "share_1", "Enter the share as a number"),
        ({"number": "PEO", "count": "2"}, "number", "End the number with digits"),
        (day("ends", dt.date(2020, 1, 1)), "ends", "The last day must not be before the first one"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_box_and_nothing_typed_is_lost(secretary, typed, field, sentence) -> None:
    response = as_(secretary).post(reverse("post_new"), typed_post() | typed)

    assert sentence in errors(response)[field][0]
    assert "PEO" in response.context["form"]["number"].value()
    assert not Post.objects.exists()


def test_a_number_that_is_taken_is_said(secretary) -> None:
    make_posts({BRENT: ""}, ["PEO-902"])

    response = as_(secretary).post(reverse("post_new"), typed_post({BRENT: ""}, count="2"))

    assert errors(response)["number"] == ["PEO-902 is taken already. Choose numbers that are free"]


def test_shares_that_somebody_else_changed_meanwhile_are_not_lost(secretary) -> None:
    (post,) = make_posts({BRENT: ""}, ["PEO-901"])
    stale = typed_shares({HARROW: ""}) | day("day", dt.date(2026, 8, 1)) | {"reason": "Moved", "seen": "1:7"}

    response = as_(secretary).post(reverse("post_shares", args=[post.pk]), stale)

    assert "Somebody changed the shares" in errors(response)["day"][0]
    assert [row.borough_id for row in post.allocations.all()] == [BRENT]


def test_a_borough_lead_keeps_the_posts_and_money_of_the_own_borough(brent_lead, harrow_lead) -> None:
    council = Organisation.objects.get(kind="council", borough=BRENT)
    typed = typed_post({BRENT: ""}, kind="prevent_coordinator", number="LA-BEN-9", employer=council.pk)
    line = typed_line(borough=BRENT, grant="Local authority Prevent funding")

    client = as_(brent_lead)
    assert client.post(reverse("post_new"), typed).status_code == 302
    assert client.post(reverse("funding_new"), line).status_code == 302
    post, made = Post.objects.get(), FundingLine.objects.get()
    assert "employer" in errors(client.post(reverse("post_new"), typed_post()))
    assert "borough" in errors(client.post(reverse("funding_new"), typed_line()))
    other = as_(harrow_lead)
    assert other.get(reverse("post_edit", args=[post.pk])).status_code == 404
    assert other.get(reverse("funding_edit", args=[made.pk])).status_code == 404
    assert other.get(post.get_absolute_url()).status_code == 200


def test_b9_a_line_says_what_is_expected_what_is_confirmed_until_when_and_for_how_many_posts(
    prevent_lead, member
) -> None:
    client = as_(prevent_lead)
    client.post(reverse("funding_new"), typed_line())
    line = FundingLine.objects.get()
    make_posts({}, ["CC-01"], count="10", kind="channel_coordinator", funded_by=line.pk)

    page = as_(member).get(line.get_absolute_url())

    assert page.context["row"].sentence == (
        "Channel co-ordination: £0.7m is expected in 2026/27 for 10 posts. "
        "Of this, £0.5m is confirmed, to 31 December 2026."
    )


def test_b9_a_change_of_money_keeps_its_reason_and_what_it_was(prevent_lead, auditor) -> None:
    client = as_(prevent_lead)
    client.post(reverse("funding_new"), typed_line())
    line = FundingLine.objects.get()
    changed = typed_line(confirmed="700000", version="0", reason="Confirmed in full", opened="")

    client.post(reverse("funding_edit", args=[line.pk]), changed | day("confirmed_until", dt.date(2027, 3, 31)))

    line.refresh_from_db()
    assert (line.confirmed, line.unconfirmed) == (700_000, 0)
    changes = as_(auditor).get(reverse("funding_line_history", args=[line.pk])).context["changes"]
    assert changes[0].why == "Confirmed in full"
    assert ("500,000.00", "700,000.00") in [(field.before, field.after) for field in changes[0].fields]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"confirmed": "800000"}, "confirmed", "cannot be more than what is expected"),
        (dict.fromkeys(day("confirmed_until", FROM), ""), "confirmed_until", "Enter the day until which"),
        ({"financial_year": "2026"}, "financial_year", "Enter the financial year like 2026/27"),
        ({"financial_year": "2026/28"}, "financial_year", "Enter the financial year like 2026/27"),
        ({"expected": "much"}, "expected", "must be an amount in pounds"),
    ],
)
def test_money_that_does_not_fit_is_told_beside_its_box(secretary, typed, field, sentence) -> None:
    response = as_(secretary).post(reverse("funding_new"), typed_line() | typed)

    assert sentence in errors(response)[field][0]
    assert not FundingLine.objects.exists()


def test_a_line_that_is_there_already_is_not_entered_twice(secretary) -> None:
    as_(secretary).post(reverse("funding_new"), typed_line())

    response = as_(secretary).post(reverse("funding_new"), typed_line())

    assert "there already" in errors(response)["grant"][0]


def test_money_and_posts_that_fall_off_a_cliff_are_seen_90_days_before(secretary, member) -> None:
    as_(secretary).post(reverse("funding_new"), typed_line())
    line = FundingLine.objects.get()
    make_posts({}, ["CC-01"], count="2", kind="channel_coordinator", funded_by=line.pk)
    make_posts({BRENT: ""}, ["PEO-901"], **day("ends", dt.date(2026, 11, 30)))

    def words(on: dt.date) -> list[str]:
        return [cliff.words for cliff in money(FundingLine.objects.all(), Post.objects.all(), on).cliffs]

    assert words(dt.date(2026, 6, 1)) == []
    assert words(dt.date(2026, 10, 2)) == [
        "PEO-901 Prevent engagement officer (police) ends on 30 November 2026, in 59 days.",
        f"{LINE_ENDS} 2 recorded of the 10 posts that it covers are paid from it.",
    ]
    assert words(dt.date(2027, 4, 1)) == [
        "2 posts are still paid from Channel co-ordination 2026/27, and that year is over."
    ]
    page = as_(member).get(reverse("resources"), {"on": "2026-10-02"}).content.decode()
    assert "The confirmed money ends on 31 December 2026, in 90 days." in page


@pytest.mark.parametrize(
    ("amount", "words"),
    [(4_100_000, "£4.1m"), (700_000, "£0.7m"), (640_000, "£640,000"), (0, "£0"), (5_000_000, "£5m")],
)
def test_an_amount_is_shortened_only_where_that_is_exact(amount: int, words: str) -> None:
    assert short_pounds(Decimal(amount)) == words


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_number_of_questions_for_1_and_3_rows(
    count: int, member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with acting(User.objects.portal()):
        line = FundingLine(funder_id=key_of("home-office"), grant="A", financial_year="2026/27", expected=5)
        line.save()
    make_posts({BRENT: "0.5", HARROW: "0.5"}, ["PEO-901"], count=str(count), funded_by=line.pk)
    client = as_(member)

    with django_assert_num_queries(QUERIES_OF_POSTS):
        assert len(client.get(reverse("posts"), {"on": "2026-06-01"}).context["page"]) == count
    with django_assert_num_queries(QUERIES_OF_RESOURCES):
        assert len(client.get(reverse("resources"), {"on": "2026-06-01"}).context["staff"].posts) == count


def test_a_day_that_cannot_be_read_is_told_and_the_list_is_empty(member) -> None:
    page = as_(member).get(reverse("posts"), {"on-day": "31", "on-month": "2", "on-year": "2026"})

    assert "real date" in page.content.decode()
    assert page.context["page"].paginator.count == 0
