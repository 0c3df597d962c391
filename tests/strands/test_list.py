"""The list of activities: filters, pages and the CSV of exactly what is filtered."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.models import AccessRecord
from tests import make
from tests.cast import BRENT, HARROW, as_

EALING = "E09000009"


def titles(client: Client, query: str = "") -> list[str]:
    return [row.title for row in client.get(f"{reverse('activities')}?{query}").context["page"]]


def download(client: Client, query: str = "") -> tuple[Any, list[list[str]]]:
    response = client.get(f"{reverse('activities_csv')}?{query}")
    return response, list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def varied() -> None:
    make.activity(title="Conference", starts=dt.date(2026, 5, 13), attendance=200)
    make.activity(title="Exercise", starts=dt.date(2026, 8, 3), kind="exercise", strand_id="prepare")
    make.activity(title="Joint briefing", starts=dt.date(2026, 2, 2), shares={BRENT: 60, HARROW: 40})
    make.activity(title="Cancelled class", starts=dt.date(2026, 5, 20), status="cancelled", status_reason="Flood")
    make.activity(title="Quiet survey", starts=dt.date(2026, 6, 1), marking="OFFICIAL-SENSITIVE", kind="training")
    make.activity(title="Ealing walk", starts=dt.date(2026, 5, 14), borough=EALING)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Exercise", "Quiet survey", "Cancelled class", "Conference", "Joint briefing"]),
        ("words=CONF", ["Conference"]),
        ("words=joint+brief", ["Joint briefing"]),
        ("strand=prepare", ["Exercise"]),
        ("kind=training&kind=exercise", ["Exercise", "Quiet survey"]),
        ("borough=E09000015", ["Joint briefing"]),
        ("borough=E09000009", []),
        ("quarter=2026-27-Q1", ["Quiet survey", "Cancelled class", "Conference"]),
        ("quarter=2025-26-Q4&quarter=2026-27-Q2", ["Exercise", "Joint briefing"]),
        ("status=cancelled", ["Cancelled class"]),
        ("joint=yes", ["Joint briefing"]),
        ("joint=no&quarter=2026-27-Q2", ["Exercise"]),
        ("marking=OFFICIAL-SENSITIVE", ["Quiet survey"]),
    ],
)
def test_each_filter_finds_its_rows_and_the_csv_has_the_same(brent_lead: User, query: str, found: list[str]) -> None:
    varied()
    client = as_(brent_lead)

    _, lines = download(client, query)

    heading = next(line for line in lines if line[0] == "Reference")
    assert titles(client, query) == found
    assert [line[1] for line in lines[lines.index(heading) + 1 :]] == found


def test_words_are_looked_for_in_what_everybody_sees_and_nowhere_else(brent_lead: User) -> None:
    make.activity(internal_note="zeppelin", purpose="zeppelin", place="zeppelin", outcome="zeppelin")

    assert titles(as_(brent_lead), "words=zeppelin") == []


def test_a_filter_that_cannot_be_read_shows_nothing_and_says_so(brent_lead: User) -> None:
    varied()

    page = as_(brent_lead).get(f"{reverse('activities')}?strand=prevarication")

    assert list(page.context["page"]) == []
    assert "There is a problem" in page.content.decode()


def test_harrow_does_not_find_brent_by_any_filter_or_count(harrow_lead: User) -> None:
    make.activity(title="Women's leadership conference")
    own = make.activity(title="Own event", borough=HARROW)
    client = as_(harrow_lead)

    for query in ("", "words=leadership", "borough=E09000005", "kind=community_event", "quarter=2026-27-Q1"):
        page = client.get(f"{reverse('activities')}?{query}")
        assert {row.title for row in page.context["page"]} <= {"Own event"}
        assert "Women" not in page.content.decode().replace("value=", "")
    assert titles(client) == [own.title]
    assert client.get(reverse("activities")).context["page"].paginator.count == 1


def test_quarters_offered_end_where_the_persons_own_rows_end(harrow_lead: User) -> None:
    make.activity(starts=dt.date(2020, 5, 13))
    make.activity(starts=dt.date(2026, 5, 13), borough=HARROW)

    form = as_(harrow_lead).get(reverse("activities")).context["filter"].form

    assert [key for key, _ in form.fields["quarter"].choices] == ["2026-27-Q1"]


def test_the_marking_filter_is_there_only_for_those_who_see_both(member: User, brent_lead: User) -> None:
    varied()

    assert "marking" not in as_(member).get(reverse("activities")).context["filter"].form.fields
    assert "marking" in as_(brent_lead).get(reverse("activities")).context["filter"].form.fields


def test_pages_hold_25_and_keep_the_filters(brent_lead: User) -> None:
    for _ in range(27):
        make.activity(title="Workshop")
    make.activity(title="Other")
    client = as_(brent_lead)

    first = client.get(f"{reverse('activities')}?words=workshop").content.decode()
    last = client.get(f"{reverse('activities')}?words=workshop&page=2").content.decode()

    assert "Showing 1 to 25 of 27 activities" in first
    assert "?words=workshop&amp;page=2" in first
    assert "Showing 26 to 27 of 27 activities" in last
    assert "/activities/activities.csv?words=workshop&quot;" not in last
    assert 'href="/activities/activities.csv?words=workshop"' in last


def test_a_chosen_filter_can_be_removed_alone(brent_lead: User) -> None:
    varied()

    page = as_(brent_lead).get(f"{reverse('activities')}?strand=prevent&status=delivered&page=1").content.decode()

    assert 'href="?status=delivered"' in page
    assert 'href="?strand=prevent"' in page


def test_the_csv_neutralises_formulas_and_is_named_and_marked(brent_lead: User) -> None:
    make.activity(title='=HYPERLINK("http://x")', internal_note="  +44", marking="OFFICIAL-SENSITIVE")
    make.activity(title="Plain", public_sentence="@cmd")

    response, lines = download(as_(brent_lead))

    cells = {cell for line in lines for cell in line}
    assert {'\'=HYPERLINK("http://x")', "'  +44", "'@cmd"} <= cells
    assert response.content.startswith(b"\xef\xbb\xbf")
    name = f"activities-{timezone.localdate():%Y-%m-%d}.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert lines[0] == ["OFFICIAL-SENSITIVE"]


def test_a_csv_with_official_sensitive_rows_leaves_a_record_for_each(brent_lead: User, member: User) -> None:
    make.activity()
    sensitive = make.activity(marking="OFFICIAL-SENSITIVE")

    _, own = download(as_(brent_lead))
    _, faces = download(as_(member))

    records = AccessRecord.objects.values_list("user", "action", "what")
    assert list(records) == [(brent_lead.pk, "downloaded", f"activity {sensitive.reference}")]
    assert (own[1][-2:], faces[0][-1]) == (["Cost in pounds", "Internal note"], "Marking")


def test_a2_the_list_leads_from_what_was_planned_to_what_became_of_it(brent_lead: User, member: User) -> None:
    planned = make.activity(status="planned")
    make.activity()

    pages = [as_(user).get(reverse("activities")).content.decode() for user in (brent_lead, member)]

    assert [page.count("What became of it?") for page in pages] == [1, 0]
    assert reverse("activity_status", args=[planned.pk]) in pages[0]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    brent_lead: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        make.activity(shares={BRENT: 60, HARROW: 40})
    client = as_(brent_lead)
    client.get(reverse("activities"))

    with django_assert_num_queries(17):
        client.get(reverse("activities"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_csv_takes_the_same_queries_for_any_number_of_rows(
    brent_lead: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        make.activity(shares={BRENT: 60, HARROW: 40})
    client = as_(brent_lead)
    client.get(reverse("activities_csv"))

    with django_assert_num_queries(20):
        client.get(reverse("activities_csv"))
