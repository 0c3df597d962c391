"""Spreadsheets as people send them, made in code."""

import datetime as dt
import io
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from xlsxwriter import Workbook

from contest_portal.accounts.models import User
from strands.models import ImportJob
from strands.spreadsheets.columns import COLUMNS, SHEET
from strands.spreadsheets.lines import letter
from strands.spreadsheets.questions import QUESTION_COLUMNS
from strands.tasks import work_on_spreadsheet
from tests.cast import as_

KEYS = [column.key for column in COLUMNS]
HEADINGS = [column.heading for column in COLUMNS]
FIRST = 2
Write = Callable[[Any, Any], None]


def row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One that is right in every way."""
    cells = {
        "title": f"Workshop {number}",
        "kind": "Community event, workshop or conference",
        "starts": dt.date(2026, 5, 13),
        "status": "Delivered",
        "attendance": 40,
        "attendance_qualifier": "at least",
        "attendance_basis": "Headcount",
        "lead_borough": "Brent",
        "objectives": "2023-PV-2",
        "cost_actual": 3150,
        "public_sentence": "A workshop brought people together.",
        "internal_note": "Ask for a second hall.",
        "marking": "OFFICIAL",
    }
    return cells | changes


def cell(key: str, row_number: int) -> str:
    return f"{letter(KEYS.index(key))}{row_number}"


def xlsx(
    rows: Iterable[dict[str, Any]], *, sheet: str = SHEET, headings: list[str] | None = None, then: Write | None = None
) -> bytes:
    """The first row is in line 2, under the headings; questions of kinds come last. `then` writes what no
    plain value can say.
    """
    filled = list(rows)
    keys = [*KEYS, *dict.fromkeys(key for cells in filled for key in cells if key not in KEYS)]
    into = io.BytesIO()
    book = Workbook(into, {"in_memory": True})
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_row(0, 0, headings or [*HEADINGS, *(QUESTION_COLUMNS[key].heading for key in keys[len(KEYS) :])])
    for number, cells in enumerate(filled, start=1):
        for key, value in cells.items():
            if isinstance(value, dt.date):
                page.write_datetime(number, keys.index(key), value, day)
            elif isinstance(value, str):
                page.write_string(number, keys.index(key), value)
            elif value is not None:
                page.write(number, keys.index(key), value)
    if then:
        then(book, page)
    book.close()
    return into.getvalue()


def send(user: User, content: bytes, name: str = "activities.xlsx", **typed: Any) -> Any:
    file = SimpleUploadedFile(name, content)
    sent = {"file": file, "form_key": str(uuid4()), "no_personal_data": "on"} | typed
    return as_(user).post(reverse("spreadsheet"), sent)


def checked(user: User, content: bytes, name: str = "activities.xlsx") -> ImportJob:
    response = send(user, content, name)
    assert response.status_code == 302, response.context["form"].errors
    return worked(ImportJob.objects.get(pk=response["Location"].rstrip("/").rpartition("/")[2]))


def loaded(user: User, content: bytes, name: str = "activities.xlsx") -> ImportJob:
    job = checked(user, content, name)
    assert not job.problems, job.problems
    as_(user).post(reverse("spreadsheet_load", args=[job.pk]), {"no_people": "on"})
    return worked(job)


def worked(job: ImportJob) -> ImportJob:
    """As a worker would do it, with what is queued."""
    work_on_spreadsheet(str(job.pk))
    return ImportJob.objects.get(pk=job.pk)


def told(job: ImportJob) -> dict[str, str]:
    return {problem["cell"] or problem["where"]: problem["says"] for problem in job.problems}
