"""An activity that was logged twice becomes one again, and nothing of either is lost."""

from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from strands.models import Activity, EqualityCount
from strands.models.answers import Status
from strands.workflow.attaching import attach, take_out
from strands.workflow.equality import keep_equality
from tests import make
from tests.cast import HARROW, as_
from tests.strands.answers import HELD, logged


@pytest.fixture
def twins(brent_lead: User) -> tuple[Activity, Activity]:
    """The same conference, logged on two days with two numbers; one of them has a note, the other a place."""
    first = logged(brent_lead, place="Civic Centre", internal_note="")
    second = logged(brent_lead, title="Womens leadership conference", attendance="212", attendance_qualifier="exact")
    return first, second


def address(kept: Activity, other: Activity) -> str:
    return reverse("activity_merge", args=[kept.pk, other.pk])


def merge(user: User, kept: Activity, other: Activity, **choices: str) -> Any:
    typed = {"versions": f"{kept.version},{other.version}", "reason": "Logged by two of us"}
    page = as_(user).get(address(kept, other))
    answers = {field.name: field.initial for field in page.context["form"].differing}
    return as_(user).post(address(kept, other), typed | answers | choices)


def test_only_what_differs_is_asked(brent_lead: User, twins: tuple[Activity, Activity]) -> None:
    form = as_(brent_lead).get(address(*twins)).context["form"]

    asked = {field.name: (field.initial, [label for _, label in field.field.choices]) for field in form.differing}
    assert asked == {
        "title": ("kept", ["Women's leadership conference", "Womens leadership conference"]),
        "place": ("kept", ["Civic Centre", "(empty)"]),
        "attendance": ("kept", ["200\nat least", "212\nexactly"]),
        "internal_note": ("other", ["(empty)", "Ask the charity for a second hall."]),
    }


def test_a8_merged_into_one_it_counts_once_and_both_stay(brent_lead: User, twins: tuple[Activity, Activity]) -> None:
    kept, other = twins

    response = merge(brent_lead, kept, other, attendance="other")

    assert response.status_code == 302, response.context["form"].errors
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.title, kept.place, str(kept.attendance_quantity)) == (
        "Women's leadership conference",
        "Civic Centre",
        "212",
    )
    assert kept.internal_note == "Ask the charity for a second hall."
    assert (other.status, other.merged_into) == (Status.MERGED, kept)
    assert other.attendance == 212
    assert list(Activity.objects.visible_to(brent_lead).delivered()) == [kept]
    assert other.history.first().history_change_reason == "Logged by two of us"
    listed = as_(brent_lead).get(reverse("activities")).context["page"]
    assert list(listed) == [kept]
    page = as_(brent_lead).get(other.get_absolute_url()).content.decode()
    assert kept.get_absolute_url() in page


def test_merged_by_mistake_it_is_taken_apart_again(brent_lead: User, twins: tuple[Activity, Activity]) -> None:
    kept, other = twins
    merge(brent_lead, kept, other)

    response = as_(brent_lead).post(reverse("activity_apart", args=[other.pk]), {"reason": "Two evenings"})

    assert response.status_code == 302
    other.refresh_from_db()
    assert (other.status, other.merged_into) == (Status.DELIVERED, None)


def test_a_merged_one_is_changed_no_more(brent_lead: User, twins: tuple[Activity, Activity]) -> None:
    kept, other = twins
    merge(brent_lead, kept, other)

    for name in ("activity_edit", "activity_status", "activity_repeat", "activity_people", "activity_twins"):
        assert as_(brent_lead).get(reverse(name, args=[other.pk])).status_code == 404
    assert as_(brent_lead).get(reverse("activity_apart", args=[kept.pk])).status_code == 404


def test_what_somebody_changed_while_they_were_compared_is_not_written_over(
    brent_lead: User, brent_head: User, twins: tuple[Activity, Activity]
) -> None:
    kept, other = twins
    form = as_(brent_lead).get(address(*twins)).context["form"]
    answers = {field.name: field.initial for field in form.differing}
    with acting(brent_lead):
        found = Activity.objects.get(pk=other.pk)
        found.place = "Town hall"
        found.save()

    typed = {"versions": f"{kept.version},{other.version}", "reason": "Same", **answers}
    response = as_(brent_lead).post(address(kept, other), typed)

    assert response.status_code == 409
    assert Activity.objects.get(pk=other.pk).status == Status.DELIVERED


def test_a_session_and_its_programme_are_two(brent_lead: User) -> None:
    programme = make.activity(kind="structured_programme", title="Parenting course")
    session = make.activity(title="Parenting course", parent=programme)

    page = as_(brent_lead).get(address(programme, session)).content.decode()

    assert "One of them is a session of the other" in page
    assert "Merge them</button>" not in page.replace("\n", "")


