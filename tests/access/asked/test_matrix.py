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

# Where a canary can be met, and by whom: address, object and person.
MEETINGS = [
    ("activity", "brent", "brent_lead"),
    ("activity", "joint", "brent_lead"),
    ("activity", "harrow", "harrow_lead"),
    ("activity", "brent-sensitive", "brent_lead"),
    ("activity", "harrow-sensitive", "harrow_lead"),
    ("activity", "opened", "brent_lead"),
    ("activity", "reclassified", "brent_lead"),
    ("activity_history", "opened", "brent_lead"),
    ("quarterly_return", "brent", "brent_lead"),
    ("quarterly_return", "brent-sent-back", "brent_lead"),
    ("quarterly_return", "harrow", "harrow_lead"),
    ("quarterly_return", "harrow-sent-back", "harrow_lead"),
    ("paper", "draft", "chair"),
    ("paper", "draft-elsewhere", "harrow_lead"),
    ("paper", "exempt-draft", "chair"),
    ("paper", "issued", "chair"),
    ("paper", "sensitive", "chair"),
    ("paper", "exempt", "chair"),
    ("paper_history", "issued", "chair"),
    ("grants", "none", "chair"),
    ("grants", "none", "auditor"),
    ("messages", "none", "brent_lead"),
    ("messages", "none", "harrow_lead"),
    ("saved_views", "none", "brent_lead"),
    ("saved_views", "none", "harrow_lead"),
    ("chart_comments", "returns", "prevent_lead"),
    ("paper_comments", "draft", "chair"),
    ("paper_comments", "draft-elsewhere", "harrow_lead"),
    ("page_document", "brent", "brent_lead"),
    ("page_document", "harrow", "harrow_lead"),
    ("deputies", "none", "brent_lead"),
    ("deputies", "none", "harrow_lead"),
    ("activity_new", "drafted", "brent_lead"),
    ("spreadsheet", "none", "brent_lead"),
    ("spreadsheet", "none", "harrow_lead"),
    ("activities_export_file", "brent-lead", "brent_lead"),
    ("activities_export_file", "harrow-lead", "harrow_lead"),
    ("measure", "prevent", "prevent_lead"),
    ("measure", "proposed", "chair"),
    ("deliverable", "prevent", "brent_lead"),
    ("deliverable", "prevent", "harrow_lead"),
    ("risk", "brent", "brent_lead"),
    ("risk", "harrow", "harrow_lead"),
    ("assurance_borough", "brent", "brent_lead"),
    ("assurance_borough", "harrow", "harrow_lead"),
    ("override", "waiting", "secretary"),
    ("override", "refused", "secretary"),
    ("archived_paper", "here", "secretary"),
    ("archived_paper", "removed", "secretary"),
    ("archive_upload", "here", "secretary"),
    ("clearance", "waiting", "prevent_lead"),
    ("paper_clearance", "asked", "chair"),
    ("paper_clearance", "draft-elsewhere", "prevent_lead"),
    ("promises", "none", "chair"),
]


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
    runner.met = {word: set() for word in CANARIES}
    for name, each, person in MEETINGS:
        runner.answers((name, "GET", each), [person])

    unmet = {word for word, people in runner.met.items() if not people}
    assert unmet - AGENDA == {"xexemptelsewhere", "xparagraphelsewhere", "xpromiseelsewhere"}
