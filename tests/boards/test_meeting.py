import datetime as dt
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from boards.models import AgendaItem, Board, Meeting
from boards.workflow import arrange_meeting, change_meeting
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused, Stale
from tests import make
from tests.cast import as_, person

NEW = "/boards/london-contest-board/meetings/new"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(dt.datetime(2026, 1, 14, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


def _typed(day: dt.date, **values: str) -> dict[str, str]:
    parts = {"day-day": str(day.day), "day-month": str(day.month), "day-year": str(day.year)}
    return parts | {"time": "10:00", "venue": "City Hall"} | values


def _text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_new_meeting_starts_with_the_standing_items(secretary: User) -> None:
    make.board()

    response = as_(secretary).post(NEW, _typed(dt.date(2026, 9, 17)), follow=True)

    meeting = Meeting.objects.get()
    assert response.redirect_chain == [(f"/boards/meetings/{meeting.pk}/", 302)]
    assert (meeting.day, meeting.time, meeting.venue) == (dt.date(2026, 9, 17), dt.time(10), "City Hall")
    assert list(AgendaItem.objects.values_list("number", "title", "part")) == [
        (1, "Apologies for absence", "1"),
        (2, "Declarations of interest", "1"),
        (3, "Minutes", "1"),
        (4, "Action log", "1"),
    ]


def test_the_next_item_follows_the_standing_ones(secretary: User) -> None:
    with acting(secretary):
        meeting = arrange_meeting(
            Meeting(board=make.board(), day=dt.date(2026, 9, 17), venue="City Hall"), by=secretary
        )

        assert [meeting.next_item_number(), meeting.next_item_number()] == [5, 6]


@pytest.mark.parametrize("time", ["14:30", "14.30", "2:30pm", "2.30PM"])
def test_a_time_is_read_as_people_write_it(secretary: User, time: str) -> None:
    make.board()

    as_(secretary).post(NEW, _typed(dt.date(2026, 9, 17), time=time))

    assert Meeting.objects.get().time == dt.time(14, 30)


@pytest.mark.parametrize(
    ("day", "warnings"),
    [
        ("2026-09-17", []),
        ("2026-01-13", ["13 January 2026 is in the past."]),
        ("2026-09-19", ["19 September 2026 is a Saturday."]),
        (
            "2026-08-31",
            ["31 August 2026 is a bank holiday: Summer bank holiday."],
        ),
        (
            "2026-01-16",
            [
                (
                    "Its papers should have gone out by 8 January 2026: there is no time left for 5 clear working days "
                    "of notice."
                )
            ],
        ),
        (
            "2026-04-09",
            [
                (
                    "Good Friday (3 April) and Easter Monday (6 April) fall within the notice, so papers go out by "
                    "Monday 30 March 2026, 10 days before the meeting."
                )
            ],
        ),
        (
            "2027-01-08",
            [
                (
                    "New Year's Day (1 January) falls within the notice, so papers go out by "
                    "Wednesday 30 December 2026, 9 days before the meeting."
                )
            ],
        ),
    ],
)
def test_what_speaks_against_a_day(db: None, day: str, warnings: list[str]) -> None:
    meeting = Meeting(board=make.board(), day=dt.date.fromisoformat(day))

    assert meeting.warnings_on(dt.date(2026, 1, 14)) == warnings


@pytest.mark.parametrize("day", [7, 8, 9, 10, 13, 14])
def test_papers_of_a_meeting_after_easter_go_out_before_good_friday(db: None, day: int) -> None:
    meeting = Meeting(board=make.board(), day=dt.date(2026, 4, day))

    [warning] = meeting.warnings_on(dt.date(2026, 1, 14))

    assert meeting.publish_by < dt.date(2026, 4, 3)
    assert "Good Friday (3 April)" in warning


def test_papers_of_a_later_meeting_go_out_after_easter(db: None) -> None:
    meeting = Meeting(board=make.board(), day=dt.date(2026, 4, 15))

    assert (meeting.publish_by, meeting.warnings_on(dt.date(2026, 1, 14))) == (dt.date(2026, 4, 7), [])


def test_a_day_with_a_warning_is_taken_once_it_has_been_confirmed(secretary: User) -> None:
    make.board()
    client = as_(secretary)
    typed = _typed(dt.date(2026, 4, 9))

    asked = client.post(NEW, typed)
    assert "Good Friday (3 April) and Easter Monday (6 April) fall within the notice" in _text(asked)
    assert "Arrange it on this day all the same" in _text(asked)
    assert not Meeting.objects.exists()

    client.post(NEW, typed | {"confirmed": asked.context["form"]["confirmed"].value()})
    assert Meeting.objects.get().day == dt.date(2026, 4, 9)


def test_a_confirmation_holds_for_its_own_day_only(secretary: User) -> None:
    make.board()

    response = as_(secretary).post(NEW, _typed(dt.date(2026, 4, 10), confirmed="2026-04-09"))

    assert response.status_code == 200
    assert not Meeting.objects.exists()


def test_a_board_meets_once_at_a_time(secretary: User) -> None:
    make.meeting(dt.date(2026, 9, 17))

    page = _text(as_(secretary).post(NEW, _typed(dt.date(2026, 9, 17))))

    assert "The London CONTEST Board already meets then. Choose another day or time" in page
    assert Meeting.objects.count() == 1


def test_what_is_missing_is_named_and_what_was_typed_is_kept(secretary: User) -> None:
    make.board()

    page = _text(as_(secretary).post(NEW, _typed(dt.date(2026, 9, 17), venue="", time="noon")))

    assert "Enter the time as hours and minutes, like 10:00 or 2:30pm" in page
    assert "Enter the venue" in page
    assert 'value="noon"' in page


@pytest.mark.parametrize("account", ["chair", "boardmember", "member", "analyst", "brent.lead", "admin", "outsider"])
def test_arranging_meetings_is_the_secretarys_job(db: None, account: str) -> None:
    make.board()
    meeting = make.meeting()
    client = as_(person(account))

    statuses = [client.post(path).status_code for path in (NEW, f"/boards/meetings/{meeting.pk}/edit")]

    assert statuses == [403, 403]


def test_a_secretary_does_not_find_the_forms_of_another_board(secretary: User) -> None:
    other = make.board("prevent-board", name="Prevent Board")
    meeting = make.meeting(board=other)
    client = as_(secretary)

    assert client.get("/boards/prevent-board/meetings/new").status_code == 404
    assert client.post(f"/boards/meetings/{meeting.pk}/edit").status_code == 404


def test_the_workflow_itself_refuses_another_boards_meeting(secretary: User) -> None:
    other = make.board("prevent-board", name="Prevent Board")
    meeting = Meeting(board=other, day=dt.date(2026, 9, 17), venue="City Hall")

    with acting(secretary), pytest.raises(Refused, match="Only the secretary of the Prevent Board arranges"):
        arrange_meeting(meeting, by=secretary)
    with acting(secretary), pytest.raises(Refused, match="Only the secretary of the Prevent Board changes"):
        change_meeting(make.meeting(board=other), by=secretary)


def test_a_dissolved_board_meets_no_more(secretary: User) -> None:
    make.board(ends=dt.date(2025, 12, 31))

    response = as_(secretary).get(NEW)

    assert response.status_code == 409
    assert "The London CONTEST Board ended on 31 December 2025 and holds no more meetings." in _text(response)


def test_changing_a_meeting_saves_the_new_place(secretary: User) -> None:
    meeting = make.meeting()
    typed = _typed(meeting.day, venue="Lambeth Town Hall", status="planned", version="0")

    response = as_(secretary).post(f"/boards/meetings/{meeting.pk}/edit", typed)

    assert response.status_code == 302
    meeting.refresh_from_db()
    assert meeting.venue == "Lambeth Town Hall"


def test_a_change_over_somebody_elses_shows_both_texts(secretary: User) -> None:
    meeting = make.meeting()
    with acting(secretary):
        meeting.venue = "Saved by another"
        meeting.save()
    typed = _typed(meeting.day, venue="Typed by me", status="planned", version="0")
    client = as_(secretary)

    first = client.post(f"/boards/meetings/{meeting.pk}/edit", typed)
    overtaken = first.context["form"].overtaken
    again = client.post(
        f"/boards/meetings/{meeting.pk}/edit", typed | {"version": first.context["form"]["version"].value()}
    )

    assert [(field.label, field.stored, field.typed) for field in overtaken] == [
        ("Venue", "Saved by another", "Typed by me")
    ]
    assert again.status_code == 302
    meeting.refresh_from_db()
    assert meeting.venue == "Typed by me"


def test_two_who_save_at_once_do_not_overwrite_each_other(secretary: User) -> None:
    meeting = make.meeting()
    first, second = Meeting.objects.get(pk=meeting.pk), Meeting.objects.get(pk=meeting.pk)

    with acting(secretary):
        first.venue = "First"
        change_meeting(first, by=secretary)
        second.venue = "Second"
        with pytest.raises(Stale):
            change_meeting(second, by=secretary)


@pytest.mark.parametrize(("day", "held"), [("2026-01-13", True), ("2026-01-14", True), ("2026-01-15", False)])
def test_only_a_meeting_that_took_place_was_held(secretary: User, day: str, held: bool) -> None:
    meeting = make.meeting(dt.date.fromisoformat(day))

    response = as_(secretary).post(
        f"/boards/meetings/{meeting.pk}/edit", _typed(meeting.day, status="held", version="0")
    )

    assert (response.status_code == 302) is held
    meeting.refresh_from_db()
    assert (meeting.status == "held") is held


def _item(meeting: Meeting, number: int, title: str, part: str = "1") -> AgendaItem:
    made = AgendaItem(meeting=meeting, number=number, title=title, part=part)
    with acting(person("secretary")):
        made.save()
    return made


def test_numbers_run_on_from_part_1_into_part_2(member: User) -> None:
    meeting = make.meeting()
    _item(meeting, 1, "Apologies")
    _item(meeting, 2, "A contract", "2")
    _item(meeting, 3, "Performance")

    parts = as_(member).get(f"/boards/meetings/{meeting.pk}/").context["agenda"]

    assert [(part.label, [(item.number, item.title) for item in part.items]) for part in parts] == [
        ("Part 1 (public)", [(1, "Apologies"), (3, "Performance")]),
        ("Part 2 (exempt)", [(2, "A contract")]),
    ]


def test_the_page_says_by_when_papers_go_out_and_why(member: User) -> None:
    meeting = make.meeting(dt.date(2026, 4, 9))

    page = _text(as_(member).get(f"/boards/meetings/{meeting.pk}/"))

    assert "Monday 30 March 2026" in page
    assert "Good Friday (3 April) and Easter Monday (6 April) fall within the notice" in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_meeting_takes_as_many_queries_for_three_items_as_for_one(
    secretary: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = make.meeting()
    for number in range(1, count + 1):
        _item(meeting, number, f"Item {number}")
        _paper(meeting, f"Draft {number}", issued=False)
    with time_machine.travel(dt.datetime(2026, 1, 16, 9, tzinfo=dt.UTC), tick=False):
        client = as_(secretary)
        client.get(meeting.get_absolute_url())

        with django_assert_num_queries(16):
            client.get(meeting.get_absolute_url())
        with django_assert_num_queries(17):
            page = client.get(meeting.get_absolute_url(), {"as_at": "2026-01-14"})

    assert len(page.context["drafts"]) == count


def test_a_meeting_is_as_it_was_known_on_a_day(secretary: User, member: User) -> None:
    meeting = make.meeting(dt.date(2026, 1, 22))
    item = _item(meeting, meeting.next_item_number(), "First title")
    draft = make.paper(at=meeting, title="First draft")
    with time_machine.travel(dt.datetime(2026, 1, 16, 9, tzinfo=dt.UTC), tick=True), acting(secretary):
        meeting.venue, item.title = "Lambeth Town Hall", "Second title"
        meeting.save()
        item.save()
        make.issue(draft)
    with time_machine.travel(dt.datetime(2026, 1, 19, 9, tzinfo=dt.UTC), tick=True):
        clients = {"secretary": as_(secretary), "member": as_(member)}
        pages = {
            (who, day): _text(client.get(meeting.get_absolute_url(), {"as_at": f"2026-01-{day}"}))
            for who, client in clients.items()
            for day in (13, 15, 17, 19)
        }

    told = ("City Hall", "Lambeth Town Hall", "First title", "Second title", "Papers being written", "Report 2")
    found = {key: [words for words in told if words in page] for key, page in pages.items()}
    assert found["secretary", 15] == ["City Hall", "First title", "Papers being written"]
    assert found["member", 15] == ["City Hall", "First title"]
    assert found["secretary", 17] == found["member", 17] == ["Lambeth Town Hall", "Second title", "Report 2"]
    assert found["secretary", 19] == found["member", 17]
    assert "the portal held nothing of this that you may read" in pages["secretary", 13]
    assert ["As known on" in pages["secretary", day] for day in (15, 19)] == [True, False]
    assert ["Change this meeting" in pages["secretary", day] for day in (15, 19)] == [False, True]


def test_history_tells_of_the_meeting_and_its_agenda(member: User, secretary: User) -> None:
    with acting(secretary):
        board: Board = make.board()
        meeting = arrange_meeting(Meeting(board=board, day=dt.date(2026, 9, 17), venue="City Hall"), by=secretary)

    changes = as_(member).get(f"/boards/meetings/{meeting.pk}/history/").context["changes"]

    assert [(change.what, change.who) for change in changes] == [("Added meeting", str(secretary))]
    assert [field.after for field in changes[0].fields if field.label.endswith("itle")] == [
        "Apologies for absence",
        "Declarations of interest",
        "Minutes",
        "Action log",
    ]


def test_a_meeting_that_is_not_there_is_not_found(member: User) -> None:
    assert as_(member).get("/boards/meetings/999999/").status_code == 404


def _paper(meeting: Meeting, title: str, part: str = "1", *, issued: bool = True) -> None:
    draft = make.paper(at=meeting, title=title, part=part)
    if issued:
        make.issue(draft)


PAPERS = [
    ("secretary", ["Public paper", "Exempt paper"], ["Draft paper"]),
    ("chair", ["Public paper", "Exempt paper"], ["Draft paper"]),
    ("boardmember", ["Public paper", "Exempt paper"], []),
    ("member", ["Public paper"], []),
    ("brent.lead", ["Public paper"], []),
]


@pytest.mark.parametrize(("account", "issued", "drafts"), PAPERS)
def test_each_reader_is_led_to_the_papers_that_are_open_to_them(
    db: None, account: str, issued: list[str], drafts: list[str]
) -> None:
    meeting = make.meeting()
    _paper(meeting, "Public paper")
    _paper(meeting, "Exempt paper", "2")
    _paper(meeting, "Draft paper", issued=False)

    response = as_(person(account)).get(f"/boards/meetings/{meeting.pk}/")

    parts = response.context["agenda"]
    assert [item.paper.title for part in parts for item in part.items if item.paper] == issued
    assert [paper.title for paper in response.context["drafts"]] == drafts
    assert ("Draft paper" in _text(response)) is bool(drafts)
    assert [(part.exempt, [item.title for item in part.items]) for part in parts] == [
        (False, ["Public paper"]),
        (True, ["Exempt paper"]),
    ]


def test_whoever_changes_a_meeting_hears_that_its_papers_are_out(secretary: User) -> None:
    meeting = make.meeting()
    sentence = "Papers were issued for this meeting already."
    client = as_(secretary)

    before = _text(client.get(f"/boards/meetings/{meeting.pk}/edit"))
    _paper(meeting, "Public paper")
    after = _text(client.get(f"/boards/meetings/{meeting.pk}/edit"))

    assert [sentence in before, sentence in after] == [False, True]
