"""The pages of deliverables: the list and its download, forms that keep what was typed, and what each person sees."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from strands.models import Deliverable, Milestone
from tests.cast import BRENT, HARROW, as_
from tests.strands.answers import day
from tests.strands.measuring import measure
from tests.strands.planned import JUNE, MARCH, deliverable, judged, marked, put_off

pytestmark = pytest.mark.django_db
TYPED = {
    "year": "2026",
    "strand": "prevent",
    "title": "Local profiles",
    "done_when": "Each area holds its profile.",
    "owner": "Prevent programme manager",
    **day("due", MARCH),
}
QUERIES = 15


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def titles(client: Client, **query: str) -> list[str]:
    return [line.deliverable.title for line in client.get(reverse("deliverables"), query).context["page"]]


def lines(client: Client, **query: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(reverse("deliverables_csv"), query).content.decode("utf-8-sig"))))


def test_b1_a_strand_lead_enters_a_deliverable_and_its_milestones(prevent_lead: User, member: User) -> None:
    measure("PV-03")
    client = as_(prevent_lead)

    page = client.post(reverse("deliverable_new"), TYPED, follow=True)
    assert "PV/2026-27/01 is in the plan for 2026/27. Add its milestones next." in words(page)
    found = Deliverable.objects.get()
    typed = {"title": "Template agreed", "owner": "", "due-day": "", "due-month": "9", "due-year": "2026"}
    client.post(reverse("milestone_new", args=[found.pk]), typed)
    read = words(as_(member).get(found.get_absolute_url()))
    assert "Template agreed" in read
    assert "September 2026" in read
    assert "31 March 2027" in read
    assert "Say how it stands" not in read


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": ""}, "title", "Enter"),
        ({"due-day": "", "due-month": "", "due-year": ""}, "due", "Answer the question"),
        ({"due-year": "1899"}, "due", "Enter a year from 2000"),
        ({"strand": "prepare"}, "strand", "Choose"),
        ({"population": "OLYMPIC_6"}, "population", "Nobody belongs to this grouping on that day"),
        ({"owner": "Write to jo@example.org"}, "owner", "email"),
    ],
)
def test_a_wrong_answer_is_told_beside_the_box(
    prevent_lead: User, typed: dict[str, str], field: str, sentence: str
) -> None:
    response = as_(prevent_lead).post(reverse("deliverable_new"), TYPED | typed)

    assert sentence in errors(response)[field][0]
    assert "Each area holds its profile." in words(response)
    assert not Deliverable.objects.exists()


def test_b3_a_member_reads_each_slip_as_a_line_of_its_own(prevent_lead: User, member: User) -> None:
    found = deliverable()
    last = found.milestones.get()
    address = reverse("milestone_forecast", args=[last.pk])
    moved = {**day("due", JUNE), "seen": last.version}

    assert errors(as_(prevent_lead).post(address, moved)) == {"reason": ["Answer the question: Why?"]}
    page = as_(prevent_lead).post(address, moved | {"reason": "the supplier changed"}, follow=True)
    assert "The change is kept" in words(page)
    stale = as_(prevent_lead).post(address, moved | {"reason": "again", **day("due", dt.date(2027, 9, 30))})
    assert "it is now forecast for 30 June 2027" in errors(stale)["due"][0]
    read = words(as_(member).get(found.get_absolute_url()))
    assert "Was 31 March 2027, now 30 June 2027: the supplier changed" in read
    assert "Prevent strand lead, 20 May 2026. Not accepted yet" in read


def test_b7_the_chair_accepts_a_changed_date_on_the_page(chair: User, member: User) -> None:
    found = deliverable()
    slip = put_off(found, JUNE, "the supplier changed")
    address = reverse("slip_acceptance", args=[slip.pk])

    assert address in words(as_(chair).get(found.get_absolute_url()))
    assert address not in words(as_(member).get(found.get_absolute_url()))
    page = as_(chair).post(address, follow=True)
    assert "Accepted by Chair of the board on 20 May 2026" in words(page)


def test_how_it_stands_wants_confidence_and_a_sentence(prevent_lead: User, member: User) -> None:
    found = deliverable()
    address = reverse("deliverable_standing", args=[found.pk])
    client = as_(prevent_lead)
    seen = {"version": found.version}

    wrong = client.post(address, seen | {"state": "under_way"})
    assert errors(wrong) == {
        "confidence": ["Choose how sure its delivery is"],
        "why": ["Say why, in one sentence"],
    }
    client.post(address, seen | {"state": "under_way", "confidence": "AR", "why": "No officer is in post."})
    read = words(as_(member).get(found.get_absolute_url()))
    assert "AR: in doubt: No officer is in post." in read
    assert "Said by Prevent strand lead on 20 May 2026." in read


def test_the_last_milestone_closes_it_on_its_page(prevent_lead: User) -> None:
    found = deliverable(dt.date(2026, 5, 1))
    last = found.milestones.get()
    address = reverse("milestone_reached", args=[last.pk])
    typed = {**day("day", dt.date(2026, 5, 11)), "seen": last.version}

    early = as_(prevent_lead).post(address, typed | day("day", dt.date(2026, 6, 1)))
    assert errors(early) == {"day": ["The day must be today or before"]}
    assert "Say why it came later" in errors(as_(prevent_lead).post(address, typed))["reason"][0]
    page = as_(prevent_lead).post(address, typed | {"reason": "the printer was late"}, follow=True)
    assert "PV/2026-27/01 is delivered." in words(page)
    assert as_(prevent_lead).get(reverse("deliverable_standing", args=[found.pk])).status_code == 409
    assert as_(prevent_lead).get(address).status_code == 409


def test_b4_a_borough_sees_and_marks_its_own_row_and_londons_count(
    brent_lead: User, secretary: User, member: User
) -> None:
    found = deliverable(population_id="LONDON_33")
    marked(found, HARROW, delivered_on=dt.date(2026, 5, 4), delivered_to="Director of Harrow")
    client, own = as_(brent_lead), reverse("deliverable_area", args=[found.pk, BRENT])

    assert errors(client.post(own, {"delivered_to": "Chief executive"})).keys() == {"remark"}
    client.post(own, {**day("delivered_on", dt.date(2026, 5, 11)), "delivered_to": "Chief executive"})
    assert client.get(reverse("deliverable_area", args=[found.pk, HARROW])).status_code == 404
    for page in (client.get(found.get_absolute_url()), client.get(f"{found.get_absolute_url()}history/")):
        assert "Chief executive" in words(page)
        assert "Director of Harrow" not in words(page)
    assert "2 of 33 areas have it" in words(client.get(found.get_absolute_url()))
    assert "31 areas have not got it yet. Mark them first." in words(as_(secretary).get(found.get_absolute_url()))
    assert "Director of Harrow" in words(as_(member).get(found.get_absolute_url()))


def test_the_list_filters_and_its_download_holds_the_same_rows(member: User) -> None:
    deliverable(title="Profiles", population_id="MET_32")
    put_off(deliverable(title="Handbook"), JUNE, "the supplier changed")
    judged(
        deliverable(title="Exercise", strand_id="prepare"), state="under_way", confidence="R", why="The site is closed"
    )
    client = as_(member)

    for query, found in (
        ({}, ["Profiles", "Handbook", "Exercise"]),
        ({"strand": "prepare"}, ["Exercise"]),
        ({"late": "yes"}, ["Handbook"]),
        ({"confidence": "R"}, ["Exercise"]),
        ({"state": "not_started"}, ["Profiles", "Handbook"]),
        ({"plan": "2026", "words": "hand"}, ["Handbook"]),
        ({"strand": "nothing"}, []),
    ):
        assert titles(client, **query) == found
        assert [line[1] for line in lines(client, **query)[1:]] == found
    row = dict(zip(*lines(client, late="yes"), strict=True))
    assert (row["Days later"], row["Times put off"], row["Strand"]) == ("91", "1", "Prevent")
    assert row["Reasons"] == "Was 31 March 2027, now 30 June 2027: the supplier changed"


def test_the_history_says_who_changed_what_and_why(secretary: User, member: User) -> None:
    found = deliverable()
    typed = {"title": "Profiles", "done_when": found.done_when, "owner": "Analyst post", "version": found.version}
    as_(secretary).post(reverse("deliverable_edit", args=[found.pk]), typed | {"reason": "The post moved"})

    read = words(as_(member).get(f"{found.get_absolute_url()}history/"))
    assert "The post moved" in read
    assert "Analyst post" in read
    assert "Milestone: first agreed for" in read


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_many_as_for_one(
    member: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        put_off(deliverable(population_id="LONDON_33"), JUNE, "the supplier changed")
    client = as_(member)
    client.get(reverse("deliverables"))

    with django_assert_num_queries(QUERIES):
        client.get(reverse("deliverables"))
    assert Milestone.objects.count() == count
