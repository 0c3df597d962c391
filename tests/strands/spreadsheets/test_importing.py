"""A spreadsheet of activities: every fault by its cell at once, nothing half-loaded, and never the same twice."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import LedgerEntry
from contest_portal.notifications.models import Message
from strands.models import Activity, ActivityShare, ImportJob
from tests import make
from tests.cast import HARROW, as_
from tests.strands.measuring import measure
from tests.strands.planned import deliverable
from tests.strands.spreadsheets import faults
from tests.strands.spreadsheets.sheets import HEADINGS, KEYS, cell, checked, loaded, row, told, worked, xlsx


def test_a10_forty_planted_faults_are_told_by_cell_in_one_pass_and_nothing_is_loaded(brent_lead: User) -> None:
    make.activity(title="Workshop 1", reference=faults.LOGGED)
    before = Activity.objects.count()

    job = checked(brent_lead, xlsx(faults.rows(), then=faults.then))

    found, wanted = told(job), faults.expected()
    assert len(wanted) >= 40
    assert {where: found.get(where) for where in wanted if wanted[where] not in found.get(where, "")} == {}
    assert sorted(found.keys() - wanted.keys()) == []
    assert all(problem["where"].startswith("Activities, row ") for problem in job.problems)
    assert Activity.objects.count() == before


def test_a10_the_mended_spreadsheet_loads_once_and_loading_it_again_changes_nothing(brent_lead: User) -> None:
    mended = xlsx([row(number) for number in range(1, 41)])

    first = loaded(brent_lead, mended)
    entries = LedgerEntry.objects.count()
    again = checked(brent_lead, mended, "renamed.xlsx")

    assert first.is_loaded
    assert first.counts == {"new": 40, "changed": 0, "same": 0}
    assert Activity.objects.count() == 40
    assert again.counts == {"new": 0, "changed": 0, "same": 40}
    assert again.why_not_load == "Everything in this spreadsheet is in the log already. There is nothing to load."
    assert LedgerEntry.objects.count() == entries


def test_a_loaded_activity_is_what_the_form_would_have_made(brent_lead: User) -> None:
    line, trained = deliverable(), measure("PV-03")
    full = row(
        deliverables=line.reference,
        measures="PV-03",
        ends=dt.date(2026, 5, 14),
        lead_share=60,
        other_shares="Harrow 25; Ealing 15",
        other_strands="Protect",
        partners="Metropolitan Police Service",
        audience="Women's groups; Parents",
        outcome_level="Learning was measured",
        cost_planned="£3,000.50",
        place="Civic Centre",
    )

    loaded(brent_lead, xlsx([full]))

    made = Activity.objects.get()
    assert made.reference == "BEN/2026-27/0001"
    assert (made.strand_id, made.attendance, made.attendance_qualifier, made.outcome_level) == (
        "prevent",
        40,
        "at_least",
        2,
    )
    assert (made.ends, made.audience, str(made.cost_planned)) == (dt.date(2026, 5, 14), ["women", "parents"], "3000.50")
    assert {share.borough.name: int(share.percent) for share in made.shares.all()} == {
        "Brent": 60,
        "Harrow": 25,
        "Ealing": 15,
    }
    assert [link.objective.code for link in made.objective_links.all()] == ["2023-PV-2"]
    assert [link.strand_id for link in made.strand_links.all()] == ["protect"]
    assert [link.deliverable for link in made.deliverable_links.all()] == [line]
    assert [link.measure for link in made.measure_links.all()] == [trained]
    again = checked(brent_lead, xlsx([full | {"reference": made.reference}]))
    assert again.counts == {"new": 0, "changed": 0, "same": 1}
    wrong = row(2, deliverables="XX/9", measures="PV-03", starts=dt.date(2026, 3, 31), objectives=None)
    says = told(checked(brent_lead, xlsx([wrong])))
    assert "is not a deliverable" in says[cell("deliverables", 2)]
    assert "“PV-03” was not in force on 31 March 2026." in says[cell("measures", 2)]
    assert [link.organisation.name for link in made.partner_links.all()] == ["Metropolitan Police Service"]


def test_history_and_ledger_of_each_row_have_author_reason_and_request(brent_lead: User) -> None:
    loaded(brent_lead, xlsx([row(1), row(2, lead_share=60, other_shares="Harrow")]), "summer.xlsx")

    for made in Activity.objects.all():
        image = made.history.get()
        assert (image.history_user, image.history_change_reason, image.history_type) == (
            brent_lead,
            "Spreadsheet summer.xlsx",
            "+",
        )
        entry = LedgerEntry.objects.get(table="strands_activity", key=str(made.pk))
        assert (entry.actor, entry.reason, entry.operation) == (str(brent_lead.pk), "Spreadsheet summer.xlsx", "I")
        assert entry.request_id == image.request_id != ""
    assert ActivityShare.objects.count() == ActivityShare.history.count() == 3
    assert LedgerEntry.objects.filter(table="strands_activityshare").count() == 3


def test_a_row_with_its_reference_changes_that_activity_with_history(brent_lead: User) -> None:
    loaded(brent_lead, xlsx([row(1), row(2), row(3)]))
    references = sorted(Activity.objects.values_list("reference", flat=True))
    rows = [row(number, reference=reference) for number, reference in enumerate(references, start=1)]
    rows[1] |= {"attendance": 55, "other_shares": "Harrow 40"}

    check = checked(brent_lead, xlsx([*rows, row(4)]))
    loaded(brent_lead, xlsx([*rows, row(4)]), "corrected.xlsx")

    assert check.counts == {"new": 1, "changed": 1, "same": 2}
    assert check.result["changes"] == [
        {"reference": references[1], "row": 3, "fields": ["Number of people", "Other boroughs and shares"]}
    ]
    changed = Activity.objects.get(reference=references[1])
    assert (changed.attendance, changed.version, changed.history.count()) == (55, 1, 2)
    assert changed.history.latest().history_change_reason == "Spreadsheet corrected.xlsx"
    assert Activity.objects.count() == 4


def test_a_row_of_something_logged_already_asks_for_its_reference(brent_lead: User) -> None:
    loaded(brent_lead, xlsx([row(1)]))

    job = checked(brent_lead, xlsx([row(1, attendance=55)]))

    assert "It is logged already as BEN/2026-27/0001" in told(job)[cell("title", 2)]


def test_what_somebody_changed_since_is_not_put_back_by_the_old_spreadsheet(brent_lead: User) -> None:
    content = xlsx([row(1)])
    loaded(brent_lead, content)
    found = Activity.objects.get()
    loaded(brent_lead, xlsx([row(1, reference=found.reference, attendance=70)]))

    assert checked(brent_lead, content).counts == {"new": 0, "changed": 0, "same": 1}


def test_the_same_activity_twice_in_one_spreadsheet_is_a_problem(brent_lead: User) -> None:
    job = checked(brent_lead, xlsx([row(1), row(1)]))

    assert told(job) == {
        cell("title", 3): "Row 2 has the same title, date and borough. Keep one, or tell them apart by title."
    }


def test_a_reference_of_another_borough_tells_no_more_than_one_that_does_not_exist(brent_lead: User) -> None:
    other = make.activity(borough=HARROW, title="Secret garden")

    job = checked(brent_lead, xlsx([row(1, reference=other.reference), row(2, reference="TST/2026-27/9999")]))

    says = set(told(job).values())
    assert {words.replace(other.reference, "X").replace("TST/2026-27/9999", "X") for words in says} == {
        "You may change no activity X. Correct it, or leave it empty for a new one."
    }


def test_rights_are_those_of_the_moment_of_loading(brent_lead: User) -> None:
    job = checked(brent_lead, xlsx([row(1)]))
    as_(brent_lead).post(reverse("spreadsheet_load", args=[job.pk]))
    grant = brent_lead.grants.get()
    grant.ends = dt.date(2021, 1, 1)
    with acting(User.objects.portal()):
        grant.save()

    job = worked(job)

    assert job.is_parked
    assert job.reason == "You no longer have a role that logs activities, so the spreadsheet was not loaded."
    assert not Activity.objects.exists()


def test_what_changed_between_check_and_load_is_shown_before_anything_is_loaded(brent_lead: User) -> None:
    job = checked(brent_lead, xlsx([row(1), row(2)]))
    loaded(brent_lead, xlsx([row(1)]))
    as_(brent_lead).post(reverse("spreadsheet_load", args=[job.pk]))

    job = worked(job)

    assert not job.is_loading
    assert job.result["again"]
    assert job.counts == {"new": 1, "changed": 0, "same": 1}
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("headings", "says"),
    [
        (["Apples", "Pears"], "The row of headings is missing."),
        (["Titel"], "“Titel” is no heading of the template"),
    ],
)
def test_headings_that_are_not_those_of_the_template(brent_lead: User, headings: list[str], says: str) -> None:
    names = [column for column in HEADINGS if column != "Title"] if len(headings) == 1 else []

    job = checked(brent_lead, xlsx([row(1)], headings=[*headings, *names]))

    assert any(says in problem["says"] for problem in job.problems)


def test_a_missing_column_and_a_missing_sheet_are_named(brent_lead: User) -> None:
    without = [heading if heading != "Status" else "" for heading in HEADINGS]

    column = checked(brent_lead, xlsx([row(1)], headings=without))
    sheet = checked(brent_lead, xlsx([row(1)], sheet="Sheet1"))

    assert [problem["says"] for problem in column.problems] == [
        "The column “Status” is missing. Put it back, or copy your rows into a new template."
    ]
    assert "The file has no sheet named “Activities”, only “Sheet1”." in sheet.problems[0]["says"]


def test_a_csv_is_read_like_the_workbook(brent_lead: User) -> None:
    lines = [",".join(f'"{heading}"' for heading in HEADINGS)]
    values: dict[str, Any] = row(1, starts="13/05/2026", title="'=Sum of parts")
    lines.append(",".join(f'"{values.get(key, "")}"' for key in KEYS))

    loaded(brent_lead, "\r\n".join(lines).encode(), "activities.csv")

    assert Activity.objects.get().title == "=Sum of parts"


def test_words_that_may_be_about_a_person_are_asked_about_and_go_through_once_answered(brent_lead: User) -> None:
    job = checked(brent_lead, xlsx([row(1, internal_note="The subject was discussed.")]))
    load = reverse("spreadsheet_load", args=[job.pk])

    page = as_(brent_lead).post(load)
    assert "Confirm that none of these words is about a person" in page.content.decode()
    as_(brent_lead).post(load, {"no_people": "on"})

    assert worked(job).is_loaded


def test_every_problem_names_no_more_of_personal_data_than_its_kind(brent_lead: User) -> None:
    job = checked(brent_lead, xlsx([row(1, internal_note="NI number AB 12 34 56 C")]))

    assert "AB 12 34 56 C" not in str(job.result)


def test_nobody_sees_the_spreadsheet_of_a_colleague(brent_lead: User, brent_head: User) -> None:
    job = checked(brent_lead, xlsx([row(1)]))

    assert as_(brent_head).get(job.get_absolute_url()).status_code == 404
    assert as_(brent_head).post(reverse("spreadsheet_load", args=[job.pk])).status_code == 404
    assert not ImportJob.objects.visible_to(brent_head).exists()


def test_partner_boroughs_are_told_once_of_a_whole_spreadsheet(brent_lead: User, harrow_lead: User) -> None:
    joint = {"lead_share": 60, "other_shares": "Harrow 40"}

    loaded(brent_lead, xlsx([row(1), *(row(number, **joint) for number in range(2, 7))]))
    reference = Activity.objects.earliest("pk").reference
    changed = [row(1, reference=reference, **joint)]
    loaded(brent_lead, xlsx(changed))

    messages = Message.objects.visible_to(harrow_lead).filter(about="joint_activity").order_by("pk")
    assert [message.subject for message in messages] == [
        "5 activities: joint work with your borough",
        f"{reference}: joint work with your borough",
    ]
    assert "BEN/2026-27/0002, BEN/2026-27/0003, BEN/2026-27/0004 and 2 more" in messages[0].text
    assert "Showing 1 to 6 of 6 activities" in as_(harrow_lead).get(messages[0].link).content.decode()
    assert not Message.objects.visible_to(brent_lead).filter(about="joint_activity").exists()