def test_a_conference_and_the_workshops_after_it_are_never_one(brent_lead: User) -> None:
    programme = make.activity(kind="structured_programme")
    conference = make.activity(title="Leadership conference", parent=programme)
    workshop = make.activity(title="Leadership conference", parent=programme, session_number=1)

    response = merge(brent_lead, conference, workshop)

    assert "two sessions of one programme" in response.content.decode()
    assert not Activity.objects.filter(status=Status.MERGED).exists()


def test_sessions_move_to_the_one_that_is_kept(brent_lead: User) -> None:
    kept, other = (make.activity(kind="structured_programme", title="Parenting course") for _ in range(2))
    session = make.activity(title="Evening", parent=other)

    assert merge(brent_lead, kept, other).status_code == 302

    session.refresh_from_db()
    assert session.parent == kept


def test_twins_of_somebody_else_are_not_there(brent_lead: User, harrow_lead: User) -> None:
    own, theirs = make.activity(), make.activity(borough=HARROW)

    for kept, other in ((own, theirs), (theirs, own)):
        assert as_(brent_lead).get(address(kept, other)).status_code == 404
        assert as_(brent_lead).post(address(kept, other), {}).status_code == 404
    assert list(as_(brent_lead).get(reverse("activity_twins", args=[own.pk])).context["alike"]) == []


def test_the_page_of_twins_lists_them(brent_lead: User, twins: tuple[Activity, Activity]) -> None:
    make.activity(title="Women's leadership conference", starts=HELD.replace(month=6))

    page = as_(brent_lead).get(reverse("activity_twins", args=[twins[0].pk]))

    assert list(page.context["alike"]) == [twins[1]]


def files_of(user: User, activity: Activity) -> list[str]:
    return [each.name for each in activity.attachments.visible_to(user)]


def attached(activity: Activity, name: str, by: User, **about: str) -> None:
    fields = {"kind": "programme", "media_type": "text/csv", "marking": "OFFICIAL"} | about
    attach(activity, content=name.encode(), by=by, name=name, **fields)


def test_files_move_to_the_one_that_is_kept_and_come_back(brent_lead: User, twins: tuple[Activity, Activity]) -> None:
    kept, other = twins
    attached(kept, "Programme.csv", brent_lead)
    attached(other, "Scores.csv", brent_lead)

    merge(brent_lead, kept, other)
    assert (sorted(files_of(brent_lead, kept)), files_of(brent_lead, other)) == (["Programme.csv", "Scores.csv"], [])
    page = as_(brent_lead).get(kept.get_absolute_url()).content.decode()
    assert "Scores.csv" in page

    as_(brent_lead).post(reverse("activity_apart", args=[other.pk]), {"reason": "Two evenings"})
    assert (files_of(brent_lead, kept), files_of(brent_lead, other)) == (["Programme.csv"], ["Scores.csv"])


def test_files_of_a_sensitive_one_stay_with_those_who_read_it(
    brent_lead: User, brent_reader: User, analyst: User
) -> None:
    kept = make.activity(title="Evening")
    other = make.activity(title="Evening", marking="OFFICIAL-SENSITIVE")
    attached(other, "Plan.csv", brent_lead)

    assert merge(brent_lead, kept, other, marking="kept").status_code == 302

    assert files_of(brent_lead, kept) == ["Plan.csv"]
    assert files_of(analyst, kept) == []
    for reader, sees in ((brent_lead, True), (brent_reader, False), (analyst, False)):
        history = as_(reader).get(reverse("activity_history", args=[kept.pk])).content.decode()
        assert ("Plan.csv" in history) is sees


def test_an_equality_summary_moves_where_there_is_none_and_comes_back(
    brent_lead: User, twins: tuple[Activity, Activity]
) -> None:
    kept, other = twins
    counted = keep_equality(other, {"sex_women": 20}, version=other.version, by=brent_lead)
    merge(brent_lead, kept, counted)
    assert list(EqualityCount.objects.values_list("activity", "people")) == [(kept.pk, 20)]

    as_(brent_lead).post(reverse("activity_apart", args=[other.pk]), {"reason": "Two evenings"})
    assert list(EqualityCount.objects.values_list("activity", "people")) == [(other.pk, 20)]


def test_of_two_equality_summaries_the_kept_one_counts(brent_lead: User, twins: tuple[Activity, Activity]) -> None:
    kept, other = (
        keep_equality(each, {"sex_women": people}, version=each.version, by=brent_lead)
        for each, people in zip(twins, (31, 20), strict=True)
    )
    merge(brent_lead, kept, other)

    assert list(EqualityCount.objects.filter(activity=kept).values_list("people", flat=True)) == [31]


def test_the_history_tells_of_files_that_came_and_went(brent_lead: User) -> None:
    activity = make.activity()
    attached(activity, "Programme.csv", brent_lead)
    take_out(activity.attachments.get(), by=brent_lead)

    page = " ".join(as_(brent_lead).get(reverse("activity_history", args=[activity.pk])).content.decode().split())

    assert "Added attachment" in page
    assert "Programme.csv" in page
    assert "Attachment taken out" in page
