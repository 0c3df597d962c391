"""Changing an activity: its reason, its history, and two people at once."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.changes import Change, changes_of
from contest_portal.audit.models import LedgerEntry
from strands.models import Activity
from strands.views.activity import PARTS, SAID_ALREADY
from tests.cast import BRENT, HARROW, as_
from tests.strands.answers import conference, errors, logged, objective


def change(user: User, activity: Activity, **changes: Any) -> Any:
    typed = {"version": str(activity.version), "reason": "The sheet was counted again"} | changes
    return as_(user).post(reverse("activity_edit", args=[activity.pk]), conference(**typed))


def history(activity: Activity) -> list[Change]:
    return changes_of(activity, parts=PARTS, without=SAID_ALREADY)


def test_the_form_opens_with_what_is_saved(brent_lead: User) -> None:
    activity = logged(brent_lead, joint_1=HARROW, joint_1_share="40", status="cancelled", why_cancelled="Flood")

    form = as_(brent_lead).get(reverse("activity_edit", args=[activity.pk])).context["form"]

    shown = {name: form[name].value() for name in ("lead_share", "joint_1", "joint_1_share", "why_cancelled")}
    assert shown == {"lead_share": "60", "joint_1": HARROW, "joint_1_share": "40", "why_cancelled": "Flood"}
    assert (form["objectives"].value(), form["strand"].value()) == ([objective("2023-PV-2").pk], None)
    assert [group.part.key for group in form.groups if group.part.folds and group.is_open] == ["joint", "serves"]


def test_a_change_needs_a_reason(brent_lead: User) -> None:
    activity = logged(brent_lead)

    response = change(brent_lead, activity, reason="")

    assert errors(response) == {"reason": ["Answer the question: Why are you changing it?"]}


def test_history_tells_who_when_why_and_field_by_field(brent_lead: User, brent_head: User) -> None:
    activity = logged(brent_lead)

    change(brent_head, activity, attendance="212", attendance_qualifier="exact", joint_1=HARROW, objectives=[])

    changed, added = history(activity)
    assert (changed.who, changed.what, changed.why) == (
        "Hal Brentford",
        "Changed activity",
        "The sheet was counted again",
    )
    assert {(field.label, field.before, field.after) for field in changed.fields} == {
        ("Attendance", "200", "212"),
        ("Attendance qualifier", "at least", "exactly"),
        ("Borough share", "Brent 100%", "Brent 50%"),
        ("Borough share", "", "Harrow 50%"),
        ("Objective", str(objective("2023-PV-2")), ""),
    }
    assert (added.who, added.what) == ("Bea Brentwell", "Added activity")
    assert ("Title", "", "Women's leadership conference") in {(f.label, f.before, f.after) for f in added.fields}


def test_the_history_page_shows_it(brent_lead: User) -> None:
    activity = logged(brent_lead)
    change(brent_lead, activity, title="Women's conference")

    page = as_(brent_lead).get(reverse("activity_history", args=[activity.pk])).content.decode()

    assert [words in page for words in ("Changed activity", "The sheet was counted again")] == [True, True]
    # As what it was before this change, and as what it was logged with.
    assert page.count("Women&#x27;s leadership conference") == 2


def test_every_row_of_one_change_carries_its_reason_and_request(brent_lead: User) -> None:
    activity = logged(brent_lead)
    before = LedgerEntry.objects.count()

    change(brent_lead, activity, joint_1=HARROW)

    entries = list(LedgerEntry.objects.order_by("pk")[before:])
    tables = {"strands_activity", "strands_activityshare", "notifications_message"}
    assert {entry.table for entry in entries} == tables
    assert {entry.reason for entry in entries} == {"The sheet was counted again"}
    assert {entry.actor for entry in entries} == {str(brent_lead.pk)}
    assert len({entry.request_id for entry in entries}) == 1


def test_saving_nothing_new_changes_nothing(brent_lead: User) -> None:
    activity = logged(brent_lead)

    assert change(brent_lead, activity).status_code == 302

    assert Activity.objects.get().version == activity.version
    assert len(history(activity)) == 1


def test_the_reference_stays_when_the_date_moves_to_another_year(brent_lead: User) -> None:
    activity = logged(brent_lead)

    change(brent_lead, activity, **{"starts-month": "3"})

    moved = Activity.objects.get()
    assert (moved.starts.month, moved.reference) == (3, activity.reference)


def opened_by(user: User, activity: Activity) -> str:
    """What the page carries about what was seen."""
    return as_(user).get(reverse("activity_edit", args=[activity.pk])).context["form"]["opened"].value()


def test_two_people_at_different_fields_lose_nothing_and_are_asked_nothing(brent_lead: User, brent_head: User) -> None:
    activity = logged(brent_lead)
    seen = opened_by(brent_lead, activity)
    change(
        brent_head, activity, attendance="230", **{"joint_1": HARROW, "joint_1_share": "40", "starts-day": "14"},
        objectives=[],
    )  # fmt: skip

    response = change(brent_lead, activity, internal_note="The lead's note", place="Town hall", opened=seen)

    assert response.status_code == 302
    saved = Activity.objects.get()
    assert (saved.internal_note, saved.place) == ("The lead's note", "Town hall")
    assert (saved.attendance, saved.starts.day, list(saved.objectives.all())) == (230, 14, [])
    assert {share.borough_id: share.percent for share in saved.shares.all()} == {BRENT: 60, HARROW: 40}
    page = as_(brent_lead).get(saved.get_absolute_url()).content.decode()
    assert "Harrow 40%" in page


def test_whoever_saves_last_is_told_what_was_kept_of_the_other(brent_lead: User, brent_head: User) -> None:
    activity = logged(brent_lead)
    seen = opened_by(brent_lead, activity)
    change(brent_head, activity, attendance="230")
    client = as_(brent_lead)
    typed = conference(version="0", reason="A place", place="Town hall", opened=seen)

    page = client.post(reverse("activity_edit", args=[activity.pk]), typed, follow=True).content.decode()

    assert "Somebody else had changed “Number of people” meanwhile, and that is kept too." in page


def test_a_field_that_both_changed_shows_both_texts_and_asks(brent_lead: User, brent_head: User) -> None:
    activity = logged(brent_lead)
    seen = opened_by(brent_lead, activity)
    change(brent_head, activity, internal_note="The head's note", attendance="230", joint_1=HARROW)

    response = change(brent_lead, activity, internal_note="The lead's note", lead_share="100", opened=seen)

    [shares, note] = sorted(response.context["form"].overtaken, key=lambda field: field.name == "internal_note")
    assert response.status_code == 409
    assert (note.who, note.stored, note.typed) == ("Hal Brentford", "The head's note", "The lead's note")
    assert (shares.stored, shares.typed) == ("Lead borough 50%\nHarrow 50%", "Not joint")
    assert Activity.objects.get().internal_note == "The head's note"
    page = response.content.decode()
    assert "Hal Brentford changed this while you were writing. Choose what to keep." in page
    assert page.count('name="internal_note-merge"') == 3
    # What was typed stands beside theirs and in the box.
    assert page.count("The lead&#x27;s note") >= 2


@pytest.mark.parametrize(
    ("choice", "in_the_box", "kept"),
    [
        ("theirs", "The lead's note", "The head's note"),
        ("mine", "Something else", "The lead's note"),
        ("box", "Both notes", "Both notes"),
    ],
)
def test_theirs_mine_or_what_is_written_then_is_kept_as_chosen(
    brent_lead: User, brent_head: User, choice: str, in_the_box: str, kept: str
) -> None:
    activity = logged(brent_lead)
    seen = opened_by(brent_lead, activity)
    change(brent_head, activity, internal_note="The head's note", attendance="230")
    asked = change(brent_lead, activity, internal_note="The lead's note", title="Conference", opened=seen)
    carried = {name: asked.context["form"][name].value() for name in ("version", "opened", "attendance", "title")}

    unanswered = change(brent_lead, activity, **carried, internal_note=in_the_box)
    response = change(brent_lead, activity, **carried, internal_note=in_the_box, **{"internal_note-merge": choice})

    assert (unanswered.status_code, response.status_code) == (409, 302)
    saved = Activity.objects.get()
    assert (saved.internal_note, saved.attendance, saved.title) == (kept, 230, "Conference")
    notes = [field.after for step in history(activity) for field in step.fields if field.label == "Internal note"]
    assert "The head's note" in notes


def test_a_third_person_in_between_is_seen_too(brent_lead: User, brent_head: User) -> None:
    activity = logged(brent_lead)
    seen = opened_by(brent_lead, activity)
    change(brent_head, activity, internal_note="First")
    asked = change(brent_lead, activity, internal_note="Mine", opened=seen)
    carried = {name: asked.context["form"][name].value() for name in ("version", "opened")}
    change(brent_head, Activity.objects.get(), internal_note="Second")

    again = change(brent_lead, activity, **carried, internal_note="Mine", **{"internal_note-merge": "box"})

    [note] = again.context["form"].overtaken
    assert (note.stored, note.typed) == ("Second", "Mine")


def test_a_page_without_what_was_seen_shows_every_difference(brent_lead: User, brent_head: User) -> None:
    activity = logged(brent_lead)
    change(brent_head, activity, internal_note="The head's note", attendance="230")

    response = change(brent_lead, activity, opened="damaged{", starts_quarter="2026-27-Q1")

    assert {field.name for field in response.context["form"].overtaken} == {"internal_note", "attendance"}


def test_a_change_of_shares_alone_makes_a_late_save_stale(brent_lead: User, brent_head: User) -> None:
    opened = logged(brent_lead)
    change(brent_head, opened, joint_1=HARROW)

    assert change(brent_lead, opened, title="Late").status_code == 409


def test_a_borough_that_leads_no_longer_cannot_save(brent_lead: User, harrow_lead: User) -> None:
    activity = logged(brent_lead)
    with acting(brent_lead):
        activity.lead_borough_id = HARROW
        activity.save()

    assert change(brent_lead, activity).status_code == 404
    assert change(harrow_lead, activity, lead_borough=BRENT).context["form"].errors.keys() == {"lead_borough"}


def test_costs_are_kept_to_the_penny(brent_lead: User) -> None:
    activity = logged(brent_lead)

    change(brent_lead, activity, cost_actual="£3,150.50", cost_planned="3000")

    saved = Activity.objects.get()
    assert (saved.cost_actual, saved.cost_planned) == (Decimal("3150.50"), Decimal("3000.00"))


def test_another_kind_comes_with_its_answers(brent_lead: User, brent_head: User) -> None:
    activity = logged(brent_lead)
    seen = opened_by(brent_lead, activity)
    change(brent_head, activity, kind="structured_programme", **{"p-sessions": "3"})

    assert change(brent_lead, activity, place="Town hall", opened=seen).status_code == 302

    saved = Activity.objects.get()
    assert (saved.kind, saved.particulars, saved.place) == ("structured_programme", {"sessions": 3}, "Town hall")
