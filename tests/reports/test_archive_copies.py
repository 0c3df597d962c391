"""Archived papers as PDF and Word: everything in its order, as it was printed, and made by a worker."""

import io
import re
from typing import Any

import docx
import pytest
from django.urls import reverse
from pdfminer.high_level import extract_text_to_fp

from contest_portal.accounts.models import User
from contest_portal.core.jobs import JobState
from reports.models import ArchivedCopy, ArchivedPaper
from reports.rendering import archived_pdf, archived_word, confined
from reports.rendering.archived_copies import copy_text, make
from tests.cast import as_
from tests.reports.conformance import assert_conforms
from tests.reports.old_papers import BROCHURE, REPORT_2009, REPORT_2011
from tests.reports.test_archive_pages import in_order, keep

pytestmark = pytest.mark.django_db
ORDER = [
    *("Report: 7", "By: Director of Parks", "A. Recommendation", "That", "1.", "Members note", "2.", "Members ask"),
    *("B. Supporting information", "2.", "Each team", "•", "a sergeant", "•", "six constables", "How the year went."),
    *("3.", "4.", "C. Other", "1.", "Nothing to add", "2.", "D. Background papers", "None", "D. Contact details"),
]


def said(text: str) -> str:
    return " ".join(text.split())


def drawn_text(pdf: bytes) -> str:
    """In the order in which it was drawn."""
    text = io.StringIO()
    extract_text_to_fp(io.BytesIO(pdf), text, laparams=None)
    return text.getvalue()


def squeezed(text: str) -> str:
    """Without white space, which a PDF need not keep."""
    return "".join(text.split())


def word_of(paper: ArchivedPaper) -> Any:
    return docx.Document(io.BytesIO(archived_word.document(copy_text(paper))))


def test_the_pdf_has_every_letter_number_and_bullet_in_order_and_conforms() -> None:
    paper = keep(REPORT_2011.replace("Nothing to add", "Nothing \u2603 to add"), title="Safer parks", year=2011)

    pdf = archived_pdf.document(copy_text(paper))

    assert_conforms(pdf)
    text = squeezed(drawn_text(pdf))
    assert in_order([squeezed(word.replace("Nothing to add", "Nothing ¤ to add")) for word in ORDER], text)
    assert squeezed("Signs that cannot be printed stand as ¤ or •: U+2603.") in text
    assert squeezed("replaced by the Mayor's Office for Policing and Crime on 16 January 2012") in text
    assert "Feedback" not in text


def test_the_word_file_has_every_letter_number_and_bullet_as_text() -> None:
    word = word_of(keep(REPORT_2011, title="Safer parks", year=2011))

    assert in_order(ORDER, said("\n".join(paragraph.text for paragraph in word.paragraphs)))
    headings = [paragraph.text for paragraph in word.paragraphs if re.match("Heading|Title", paragraph.style.name)]
    assert headings[:4] == [
        "Safer parks: progress in the first year",
        "Summary",
        "A. Recommendation",
        "B. Supporting information",
    ]
    assert "Feedback" not in [paragraph.text for paragraph in word.paragraphs]
    assert word.sections[0].header.paragraphs[0].text == "OFFICIAL"


def test_tables_of_a_brochure_are_tables_in_the_word_file() -> None:
    word = word_of(keep(BROCHURE, body="metropolitan-police-service", title="The River Police", year=2018))

    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
    assert tables[1] == [["Month", "Calls"], ["May", "31"], ["June", "28"]]
    assert len(tables) == 2
    assert word.paragraphs[0].text == "Metropolitan Police Service"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> ArchivedPaper:
    """Both copies made by a worker, with a PDF that costs nothing."""
    settings.PORTAL_DOCUMENTS = tmp_path
    monkeypatch.setattr("reports.rendering.archived_copies.confined", lambda text, report, document: b"%PDF-1.7")
    paper = keep(REPORT_2009, title="Night buses", year=2009)
    for copy in paper.copies.all():
        make(ArchivedCopy.objects.claim(copy.pk))
    return paper


def test_both_copies_are_made_when_the_paper_is_kept_and_downloaded_by_every_role(
    made: ArchivedPaper, member: User
) -> None:
    browser = as_(member)
    page = browser.get(made.get_absolute_url()).content.decode()
    for copy in made.copies.all():
        assert copy.get_absolute_url() in page
        assert "Download the file" in browser.get(copy.get_absolute_url()).content.decode()
        file = browser.get(reverse("archived_copy_file", args=[copy.pk]))
        assert f'filename="report-5-night-buses-OFFICIAL.{copy.format}"' in file["Content-Disposition"]
        assert len(file.content) == copy.size


def test_a_copy_that_stopped_says_why_and_is_made_again(secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any) -> bytes:
        raise confined.Failed("It took too long.")

    monkeypatch.setattr("reports.rendering.archived_copies.confined", fails)
    copy = keep(REPORT_2009, title="Night buses", year=2009).copies.get(format="pdf")
    for _ in range(3):
        make(ArchivedCopy.objects.claim(copy.pk))

    browser = as_(secretary)
    assert "It took too long." in browser.get(copy.get_absolute_url()).content.decode()
    assert browser.get(reverse("archived_copy_file", args=[copy.pk])).status_code == 302
    browser.post(reverse("archived_copy_retry", args=[copy.pk]))
    assert ArchivedCopy.objects.get(pk=copy.pk).state == JobState.QUEUED
    again = browser.post(reverse("archived_copy_retry", args=[copy.pk]))
    assert again.status_code == 409
