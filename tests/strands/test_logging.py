"""Logging an activity: what is saved, under which number, and what is refused in which words."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from boroughs.models import Organisation
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from strands.models import Activity
from strands.workflow.logging import Entry, log_activity
from tests.cast import BRENT, HARROW, as_, grant, person
from tests.strands.answers import conference, day, errors, logged, objective, send, tomorrow


def test_a_lead_logs_the_conference_and_sees_it_in_her_list(brent_lead: User) -> None:
    response = as_(brent_lead).post(reverse("activity_new"), conference(), follow=True)

    activity = Activity.objects.get()
    assert response.redirect_chain == [(activity.get_absolute_url(), 302)]
    assert activity.reference == "BEN/2026-27/0001"
    assert (str(activity.attendance_quantity), activity.attendance_basis) == ("at least 200", "headcount")
    assert activity.cost_actual == Decimal("3150.00")
    assert [str(share) for share in activity.shares.all()] == ["Brent 100%"]
    assert list(activity.objectives.values_list("code", flat=True)) == ["2023-PV-2"]
    assert (activity.strand_id, activity.logged_by) == ("prevent", brent_lead)
    assert "Women&#x27;s leadership conference" in as_(brent_lead).get(reverse("activities")).content.decode()


def test_references_run_without_gaps_within_a_borough_and_financial_year(brent_lead: User, harrow_lead: User) -> None:
    logged(brent_lead)
    send(brent_lead, title="")
    second = logged(brent_lead)
    other_year = logged(brent_lead, **day("starts", dt.date(2026, 3, 31)))
    other_borough = logged(harrow_lead, lead_borough=HARROW)

    references = [second.reference, other_year.reference, other_borough.reference]
    assert references == ["BEN/2026-27/0002", "BEN/2025-26/0001", "HRW/2026-27/0001"]


def test_the_same_form_sent_twice_gives_the_first_activity(brent_lead: User) -> None:
    typed = conference()

    first = as_(brent_lead).post(reverse("activity_new"), typed)
    second = as_(brent_lead).post(reverse("activity_new"), typed)

    assert first["Location"] == second["Location"]
    assert Activity.objects.count() == 1


def test_a_form_that_somebody_else_sent_is_refused(brent_lead: User, brent_head: User) -> None:
    typed = conference()
    as_(brent_lead).post(reverse("activity_new"), typed)

    response = as_(brent_head).post(reverse("activity_new"), typed)

    assert response.status_code == 409
    assert "Somebody else sent this form. Open a new one" in response.content.decode()


def test_the_kind_brings_its_strand_unless_another_is_chosen(brent_lead: User) -> None:
    usual = logged(brent_lead, kind="exercise", objectives=[])
    chosen = logged(brent_lead, kind="exercise", strand="protect", other_strands=["prepare", "protect"], objectives=[])

    assert usual.strand_id == "prepare"
    assert (chosen.strand_id, [row.strand_id for row in chosen.strand_links.all()]) == ("protect", ["prepare"])


def test_partners_audience_and_dates_are_kept(brent_lead: User) -> None:
    partners = list(Organisation.objects.order_by("pk")[:2])
    typed = {"partners": [row.pk for row in partners], "audience": ["women", "public"], "date_precision": "month"}

    activity = logged(brent_lead, **typed, **day("ends", dt.date(2026, 5, 14)), place="Civic Centre")

    assert {link.organisation for link in activity.partner_links.all()} == set(partners)
    assert activity.audience_in_words == ["Women's groups", "General public"]
    assert (activity.starts, activity.date_in_words) == (dt.date(2026, 5, 1), "May 2026")
    assert activity.ends == dt.date(2026, 5, 14)


def test_a_date_known_by_its_quarter_is_kept_as_the_first_day(brent_lead: User) -> None:
    activity = logged(brent_lead, date_precision="quarter")

    assert (activity.starts, activity.date_in_words) == (dt.date(2026, 4, 1), "Q1 2026/27 (April to June 2026)")


@pytest.mark.parametrize(
    ("typed", "shares"),
    [
        ({}, {BRENT: "100"}),
        ({"joint_1": HARROW}, {BRENT: "50", HARROW: "50"}),
        ({"joint_1": HARROW, "joint_1_share": "40%"}, {BRENT: "60", HARROW: "40"}),
        ({"lead_share": "70", "joint_1": HARROW}, {BRENT: "70", HARROW: "30"}),
        (
            {"joint_1": HARROW, "joint_2": "E09000009"},
            {BRENT: "33.34", HARROW: "33.33", "E09000009": "33.33"},
        ),
        (
            {"lead_share": "50", "joint_2": HARROW, "joint_4": "E09000009"},
            {BRENT: "50", HARROW: "25", "E09000009": "25"},
        ),
    ],
)
def test_empty_shares_take_what_is_left(brent_lead: User, typed: dict[str, str], shares: dict[str, str]) -> None:
    activity = logged(brent_lead, **typed)

    saved = {share.borough_id: share.percent for share in activity.shares.all()}
    assert saved == {code: Decimal(percent) for code, percent in shares.items()}


NOTHING_LEFT = (
    "The shares that you entered add up to 100%, which leaves nothing for Brent. "
    "All shares together must add up to 100%."
)
REFUSALS: list[tuple[str, dict[str, Any], dict[str, list[str]]]] = [
    ("title", {"title": ""}, {"title": ["Enter the title"]}),
    ("no date", {"starts-day": "", "starts-month": "", "starts-year": ""}, {"starts": ["Enter the date"]}),
    (
        "31 February",
        {"starts-day": "31", "starts-month": "2"},
        {"starts": ["Date must be a real date, like 27 3 2026"]},
    ),
    ("kind", {"kind": ""}, {"kind": ["Choose the kind of activity"]}),
    (
        "confirmation",
        {"no_personal_data": ""},
        {"no_personal_data": ["Confirm that you have not entered anybody’s name, contact details or story."]},
    ),
    (
        "borough of somebody else",
        {"lead_borough": HARROW},
        {"lead_borough": ["Choose a borough that you log for; others log their own activities."]},
    ),
    (
        "number without a qualifier",
        {"attendance_qualifier": "not_recorded"},
        {"attendance_qualifier": ["You entered 200 people. Say how exact the number is, or leave the number empty."]},
    ),
    ("number without a basis", {"attendance_basis": ""}, {"attendance_basis": ["Say how the people were counted."]}),
    (
        "qualifier without a number",
        {"attendance": ""},
        {"attendance": ["Enter the number of people, or choose “not recorded”."]},
    ),
    (
        "words for a number",
        {"attendance": "over 200"},
        {"attendance": ["Number of people must be a whole number, like 40"]},
    ),
    ("postponed", {"status": "postponed"}, {"why_postponed": ["Say why it was postponed."]}),
    ("cancelled", {"status": "cancelled"}, {"why_cancelled": ["Say why it was cancelled."]}),
    (
        "end before start",
        day("ends", dt.date(2026, 5, 12)),
        {"ends": ["The date it ended must be the same as or after the date it started."]},
    ),
    ("marking above the ceiling", {"marking": "SECRET"}, {"marking": ["Choose the marking from the list"]}),
    (
        "sum of shares",
        {"lead_share": "50", "joint_1": HARROW, "joint_1_share": "40"},
        {"lead_share": ["The shares add up to 90%. They must add up to 100%."]},
    ),
    (
        "share of the lead alone",
        {"lead_share": "60"},
        {"lead_share": ["The shares add up to 60%. They must add up to 100%."]},
    ),
    (
        "nothing left",
        {"joint_1": HARROW, "joint_1_share": "100"},
        {"lead_share": [NOTHING_LEFT]},
    ),
    (
        "share without a borough",
        {"joint_2_share": "40"},
        {"joint_2": ["Choose the borough that has the share of 40%."]},
    ),
    (
        "borough twice",
        {"joint_1": HARROW, "joint_3": HARROW},
        {"joint_3": ["Harrow is there twice. Keep one of the two rows."]},
    ),
    (
        "lead among the others",
        {"joint_1": BRENT},
        {"joint_1": ["Brent leads the activity and has its own share. Choose another borough here."]},
    ),
    (
        "share that is no number",
        {"joint_1": HARROW, "joint_1_share": "half"},
        {"joint_1_share": ["Enter the share as a number from 1 to 100, like 40."]},
    ),
    (
        "share out of range",
        {"joint_1": HARROW, "joint_1_share": "140"},
        {"joint_1_share": ["A share must be from 0.01 to 100 per cent."]},
    ),
]


@pytest.mark.parametrize(("typed", "words"), [case[1:] for case in REFUSALS], ids=[case[0] for case in REFUSALS])
def test_what_does_not_fit_is_refused_in_one_sentence(
    brent_lead: User, typed: dict[str, Any], words: dict[str, list[str]]
) -> None:
    response = send(brent_lead, **typed)

    assert errors(response) == words
    assert Activity.objects.count() == 0


def test_an_activity_of_tomorrow_cannot_be_delivered(brent_lead: User) -> None:
    response = send(brent_lead, **day("starts", tomorrow()))

    assert errors(response)["status"] == ["The date has not come yet. Choose “Planned”, or correct the date."]


def test_a_year_out_of_range_is_asked_for_again(brent_lead: User) -> None:
    response = send(brent_lead, **day("starts", dt.date(1926, 5, 13)), objectives=[])

    last = tomorrow().year + 3
    assert errors(response) == {"starts": [f"The date must be from 2003 to {last}. Check the year."]}


def test_an_objective_of_another_edition_is_refused_and_those_of_the_day_are_shown(brent_lead: User) -> None:
    old = objective("2011-PV-1")

    response = send(brent_lead, objectives=[old.pk])

    words = f"“{old}” belongs to CONTEST 3, July 2011, not in force on 13 May 2026. "
    ask = "Choose from those of CONTEST, July 2023, which are shown now."
    assert errors(response) == {"objectives": [words + ask]}
    earlier = send(brent_lead, **day("starts", dt.date(2012, 5, 13))).content.decode()
    assert f"Prevent: {old}" in earlier
    assert str(objective("2023-PV-1")) not in earlier.split('name="objectives"')[-1]


def test_an_objective_of_another_strand_is_refused(brent_lead: User) -> None:
    other = objective("2023-PT-1")

    response = send(brent_lead, objectives=[other.pk])

    words = f"“{other}” is an objective of Protect, but the activity is of Prevent. "
    assert errors(response) == {"objectives": [words + "Choose objectives of Prevent, or change the strand."]}


def test_another_borough_can_be_added_and_nothing_typed_is_lost(brent_lead: User) -> None:
    typed = conference(joint_1=HARROW, joint_1_share="40", add_borough="1", title="Typed title", no_personal_data="")

    response = as_(brent_lead).post(reverse("activity_new"), typed)

    page = response.content.decode()
    assert Activity.objects.count() == 0
    assert "There is a problem" not in page
    assert [name in page for name in ("joint_5_share", "joint_6_share")] == [True, False]
    assert 'name="joint_rows" value="5"' in page
    assert 'value="Typed title"' in page
    assert typed["form_key"] in page


def test_workflow_itself_refuses_a_borough_of_somebody_else(brent_lead: User, harrow_lead: User) -> None:
    mine = logged(brent_lead)
    columns = {"lead_borough": mine.lead_borough, "starts": mine.starts, "title": "Taken over"}

    with pytest.raises(Refused, match="Choose a borough that you log for"):
        log_activity(Entry(columns, {BRENT: Decimal(100)}), form_key=uuid4(), by=harrow_lead)


def test_a_lead_of_two_boroughs_chooses_between_them(brent_lead: User) -> None:
    with acting(User.objects.portal()):
        grant(brent_lead, "borough_lead", "borough", HARROW, by=User.objects.portal())

    page = as_(person("brent.lead")).get(reverse("activity_new"))

    offered = [label for _, label in page.context["form"].fields["lead_borough"].choices]
    assert offered == ["---------", "Brent", "Harrow"]


@pytest.mark.parametrize("account", ["member", "analyst", "prevent.lead", "brent.reader", "admin", "outsider"])
def test_only_borough_leads_log(db: None, account: str) -> None:
    assert as_(person(account)).get(reverse("activity_new")).status_code == 403
    assert send(person(account)).status_code == 403
    assert Activity.objects.count() == 0
