import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from boards.models import Board, BoardRelation, Seat, SeatHolder
from boroughs.models import Organisation, OrganisationName
from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from tests import make
from tests.cast import as_, person

DAY = dt.date(2026, 9, 17)


def _save(*rows: Any) -> None:
    with acting(person("secretary")):
        for row in rows:
            row.save()


def _organisation(key: str, name: str) -> Organisation:
    made = Organisation(key=key, kind="council", name=name)
    _save(made)
    return made


def _seat(board: Board, organisation: Organisation, post: str = "Head of service", **values: Any) -> Seat:
    made = Seat(board=board, organisation=organisation, **values)
    _save(made)
    _save(SeatHolder(seat=made, post=post))
    return made


def _text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_tells_boards_of_today_from_past_ones(member: User) -> None:
    for key, name in [("c", "Second Board"), ("a", "Third Board"), ("b", "First Board")]:
        make.board(key, name=name)
    make.board("old-board", name="Old Board", starts=dt.date(2009, 3, 1), ends=dt.date(2012, 1, 15))

    response = as_(member).get("/boards/")

    assert [board.name for board in response.context["current"]] == ["First Board", "Second Board", "Third Board"]
    assert [board.name for board in response.context["past"]] == ["Old Board"]
    assert "From 1 March 2009 to 15 January 2012" in _text(response)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_boards_as_for_one(
    member: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make.board(f"board-{number}", name=f"Board {number}")
        make.board(f"past-{number}", name=f"Past board {number}", ends=dt.date(2020, 1, 1))
    client = as_(member)
    client.get("/boards/")

    with django_assert_num_queries(10):
        client.get("/boards/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_board_takes_as_many_queries_for_three_seats_as_for_one(
    member: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    board = make.board()
    for number in range(count):
        _seat(board, _organisation(f"partner-{number}", f"Partner {number}"))
        other = make.board(f"other-{number}", name=f"Other {number}")
        _save(BoardRelation(board=board, kind="reports_to", other=other))
        make.meeting(dt.date(2026, 3, 1 + number), board=board)
    client = as_(member)
    client.get("/boards/london-contest-board/")

    with django_assert_num_queries(16):
        client.get("/boards/london-contest-board/")


@pytest.mark.parametrize(
    ("kind", "own", "others", "dates"),
    [
        ("parent_of", "Parent of", "Part of", "from 1 March 2009"),
        ("reports_to", "Reports to", "Receives reports from", "from 1 March 2009"),
        ("joint_with", "Sits jointly with", "Sits jointly with", "from 1 March 2009"),
        ("merged_into", "Merged into", "Took in", "on 1 March 2009"),
        ("split_from", "Split from", "Split off", "on 1 March 2009"),
        ("renamed_to", "Renamed to", "Renamed from", "on 1 March 2009"),
        ("successor_of", "Successor of", "Succeeded by", "on 1 March 2009"),
    ],
)
def test_a_relation_is_told_from_both_sides(member: User, kind: str, own: str, others: str, dates: str) -> None:
    board, other = make.board(), make.board("other", name="Other board")
    _save(BoardRelation(board=board, kind=kind, other=other, starts=dt.date(2009, 3, 1)))

    here = as_(member).get("/boards/london-contest-board/").context["links"]
    there = as_(member).get("/boards/other/").context["links"]

    assert [(link.words, link.board, link.dates) for link in here] == [(own, other, dates)]
    assert [(link.words, link.board, link.dates) for link in there] == [(others, board, dates)]


@pytest.mark.parametrize(
    ("kind", "of_the_old_one"), [("merged_into", True), ("renamed_to", True), ("successor_of", False)]
)
def test_a_dissolved_board_names_its_successor(member: User, kind: str, of_the_old_one: bool) -> None:
    old, new = make.board("old", name="Old Board", ends=dt.date(2012, 1, 15)), make.board()
    _save(BoardRelation(board=old if of_the_old_one else new, kind=kind, other=new if of_the_old_one else old))

    page = _text(as_(member).get("/boards/old/"))

    assert "This board no longer exists." in page
    assert (
        'Its work went to <a class="govuk-link" href="/boards/london-contest-board/">London CONTEST Board</a>.' in page
    )


def test_a_board_that_still_meets_has_no_banner(member: User) -> None:
    make.board()

    assert "no longer exists" not in _text(as_(member).get("/boards/london-contest-board/"))


def test_the_roster_shows_who_sat_on_the_day_that_was_asked_for(member: User) -> None:
    board = make.board()
    council = _organisation("partner", "New Partner")
    _save(OrganisationName(organisation=council, name="Old Partner", ends=dt.date(2020, 12, 31)))
    _save(OrganisationName(organisation=council, name="New Partner", starts=dt.date(2021, 1, 1)))
    seat = _seat(board, council, "Chief executive", ends=dt.date(2022, 6, 30), office="vice_chair")
    _save(SeatHolder(seat=seat, post="Deputy", substitute=True, starts=dt.date(2021, 1, 1)))
    client = as_(member)

    early = client.get("/boards/london-contest-board/?on=2020-06-01").context["places"]
    later = client.get("/boards/london-contest-board/", {"on-day": "1", "on-month": "6", "on-year": "2021"}).context[
        "places"
    ]
    today = client.get("/boards/london-contest-board/").context["places"]

    assert [(place.organisation, place.holder, place.substitutes) for place in early] == [
        ("Old Partner", "Chief executive", ())
    ]
    assert [(place.organisation, place.office, place.substitutes) for place in later] == [
        ("New Partner", "Vice-chair", ("Deputy",))
    ]
    assert today == []


def test_the_chair_leads_the_roster(member: User) -> None:
    board = make.board()
    for key, office in [("a", "member"), ("b", "vice_chair"), ("c", "chair")]:
        _seat(board, _organisation(key, f"Partner {key}"), office=office)

    places = as_(member).get("/boards/london-contest-board/").context["places"]

    assert [place.office for place in places] == ["Chair", "Vice-chair", ""]


def test_a_day_that_does_not_exist_is_refused_with_a_sentence(member: User) -> None:
    make.board()

    page = _text(as_(member).get("/boards/london-contest-board/", {"on-day": "31", "on-month": "2", "on-year": "2026"}))

    assert "There is a problem" in page
    assert 'value="31"' in page


@pytest.mark.parametrize("path", ["/boards/", "/boards/london-contest-board/", "/boards/london-contest-board/history/"])
def test_who_has_no_role_reads_no_board(outsider: User, admin: User, path: str) -> None:
    make.board()

    assert [as_(user).get(path).status_code for user in (outsider, admin)] == [403, 403]


def test_a_board_that_is_not_there_is_not_found(member: User) -> None:
    assert as_(member).get("/boards/nowhere/").status_code == 404


@pytest.mark.parametrize(
    ("account", "offered"), [("secretary", True), ("chair", False), ("member", False), ("brent.lead", False)]
)
def test_only_its_secretary_is_offered_what_a_secretary_does(db: None, account: str, offered: bool) -> None:
    make.board()

    page = _text(as_(person(account)).get("/boards/london-contest-board/"))

    assert [words in page for words in ("Arrange a meeting", "Print queue", "Word template")] == [offered] * 3


def test_history_says_who_changed_what_of_the_board(secretary: User) -> None:
    board = make.board()
    board.purpose = "Oversees all four strands."
    _save(board)

    changes = as_(secretary).get("/boards/london-contest-board/history/").context["changes"]

    assert [(change.what, change.who) for change in changes] == [
        ("Changed board", str(secretary)),
        ("Added board", str(secretary)),
    ]
    assert [(field.label, field.after) for field in changes[0].fields] == [("Purpose", "Oversees all four strands.")]


def test_a_grant_that_has_ended_opens_no_board(member: User) -> None:
    make.board()
    grant = Grant.objects.get(user=member)
    grant.ends = dt.date(2020, 1, 2)
    _save(grant)

    assert as_(member).get("/boards/").status_code == 403
