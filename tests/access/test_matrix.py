"""Every address, asked with every method by every person for every kind of object, answers as was reviewed."""

import pytest
from django.urls import get_resolver

from contest_portal.access.checks import patterns
from contest_portal.access.gate import label_of
from tests.access.addresses import ADDRESSES
from tests.access.matrix import METHODS, SIGN_IN, Runner, reviewed, url_names
from tests.access.people import PEOPLE
from tests.access.test_gate import PUBLIC
from tests.access.world import AGENDA, CANARIES


@pytest.mark.parametrize("name", url_names())
def test_address_answers_everybody_as_reviewed(runner: Runner, name: str) -> None:
    assert list(runner.breaches([name])) == []


def test_every_address_has_rows_and_every_row_an_address(runner: Runner) -> None:
    wanted, there = set(runner.keys(url_names())), set(reviewed())

    assert (wanted - there, there - wanted) == (set(), set())


def test_every_method_that_a_view_answers_is_asked() -> None:
    answered = {method for _, entry in patterns(get_resolver()) for method in label_of(entry.callback).methods}

    assert answered - {"HEAD"} <= set(METHODS)
    assert set(url_names()) == set(ADDRESSES)


def test_each_person_has_a_cell_in_each_row() -> None:
    assert all(row[person] for row in reviewed().values() for person in PEOPLE)


def test_without_a_live_account_nothing_opens_but_what_is_public() -> None:
    cells = {row[person] for (name, *_), row in reviewed().items() if name not in PUBLIC for person in PEOPLE[-2:]}

    assert PEOPLE[-2:] == ("inactive", "anonymous")
    assert cells == {SIGN_IN}


def test_whose_grant_has_ended_reaches_no_more_than_who_never_had_one() -> None:
    assert [key for key, row in reviewed().items() if row["expired"] != row["outsider"]] == []


def test_every_canary_is_met_by_somebody_who_may_read_it(runner: Runner) -> None:
    """A canary that is nowhere to be found would never be missed."""
    places = [
        "activity",
        "activity_history",
        "quarterly_return",
        "paper",
        "paper_history",
        "grants",
        "messages",
        "saved_views",
        "chart_comments",
        "paper_comments",
        "page_document",
        "deputies",
        "activity_new",
        "activity_attachment",
        "spreadsheet",
        "activities_export_file",
        "measure",
        "deliverable",
        "risk",
        "assurance_borough",
        "override",
        "archived_paper",
        "archive_flag",
        "archive_upload",
        "clearance",
        "paper_clearance",
        "exempt_cells",
        "promises",
    ]
    readers = ["brent_lead", "harrow_lead", "prevent_lead", "chair", "secretary", "auditor"]
    unmet = set(CANARIES) - AGENDA - {"xexemptelsewhere", "xparagraphelsewhere", "xpromiseelsewhere"}
    for key in runner.keys(places):
        # Whoever may read nothing that is still looked for need not look.
        looking = [reader for reader in readers if any(reader in CANARIES[word] for word in unmet)]
        if key[1] == "GET" and looking:
            runner.answers(key, looking)
            unmet -= {word for word, who in runner.met.items() if who}

    assert unmet == set()
    assert not runner.met["xexemptelsewhere"]
