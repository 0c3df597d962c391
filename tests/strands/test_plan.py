"""From planned to delivered, postponed or cancelled, and the plan of a quarter."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.core.refusal import Refused
from strands.models import Activity
from strands.models.activity import MOVES
from strands.models.answers import Status
from strands.workflow.moving import Move, move_activity
from tests import make
from tests.cast import BRENT, HARROW, as_, person
from tests.strands.answers import day, errors, logged

TODAY = dt.datetime(2026, 5, 20, 9, 0, tzinfo=dt.UTC)

# Merging is not said of an activity: it is done to two of them, in a workflow of its own.
MOVED = [status for status in Status if status != Status.MERGED]


@pytest.fixture(autouse=True)
def _in_may() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


def planned(**values: Any) -> Activity:
    return make.activity(**{"status": "planned", "starts": dt.date(2026, 5, 13)} | values)


def send(user: User, activity: Activity, **typed: Any) -> Any:
    return as_(user).post(reverse("activity_status", args=[activity.pk]), typed)


def again(activity: Activity) -> Activity:
    return Activity.objects.get(pk=activity.pk)


def test_a2_planned_becomes_delivered_with_one_press(brent_lead: User) -> None:
    activity = planned()
    page = as_(brent_lead).get(reverse("activity_plan")).content.decode()
    assert "The date has come" in page

    response = send(brent_lead, activity, status="delivered", plan="2026-27-Q1")

    after = again(activity)
    assert response["Location"] == f"{reverse('activity_plan')}?quarter=2026-27-Q1"
    assert (after.status, str(after.attendance_quantity)) == ("delivered", "not recorded")
    assert after.title not in as_(brent_lead).get(reverse("activity_plan")).content.decode().split("</h1>")[1]


def test_a2_the_number_of_people_can_go_with_the_press(brent_lead: User) -> None:
    activity = planned()

    send(brent_lead, activity, status="delivered", attendance="1,200", attendance_qualifier="at_least")

    after = again(activity)
    assert (str(after.attendance_quantity), after.attendance_basis) == ("at least 1,200", "headcount")


def test_a_number_that_is_none_is_asked_for_again_and_kept(brent_lead: User) -> None:
    activity = planned()

    response = send(brent_lead, activity, status="delivered", attendance="over 30", plan="2026-27-Q1")

    assert errors(response) == {"attendance": ["Number of people must be a whole number, like 40"]}
    page = response.content.decode()
    assert 'value="over 30"' in page
    assert 'name="plan" value="2026-27-Q1"' in page
    assert again(activity).status == "planned"


@pytest.mark.parametrize(("to", "box"), [("postponed", "why_postponed"), ("cancelled", "why_cancelled")])
def test_a2_postponing_and_cancelling_ask_for_a_reason(brent_lead: User, to: str, box: str) -> None:
    activity = planned()

    without = send(brent_lead, activity, status=to)
    with_reason = send(brent_lead, activity, status=to, **{box: "The hall was flooded"})

    assert errors(without) == {box: [f"Say why it was {to}."]}
    assert with_reason.status_code == 302
    assert (again(activity).status, again(activity).status_reason) == (to, "The hall was flooded")


def test_a_postponed_activity_is_planned_again_for_another_day(brent_lead: User) -> None:
    activity = planned(status="postponed", status_reason="Flood", ends=dt.date(2026, 5, 14))

    asked = send(brent_lead, activity, status="planned")
    send(brent_lead, activity, status="planned", **day("day", dt.date(2026, 7, 1)))

    after = again(activity)
    assert errors(asked) == {"day": ["Enter the new date."]}
    assert (after.status, after.status_reason, after.date_in_words) == ("planned", "", "1 July 2026 to 2 July 2026")


def test_what_has_not_come_yet_cannot_be_delivered(brent_lead: User) -> None:
    activity = planned(starts=dt.date(2026, 5, 21))

    response = send(brent_lead, activity, status="delivered")

    words = f"{activity.reference} is planned for 21 May 2026, which has not come yet."
    assert errors(response) == {"status": [words]}


@pytest.mark.parametrize("before", MOVED)
@pytest.mark.parametrize("to", MOVED)
def test_only_the_moves_of_the_table_are_made(brent_lead: User, before: Status, to: Status) -> None:
    reason = "Flood" if before in ("postponed", "cancelled") else ""
    activity = planned(status=before, status_reason=reason)
    move = Move(to, "Flood" if to in ("postponed", "cancelled") else "")

    if to in MOVES[before] or to == before:
        assert move_activity(activity, move, by=brent_lead).status == to
    else:
        with pytest.raises(Refused, match="and stays so"):
            move_activity(activity, move, by=brent_lead)


def test_pressing_twice_delivers_once(brent_lead: User) -> None:
    activity = planned()

    first = send(brent_lead, activity, status="delivered", attendance="12")
    second = send(brent_lead, activity, status="delivered", attendance="12")

    assert (first.status_code, second.status_code) == (302, 302)
    assert again(activity).version == 1


def test_the_plan_sorts_by_what_has_to_be_done(brent_lead: User) -> None:
    planned(title="Last year", starts=dt.date(2026, 2, 1))
    planned(title="Known by its quarter", starts=dt.date(2026, 4, 1), date_precision="quarter")
    planned(title="Next month", starts=dt.date(2026, 6, 3))
    planned(title="Put off", status="postponed", status_reason="Flood")
    planned(title="Next quarter", starts=dt.date(2026, 7, 3))
    planned(title="Of Harrow", borough=HARROW, shares={HARROW: 60, BRENT: 40})
    make.activity(title="Done", starts=dt.date(2026, 5, 2))
    client = as_(brent_lead)

    now = client.get(reverse("activity_plan")).context["parts"]
    later = client.get(f"{reverse('activity_plan')}?quarter=2026-27-Q2").context["parts"]

    assert [(part.title, [row.title for row in part.activities]) for part in now] == [
        ("Left over from earlier quarters", ["Last year"]),
        ("The date has come", ["Known by its quarter"]),
        ("Still to come", ["Next month"]),
        ("Postponed", ["Put off"]),
    ]
    assert [(part.title, [row.title for row in part.activities]) for part in later] == [
        ("Still to come", ["Next quarter"])
    ]
    assert client.get(f"{reverse('activity_plan')}?quarter=soon").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_takes_the_same_queries_for_any_number_of_rows(
    brent_lead: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        planned(shares={BRENT: 60, HARROW: 40})
    client = as_(brent_lead)
    client.get(reverse("activity_plan"))

    with django_assert_num_queries(11):
        client.get(reverse("activity_plan"))


def test_an_activity_planned_for_a_quarter_begins_with_that_quarter(brent_lead: User) -> None:
    form = as_(brent_lead).get(f"{reverse('activity_new')}?quarter=2026-27-Q2").context["form"]

    assert [form[name].value() for name in ("status", "date_precision", "starts_quarter")] == [
        "planned",
        "quarter",
        "2026-27-Q2",
    ]


def test_weekly_repetition_makes_planned_sessions_that_number_on(brent_lead: User) -> None:
    source = logged(
        brent_lead, session_number="2", session_count="4", joint_1=HARROW, **{"p-theme": "early", "p-speakers": "3"}
    )
    typed = {"form_key": str(uuid4()), "rhythm": "weekly", "times": "3"}
    address = reverse("activity_repeat", args=[source.pk])

    as_(brent_lead).post(address, typed)
    as_(brent_lead).post(address, typed)

    made = list(Activity.objects.exclude(pk=source.pk).in_order())
    assert [(row.starts, row.session_in_words) for row in made] == [
        (dt.date(2026, 5, 20), "session 3 of 4"),
        (dt.date(2026, 5, 27), "session 4 of 4"),
        (dt.date(2026, 6, 3), "session 5 of 5"),
    ]
    assert {(row.status, row.title, row.attendance, row.cost_actual, row.internal_note) for row in made} == {
        ("planned", source.title, None, None, "")
    }
    assert made[0].particulars == {"theme": "early"}
    assert [str(share) for share in made[0].shares.all()] == ["Brent 50%", "Harrow 50%"]
    assert made[0].objective_links.count() == 1


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ({"rhythm": "fortnightly", "times": "2"}, ["2026-02-14", "2026-02-28"]),
        ({"rhythm": "monthly", "times": "2"}, ["2026-02-28", "2026-03-31"]),
        (
            {"rhythm": "listed", "listed": "3 June 2026\n1/6/2026\n\n2.6.2026"},
            ["2026-06-01", "2026-06-02", "2026-06-03"],
        ),
    ],
)
def test_the_days_of_a_repetition(brent_lead: User, typed: dict[str, str], days: list[str]) -> None:
    source = make.activity(starts=dt.date(2026, 1, 31))

    as_(brent_lead).post(reverse("activity_repeat", args=[source.pk]), {"form_key": str(uuid4())} | typed)

    made = Activity.objects.exclude(pk=source.pk).in_order()
    assert [row.starts.isoformat() for row in made] == days


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, {"rhythm": ["Answer the question: How often?"]}),
        ({"rhythm": "weekly"}, {"times": ["Say how many more, from 1 to 52."]}),
        ({"rhythm": "listed"}, {"listed": ["List the days."]}),
        ({"rhythm": "listed", "listed": "soon"}, {"listed": ["“soon” is not a date. Write it like 27 3 2026."]}),
        (
            {"rhythm": "listed", "listed": "1 6 2026\n1 June 2026"},
            {"listed": ["1 June 2026 is there twice. Keep one of the two lines."]},
        ),
    ],
)
def test_days_that_cannot_be_read_are_asked_for_again(
    brent_lead: User, typed: dict[str, str], words: dict[str, list[str]]
) -> None:
    source = make.activity()

    response = as_(brent_lead).post(reverse("activity_repeat", args=[source.pk]), {"form_key": str(uuid4())} | typed)

    assert errors(response) == words
    assert Activity.objects.count() == 1


def test_a11_another_like_this_begins_without_its_numbers_dates_and_outcome(brent_lead: User) -> None:
    source = logged(brent_lead, joint_1=HARROW, outcome="They want more", cost_planned="400", **{"p-theme": "early"})

    form = as_(brent_lead).get(f"{reverse('activity_new')}?like={source.pk}").context["form"]

    same = ("title", "kind", "lead_borough", "marking", "joint_1", "p-theme", "objectives")
    assert [form[name].value() for name in same] == [
        source.title, "community_event", BRENT, "OFFICIAL", HARROW, "early", [source.objectives.get().pk],
    ]  # fmt: skip
    blank = ("starts", "attendance", "cost_actual", "cost_planned", "outcome", "internal_note", "public_sentence")
    assert [form[name].value() for name in blank] == [None] * 7 or not any(form[name].value() for name in blank)


def test_another_like_that_of_somebody_else_is_not_there(harrow_lead: User) -> None:
    source = make.activity()

    assert as_(harrow_lead).get(f"{reverse('activity_new')}?like={source.pk}").status_code == 404
    assert as_(person("brent.lead")).get(f"{reverse('activity_new')}?like=x").status_code == 200
