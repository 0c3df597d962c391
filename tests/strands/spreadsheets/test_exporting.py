"""Downloads of the list: exactly what is filtered, typed, defined, and of each row what the person may read."""

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import AccessRecord
from strands.models import ExportJob
from strands.spreadsheets.export import MEANINGS
from strands.tasks import forget_exports, write_export
from strands.views import activity_list
from tests import make
from tests.cast import BRENT, HARROW, as_


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def rows(client: Client, query: str = "") -> list[dict[str, Any]]:
    found = sheets(client.get(f"{reverse('activities_xlsx')}?{query}").content)["Activities"]
    return [dict(zip(found[1], line, strict=True)) for line in found[2:]]


def test_h2_the_workbook_holds_exactly_what_is_filtered_typed_and_defined(brent_lead: User) -> None:
    make.activity(title="Conference", attendance=200, cost_actual="3150.50")
    make.activity(title="Exercise", kind="exercise", strand_id="prepare")
    make.activity(title="Ealing walk", borough="E09000009")

    found = rows(as_(brent_lead), "strand=prevent")
    definitions = sheets(as_(brent_lead).get(reverse("activities_xlsx")).content)["Definitions"]

    assert [row["Title"] for row in found] == ["Conference"]
    assert (found[0]["Day or month"], found[0]["People"], found[0]["Cost in pounds"]) == (
        dt.date(2026, 5, 13),
        200,
        3150.5,
    )
    assert {line[0] for line in definitions[2:]} == set(found[0])
    assert all(line[1] for line in definitions[2:])


def test_every_column_of_the_download_is_defined(brent_lead: User) -> None:
    make.activity()

    assert set(rows(as_(brent_lead))[0]) == set(MEANINGS)


def test_the_workbook_holds_texts_and_never_formulas(brent_lead: User) -> None:
    make.activity(title='=HYPERLINK("http://x")', internal_note="  +44", public_sentence="@cmd")

    content = as_(brent_lead).get(reverse("activities_xlsx")).content

    row = rows(as_(brent_lead))[0]
    assert (row["Title"], row["Internal note"], row["Publishable sentence"]) == (
        '=HYPERLINK("http://x")',
        "  +44",
        "@cmd",
    )
    assert b"<f>" not in content


def test_detail_is_for_who_reads_it_in_full_and_leaves_a_record(brent_lead: User, member: User) -> None:
    make.activity(title="Open", internal_note="Ours")
    hidden = make.activity(title="Sensitive", marking="OFFICIAL-SENSITIVE")

    own, faces = rows(as_(brent_lead)), rows(as_(member))

    assert {row["Title"] for row in own} == {"Open", "Sensitive"}
    assert [row["Title"] for row in faces] == ["Open"]
    assert "Internal note" not in faces[0]
    assert [*AccessRecord.objects.values_list("user", "what")] == [(brent_lead.pk, f"activity {hidden.reference}")]


def asked(user: User, monkeypatch: pytest.MonkeyPatch, kind: str = "csv") -> ExportJob:
    monkeypatch.setattr(activity_list, "MOST_AT_ONCE", 1)
    client = as_(user)
    page = client.get(f"{reverse(f'activities_{kind}')}?strand=prevent")
    assert "Write the file" in page.content.decode()
    answer = client.post(reverse("activities_export_new"), {"query": "strand=prevent", "format": kind})
    job = ExportJob.objects.get()
    assert answer["Location"] == job.get_absolute_url()
    write_export(str(job.pk))
    return ExportJob.objects.get()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_download_is_written_by_a_worker(brent_lead: User, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    for _ in range(3):
        make.activity()
    make.activity(kind="exercise", strand_id="prepare")
    short = as_(brent_lead).get(f"{reverse(f'activities_{kind}')}?strand=prevent")

    job = asked(brent_lead, monkeypatch, kind)
    file = as_(brent_lead).get(reverse("activities_export_file", args=[job.pk]))

    assert (job.is_ready, job.rows, job.progress) == (True, 3, 100)
    if kind == "csv":
        assert file.content == short.content
    assert file["Content-Type"] == short["Content-Type"]
    assert file["Content-Disposition"].startswith("attachment")


def test_a_written_file_is_nobody_elses_and_not_for_changed_rights(
    brent_lead: User, brent_head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.activity(marking="OFFICIAL-SENSITIVE")
    make.activity()
    job = asked(brent_lead, monkeypatch)
    address = reverse("activities_export_file", args=[job.pk])

    assert as_(brent_head).get(address).status_code == 404
    assert as_(brent_lead).get(address).status_code == 200
    with acting(User.objects.portal()):
        grant = brent_lead.grants.get()
        grant.scope_key = HARROW
        grant.save()
    refused = as_(User.objects.get(pk=brent_lead.pk)).get(address)
    assert "Your access has changed" in refused.content.decode()
    actions = AccessRecord.objects.order_by("pk").values_list("action", flat=True)
    assert [*actions] == ["exported", "downloaded"]


def test_a_written_file_lasts_a_day(brent_lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make.activity()
    make.activity()
    job = asked(brent_lead, monkeypatch)
    ExportJob.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))

    page = as_(brent_lead).get(reverse("activities_export_file", args=[job.pk]))

    assert "older than a day" in page.content.decode()


def test_too_many_are_refused_with_advice(brent_lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        make.activity()
    monkeypatch.setattr("strands.spreadsheets.exporting.MOST", 2)

    job = asked(brent_lead, monkeypatch)

    assert job.is_parked
    assert "Choose a quarter or a borough" in job.reason


def test_a_long_list_goes_on_from_its_last_row(brent_lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contest_portal.ui.paging.CappedPaginator.MOST", 50)
    for number in range(60):
        make.activity(title=f"Workshop {number}", shares={BRENT: 100})
    client = as_(brent_lead)

    first = client.get(reverse("activities")).content.decode()
    last = client.get(f"{reverse('activities')}?page=2&words=workshop")
    onwards = client.get(reverse("activities") + last.context["older_address"])

    assert "Showing 1 to 25 of more than 50 activities" in first
    assert "Older activities" not in first
    assert "words=workshop" in last.context["older_address"]
    assert "Showing 1 to 10 of 10 activities" in onwards.content.decode()
    assert [row.title for row in onwards.context["page"]] == [f"Workshop {number}" for number in range(9, -1, -1)]


def test_what_may_no_longer_be_downloaded_is_forgotten(brent_lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make.activity()
    make.activity()
    job = asked(brent_lead, monkeypatch)

    forget_exports()
    assert ExportJob.objects.get().content != b""
    ExportJob.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
    forget_exports()

    assert bytes(ExportJob.objects.get().content) == b""
    page = as_(brent_lead).get(reverse("activities_export_file", args=[job.pk])).content.decode()
    assert "This file is older than a day" in page
