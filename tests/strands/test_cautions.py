"""What is asked about before an activity is saved, and stops nobody."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.core.markings import Marking
from contest_portal.core.sensitive_words import sensitive_words
from strands.models import Activity
from tests import make
from tests.cast import BRENT, HARROW, as_
from tests.strands.answers import conference, day


def send(user: User, **changes: Any) -> Any:
    return as_(user).post(reverse("activity_new"), conference(**changes))


def sentences(response: Any) -> list[str]:
    assert response.status_code == 200
    return [caution.sentence for caution in response.context["form"].cautions]


def usual(people: int) -> None:
    for number in range(5):
        make.activity(title=f"Evening {number}", attendance=people + number - 2, starts=dt.date(2026, 1, 5 + number))


def test_nothing_is_asked_about_an_ordinary_activity(brent_lead: User) -> None:
    assert send(brent_lead).status_code == 302


def test_a13_two_thousand_people_are_asked_about_and_saved_when_they_are_right(brent_lead: User) -> None:
    usual(200)

    asked = send(brent_lead, attendance="2000")

    [sentence] = sentences(asked)
    assert sentence == (
        "You entered at least 2,000 people. Brent usually counts about 200 at an activity. "
        "Look at the number once more."
    )
    assert not Activity.objects.filter(title__startswith="Women").exists()
    assert "Log it as it stands" in asked.content.decode()

    form = asked.context["form"]
    assert form.data["title"] == "Women's leadership conference"
    saved = as_(brent_lead).post(reverse("activity_new"), form.data)
    assert saved.status_code == 302
    assert Activity.objects.get(title__startswith="Women").attendance == 2000


def test_what_is_entered_after_the_question_is_asked_about_again(brent_lead: User) -> None:
    usual(200)
    first = send(brent_lead, attendance="2000").context["form"].data["sure"]

    assert "9,000 people" in sentences(send(brent_lead, attendance="9000", sure=first))[0]


@pytest.mark.parametrize(("before", "people"), [(4, "2000"), (5, "1999")])
def test_fewer_than_ten_times_and_too_few_to_compare_are_not_asked_about(
    brent_lead: User, before: int, people: str
) -> None:
    for number in range(before):
        make.activity(title=f"Evening {number}", attendance=200, starts=dt.date(2026, 1, 5 + number))

    assert send(brent_lead, attendance=people).status_code == 302


def test_a_date_in_a_quarter_whose_return_was_asked_for_is_asked_about(brent_lead: User) -> None:
    asked = sentences(send(brent_lead, **day("starts", dt.date(2025, 5, 13)), objectives=[]))

    assert len(asked) == 1
    assert "Q1 2025/26 (April to June 2025)" in asked[0]
    assert send(brent_lead, **day("starts", dt.date(2026, 1, 13)), objectives=[]).status_code == 302


def test_a_plan_for_the_year_after_next_is_asked_about(brent_lead: User) -> None:
    asked = sentences(send(brent_lead, status="planned", **day("starts", dt.date(2027, 9, 1)), objectives=[]))

    assert "more than a year from now" in asked[0]


@pytest.mark.parametrize("title", ["Womens Leadership Conference", "Women's leadership conference 2026"])
def test_a8_a_look_alike_is_shown_with_a_link(brent_lead: User, title: str) -> None:
    there = make.activity(title=title, starts=dt.date(2026, 5, 11))

    asked = send(brent_lead)

    assert sentences(asked) == ["An activity like this one is in the log already. Logged twice, it would count twice."]
    assert there.get_absolute_url() in asked.content.decode()


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Training for school governors"},
        {"title": "Women's leadership conference", "starts": dt.date(2026, 5, 1)},
        {"title": "Women's leadership conference", "borough": HARROW},
    ],
    ids=["another title", "another week", "another borough"],
)
def test_what_is_not_alike_is_not_shown(brent_lead: User, other: dict[str, Any]) -> None:
    make.activity(**({"starts": dt.date(2026, 5, 13)} | other))

    assert send(brent_lead).status_code == 302


def test_a_joint_activity_of_another_borough_is_found_and_one_out_of_sight_is_not(
    brent_lead: User, harrow_lead: User
) -> None:
    shares = {HARROW: 50, BRENT: 50}
    make.activity(title="Women's leadership conference", borough=HARROW, shares=shares)
    make.activity(title="Women's leadership conference", borough=HARROW, marking=Marking.OFFICIAL_SENSITIVE)

    assert len(send(brent_lead).context["form"].cautions[0].alike) == 1


def test_sensitive_words_in_an_official_text_are_asked_about_and_in_a_sensitive_one_not(brent_lead: User) -> None:
    note = "The threat assessment was read out, in confidence."

    [asked] = sentences(send(brent_lead, internal_note=note))

    assert asked == (
        "You wrote “threat assessment” and “in confidence” in an activity that is OFFICIAL. Mark it "
        "OFFICIAL-SENSITIVE, or write it in other words, if it must not be read by every partner."
    )
    assert send(brent_lead, internal_note=note, marking="OFFICIAL-SENSITIVE").status_code == 302


def test_words_that_only_sound_alike_are_innocent() -> None:
    assert sensitive_words("A secretary spoke of arresting views, an intelligent crowd and unrestricted access.") == []
    assert sensitive_words("Referral routes were explained. Confidentiality was covered.") == []


def test_a_change_is_asked_about_only_in_what_it_changes(brent_lead: User) -> None:
    usual(200)
    asked = send(brent_lead, attendance="2000")
    as_(brent_lead).post(reverse("activity_new"), asked.context["form"].data)
    saved = Activity.objects.get(title__startswith="Women")
    change = conference(attendance="2000", place="Civic Centre", reason="The place was missing", version=saved.version)

    assert as_(brent_lead).post(reverse("activity_edit", args=[saved.pk]), change).status_code == 302

    saved.refresh_from_db()
    change |= {"attendance": "5000", "version": saved.version}
    assert "5,000 people" in sentences(as_(brent_lead).post(reverse("activity_edit", args=[saved.pk]), change))[0]
