"""Everything that was ever said about something: paragraph by paragraph, as far as somebody reads."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from boroughs.models import Organisation
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import AccessRecord
from reports.models import SaidParagraph
from reports.workflow.archiving import Belonging, keep_paper
from tests import make
from tests.cast import as_, person
from tests.reports.old_papers import REPORT_2011

pytestmark = pytest.mark.usefixtures("in_august")
QUERIES = 15


def archive(text: str = REPORT_2011) -> Any:
    by = person("secretary")
    owner = Belonging(Organisation.objects.get(key="metropolitan-police-authority"))
    with acting(by):
        return keep_paper([(line, "") for line in text.split("\n")], owner, name="old.txt", by=by)


def issued(text: str, **values: Any) -> Any:
    paper = make.paper()
    make.block(paper, text, **values)
    return make.issue(paper)


def asked(user: User, **query: str) -> Any:
    return as_(user).get(reverse("said"), query)


def texts(response: Any) -> list[str]:
    return [row.text for row in response.context["page"]]


def test_i5_every_paragraph_that_speaks_of_something_stands_in_date_order(log: list[Any], member: User) -> None:
    archive()
    issued("The parks teams of *all* boroughs joined:\n\n- one & all")
    issued("Nothing of the sort was done.")

    page = asked(member, words="park team")
    found = [(str(row.day), row.body, row.report, row.where, row.text) for row in page.context["page"]]

    assert found == [
        ("2011-06-09", "Strategic and Operational Policing Committee", "Report 7", "Summary", found[0][4]),
        ("2026-09-17", "London CONTEST Board", "Report 1", "Paragraph 3 of section B", found[1][4]),
    ]
    assert found[0][4] == "The report says how the parks teams have settled in."
    assert found[1][4] == "The parks teams of all boroughs joined: one & all"
    assert "<mark>parks</mark> <mark>teams</mark> of all boroughs joined: one &amp; all" in page.content.decode()
    assert as_(member).get(page.context["page"][0].get_absolute_url()).status_code == 200


def test_i5_a_bullet_is_found_with_the_paragraph_that_it_stands_in(db: None, member: User) -> None:
    archive()

    [row] = asked(member, words="constables").context["page"]

    assert (row.where, row.text) == ("Paragraph 2", "Each team has: a sergeant six constables")


def test_i5_who_does_not_read_what_is_exempt_does_not_find_it(
    log: list[Any], secretary: User, member: User, brent_lead: User
) -> None:
    exempt = {"exempt_ground": "3", "public_interest": "A tender runs."}
    mixed = make.paper(title="Mixed")
    make.block(mixed, "The quay costs a fortune: xquayexempt.", **exempt)
    make.block(mixed, "The quay opens in May.")
    make.issue(mixed)
    part_2 = make.paper(part="2")
    make.block(part_2, "The quay of Part 2.")
    make.issue(part_2)
    make.block(make.paper(title="Draft"), "The quay of a draft.")

    assert texts(asked(secretary, words="quay")) == [
        "The quay costs a fortune: xquayexempt.",
        "The quay opens in May.",
        "The quay of Part 2.",
    ]
    for reader in (member, brent_lead):
        assert texts(asked(reader, words="quay")) == ["The quay opens in May."]
        assert texts(asked(reader, words="xquayexempt")) == []
        assert "xquayexempt" not in as_(reader).get(reverse("said_csv"), {"words": "quay"}).content.decode()


def test_i5_what_is_sensitive_carries_its_marking_and_leaves_a_record(
    log: list[Any], secretary: User, member: User
) -> None:
    issued("The vault was moved.", marking="OFFICIAL-SENSITIVE")

    page = asked(secretary, words="vault")

    assert page.context["marking"] == "OFFICIAL-SENSITIVE"
    assert list(AccessRecord.objects.values_list("user", "action")) == [(secretary.pk, "read")]
    assert texts(asked(member, words="vault")) == []


def test_i5_a_figure_that_recurs_is_drawn_from_its_passports(log: list[Any], member: User) -> None:
    for quarter in (make.QUARTER.previous(), make.QUARTER):
        paper = make.paper(quarter=quarter)
        make.block(paper, "The yardstick counts [[activities]] activities.")
        make.issue(paper)

    page = asked(member, words="yardstick")

    [trend] = page.context["trends"]
    said = [figure["words"] for row in page.context["page"] for figure in row.figures]
    assert [row.cells[0] for row in trend.rows] == said
    assert [row.label for row in trend.rows] == ["Q4 2025/26", "Q1 2026/27"]
    assert trend.finding in page.content.decode()
    assert "<svg" in page.content.decode()
    assert asked(member, words="yardstick", since="2027").context["trends"] == []


def test_i5_it_is_filtered_by_body_and_years_and_downloaded_so(log: list[Any], member: User) -> None:
    archive()
    issued("=The teams grew.")

    def found(**query: str) -> list[str]:
        return texts(asked(member, words="teams", **query))

    assert len(found()) == 5
    assert found(body="london-contest-board") == found(since="2012") == ["=The teams grew."]
    assert len(found(body="metropolitan-police-authority")) == len(found(until="2011")) == 4
    assert found(body="london-contest-board", until="2011") == []
    response = as_(member).get(reverse("said_csv"), {"words": "teams", "since": "2012"})
    [head, row] = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert head[:2] == ["Day", "Body"]
    assert (row[0], row[5]) == ("17 September 2026", "'=The teams grew.")


def test_i5_without_words_nothing_is_listed_and_bad_years_are_refused(log: list[Any], member: User) -> None:
    make.issue()

    assert not asked(member).context["page"].object_list
    refused = asked(member, words="report", since="last year")
    assert not refused.context["page"].object_list


@pytest.mark.parametrize("account", ["admin", "outsider"])
def test_i5_it_is_not_for_who_reads_no_papers(db: None, account: str) -> None:
    assert asked(person(account), words="x").status_code == 403


def test_i5_it_takes_as_many_queries_for_three_as_for_one(
    log: list[Any], member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(member)
    archive()
    client.get(reverse("said"), {"words": "royal parks"})
    with django_assert_num_queries(QUERIES):
        assert len(texts(client.get(reverse("said"), {"words": "royal parks"}))) == 1
    issued("The royal parks.")
    issued("More of royal parks.")
    with django_assert_num_queries(QUERIES):
        assert len(texts(client.get(reverse("said"), {"words": "royal parks"}))) == 3


def test_the_application_writes_no_paragraph_itself(log: list[Any]) -> None:
    """What the triggers take from a paper is all that there is."""
    issue = make.issue()

    kinds = ("paragraph", "recommendation", "nil")
    blocks = [block for section in issue.content["sections"] for block in section["blocks"] if block["kind"] in kinds]
    assert SaidParagraph.objects.filter(issue=issue, rendition="members").count() == len(blocks) + 1
    assert SaidParagraph.objects.filter(issue=issue, rendition="public").count() == len(blocks) + 1
