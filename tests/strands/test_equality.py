"""The equality summary of an activity: counts in bands, read by those who enter them and by nobody else."""

from typing import Any

from django.urls import reverse

from contest_portal.accounts.models import User
from strands.models import Activity, EqualityCount
from tests import make
from tests.cast import as_


def address(activity: Activity) -> str:
    return reverse("activity_equality", args=[activity.pk])


def save(user: User, activity: Activity, **typed: Any) -> Any:
    return as_(user).post(address(activity), {"version": activity.version} | typed)


def kept(activity: Activity) -> dict[str, int]:
    return dict(EqualityCount.objects.filter(activity=activity).values_list("band", "people"))


def test_counts_are_kept_changed_and_taken_out(brent_lead: User) -> None:
    activity = make.activity(attendance=31)

    assert save(brent_lead, activity, sex_women="20", sex_men="11", age_65_or_over="0").status_code == 302
    assert kept(activity) == {"sex_women": 20, "sex_men": 11, "age_65_or_over": 0}
    activity.refresh_from_db()
    assert activity.equality_monitoring == "banded"
    assert 'value="20"' in as_(brent_lead).get(address(activity)).content.decode()

    assert save(brent_lead, activity, sex_women="19", sex_men="").status_code == 302
    assert kept(activity) == {"sex_women": 19}
    assert EqualityCount.history.filter(activity=activity, history_type="-").count() == 2


def test_more_answers_than_people_are_refused_beside_the_box(brent_lead: User) -> None:
    activity = make.activity(attendance=31)

    page = save(brent_lead, activity, sex_women="20", sex_men="12")

    assert dict(page.context["form"].errors) == {"sex_women": ["Sex adds up to 32, and 31 came."]}
    assert 'value="12"' in page.content.decode()
    assert kept(activity) == {}


def test_a_count_that_is_no_number_is_told_in_plain_words(brent_lead: User) -> None:
    page = save(brent_lead, make.activity(), sex_women="many")

    assert list(page.context["form"].errors) == ["sex_women"]


def test_over_200_people_may_give_more_answers(brent_lead: User) -> None:
    activity = make.activity(attendance=200, attendance_qualifier="at_least")

    assert save(brent_lead, activity, sex_women="150", sex_men="70").status_code == 302


def test_whoever_saves_second_writes_over_nobody(brent_lead: User, brent_head: User) -> None:
    activity = make.activity()
    save(brent_head, activity, sex_women="20")

    response = save(brent_lead, activity, sex_women="25")

    assert response.status_code == 409
    assert kept(activity) == {"sex_women": 20}


def test_nobody_else_reads_the_counts_of_one_activity(
    brent_lead: User, brent_reader: User, harrow_lead: User, analyst: User
) -> None:
    activity = make.activity()
    save(brent_lead, activity, sex_women="77077")

    assert [as_(user).get(address(activity)).status_code for user in (brent_reader, harrow_lead, analyst)] == [
        403,
        404,
        403,
    ]
    for name in ("activity", "activity_history"):
        for reader in (brent_reader, analyst):
            page = as_(reader).get(reverse(name, args=[activity.pk])).content.decode()
            assert "77077" not in page
            assert "77,077" not in page
