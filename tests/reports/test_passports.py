"""The rows behind a number: who sees which, and that they always add up."""

import pytest

from contest_portal.accounts.models import User
from contest_portal.core.quantity import total
from reports.figures import FIGURES, figure, passport
from strands.models import Activity
from tests import cast, make
from tests.cast import BRENT, HARROW
from tests.reports.figure_log import CAMDEN, accept

QUARTER = make.QUARTER
READERS = ["brent.lead", "brent.reader", "harrow.lead", "prevent.lead", "analyst", "secretary", "chair", "boardmember",
           "member", "auditor"]  # fmt: skip

pytestmark = pytest.mark.usefixtures("in_august")


def test_a_joint_activity_names_each_of_its_cells_in_the_passport_of_the_table(db: None) -> None:
    make.activity(borough=HARROW, shares={HARROW: 70, BRENT: 30}, attendance=75, attendance_qualifier="at_least")

    row = passport("activities_by_borough", QUARTER).rows[0].as_dict()

    measures = ("activities", "joint", "attendance")
    assert row["cells"] == [[place, measure] for place in (HARROW, BRENT, "") for measure in measures]
    assert row["numbers"]["attendance"] == [75, "at_least", "at least 75"]
    assert (row["value"], row["qualifier"], row["borough_names"]) == (1, "exact", ["Harrow", "Brent"])


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_sees_only_rows_that_they_may_open_and_a_remainder_that_adds_up(
    reader: str, log: list[Activity]
) -> None:
    user = cast.person(reader)

    for key in FIGURES:
        found = passport(key, QUARTER)
        seen = found.as_seen_by(user)
        keys = {row.activity_id for row in seen.rows} - {None}
        assert keys == set(Activity.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
        assert len(seen.rows) + seen.hidden_count == len(found.rows)
        parts = [row.quantity for row in seen.rows] + ([seen.hidden_total] if seen.hidden_count else [])
        assert total(parts) == seen.total == found.total
        assert bool(seen.hidden_words) == bool(seen.hidden_count)


def test_a_borough_lead_sees_her_own_rows_and_one_line_for_the_others(log: list, brent_lead: User) -> None:
    seen = passport("attendance", QUARTER).as_seen_by(brent_lead)

    assert [row.borough_codes for row in seen.rows] == [(BRENT,), (BRENT,), (BRENT,), (HARROW, BRENT, CAMDEN)]
    assert seen.hidden_words == "and 2 activities in other boroughs: about 9"


def test_a_strand_lead_sees_the_rows_of_the_strand(log: list, prevent_lead: User) -> None:
    seen = passport("activities", QUARTER).as_seen_by(prevent_lead)

    assert {row.strand for row in seen.rows} == {"prevent"}
    assert seen.hidden_words == "and 2 activities under other strands: 2"


def test_nothing_of_a_sensitive_activity_is_in_any_figure_for_anybody(log: list, brent_lead: User) -> None:
    titles = {row.title for key in FIGURES for row in passport(key, QUARTER).as_seen_by(brent_lead).rows}

    assert "Sensitive" not in titles
    assert "OFFICIAL-SENSITIVE" in figure("activities", QUARTER).note


def test_how_far_another_boroughs_return_has_got_is_not_for_a_borough_lead(log: list, brent_lead: User) -> None:
    accept(BRENT)
    accept(HARROW)

    seen = passport("returns_accepted", QUARTER).as_seen_by(brent_lead)

    assert [(row.title, row.value) for row in seen.rows] == [("Brent", 1)]
    assert seen.hidden_words == "and 32 returns of other boroughs: 1"


def test_every_return_is_behind_the_number_for_a_member(log: list, member: User) -> None:
    accept(HARROW)

    seen = passport("returns_accepted", QUARTER).as_seen_by(member)

    assert len(seen.rows) == 33
    assert [row.title for row in seen.rows if row.value] == ["Harrow"]


@pytest.mark.parametrize(
    ("key", "row", "column"),
    [
        ("nonsense", "", ""),
        ("activities", BRENT, ""),
        ("activities", "", "attendance"),
        ("activities_by_borough", "E09000099", ""),
        ("activities_by_borough", BRENT, "cost"),
        ("activities_by_strand", BRENT, ""),
        ("activities_trend", "2010-11-Q1", ""),
        ("returns_by_borough", "", "submitted"),
    ],
)
def test_a_key_that_is_not_there_is_a_key_error(db: None, key: str, row: str, column: str) -> None:
    with pytest.raises(KeyError):
        passport(key, QUARTER, row, column)
