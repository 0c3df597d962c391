"""The template: what it offers, and the round trip of what is logged already."""

import datetime as dt
import io
import zipfile
from typing import Any

from django.urls import reverse
from python_calamine import CalamineWorkbook

from contest_portal.accounts.models import User
from strands.models import Activity
from tests import make
from tests.cast import BRENT, HARROW, as_
from tests.strands.spreadsheets.sheets import HEADINGS, checked, loaded, row, xlsx


def download(user: User, query: str = "") -> bytes:
    return as_(user).get(reverse("spreadsheet_template", args=[BRENT]) + query).content


def cells(content: bytes, sheet: str = "Activities") -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def test_the_template_has_headings_an_example_a_guide_definitions_and_lists(brent_lead: User) -> None:
    content = download(brent_lead)
    rows = cells(content)

    assert [heading.removesuffix(" *") for heading in rows[2][: len(HEADINGS)]] == HEADINGS
    assert rows[3][0] == "EXAMPLE"
    assert isinstance(rows[3][3], dt.date)
    assert any("Do not enter names" in line[0] for line in cells(content, "Guide") if line)
    assert ["Strand", "Prevent", ""] in cells(content, "Definitions")
    names = {words for line in cells(content, "Lists") for words in line}
    assert {"Brent", "Headcount", "at least", "OFFICIAL-SENSITIVE"} <= names
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page, book = (archive.read(f"xl/{part}.xml").decode() for part in ("worksheets/sheet1", "workbook"))
    assert page.count("<dataValidation ") == 60
    assert "<sheetProtection" in page
    assert 'name="Lists" sheetId="4" state="hidden"' in book


def test_the_lists_offer_only_boroughs_that_the_person_logs_for(brent_lead: User, harrow_lead: User) -> None:
    names = {words for line in cells(download(brent_lead), "Lists") for words in line}

    assert "Harrow" not in names
    assert as_(harrow_lead).get(reverse("spreadsheet_template", args=[BRENT])).status_code == 404


def test_the_empty_template_sent_back_has_nothing_to_load(brent_lead: User) -> None:
    job = checked(brent_lead, download(brent_lead))

    assert [problem["says"] for problem in job.problems] == [
        "There is no row to load. Fill in rows under the headings, and send the spreadsheet again."
    ]


def test_h3_what_is_logged_comes_back_as_it_went_out(brent_lead: User) -> None:
    loaded(
        brent_lead,
        xlsx([row(1, lead_share=60, other_shares="Harrow 25; Ealing 15"), row(2, title="=not a formula"), row(3)]),
    )
    make.activity(title="Next quarter", starts=dt.date(2026, 8, 1))
    make.activity(title="Somebody else’s", borough=HARROW)

    content = download(brent_lead, "?quarter=2026-27-Q1")
    job = checked(brent_lead, content)

    assert job.problems == []
    assert job.counts == {"new": 0, "changed": 0, "same": 3}
    assert Activity.objects.filter(version=0).count() == 5
