"""The archive: papers brought in by the command, whose they are, and what is odd in them."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from contest_portal.core.text_lines import text_lines
from reports.models import ArchivedPaper, ArchiveFlag
from reports.workflow.archiving import resolve_flag
from tests import cast
from tests.reports.old_papers import BRIEFING, BROCHURE, NOTE, REPORT_2009, REPORT_2011
from tests.reports.word_files import word_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(tmp_path: Path) -> Any:
    """Bring a text into the archive by the command, as the secretary; what it printed."""

    def bring(text: str | bytes, *options: str, name: str = "old.txt", by: str = "secretary") -> str:
        file, printed = tmp_path / name, io.StringIO()
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        call_command("import_paper", str(file), *options, "--by", f"{by}@demo.example", stdout=printed)
        return printed.getvalue()

    return bring


def test_the_command_keeps_a_paper_under_the_body_of_its_day(bring: Any) -> None:
    printed = bring(BRIEFING.replace("17/", "11/"))

    paper = ArchivedPaper.objects.get()
    assert printed.startswith(
        "Kept: MPA briefing paper 11 of 2009, “Bicycles in custody”, of Metropolitan Police Authority."
    )
    assert paper.body_then == "Metropolitan Police Authority"
    assert (paper.series, paper.year, paper.serial, paper.printed_number) == ("MPA briefing paper", 2009, 11, "11/09")
    assert str(paper.written_on) == "2009-07-03"
    assert paper.imported_by == cast.person("secretary")
    assert paper.history.get().history_change_reason == "Brought into the archive"


def test_check_prints_what_would_be_read_and_keeps_nothing(bring: Any) -> None:
    printed = bring(REPORT_2011, "--check")

    assert not ArchivedPaper.objects.exists()
    assert "section         D. Contact details" in printed
    assert "Send an e-mail linking to this page" in printed.split("Set aside:")[1]
    assert "2 flags for a person to look at." in printed


def test_a_body_that_the_file_does_not_name_is_named_by_an_option(bring: Any) -> None:
    with pytest.raises(CommandError, match="does not say whose paper it is"):
        bring(NOTE)
    with pytest.raises(CommandError, match="There is no body “nobody”"):
        bring(NOTE, "--body", "nobody")

    bring(NOTE, "--body", "council-westminster", "--title", "Wardens of the streets")
    paper = ArchivedPaper.objects.get()
    assert (str(paper), paper.body_then, paper.year) == ("Wardens of the streets", "Westminster City Council", 2014)


def test_the_year_of_a_paper_without_a_day_is_an_option(bring: Any) -> None:
    bring(BROCHURE, "--body", "metropolitan-police-service", "--year", "2018")

    assert ArchivedPaper.objects.get().year == 2018


def test_a_paper_is_kept_once(bring: Any) -> None:
    bring(REPORT_2009)

    with pytest.raises(CommandError, match="in the archive already: “Night buses”"):
        bring(REPORT_2009.replace("\n\n", "\n\n\n"))
    bring(REPORT_2009.replace("N29", "N19"))
    same = ArchiveFlag.objects.get(kind="number")
    assert same.text == "“Night buses” is in the archive under the same number."


def test_a_paper_that_was_not_public_is_not_kept(bring: Any) -> None:
    for marking in ("RESTRICTED", "Official-Sensitive", "Not for publication (paragraph 3)"):
        with pytest.raises(CommandError, match="Only papers that were public"):
            bring(f"{marking}\n\n{REPORT_2009}")


def test_only_those_who_keep_the_archive_bring_papers_in(bring: Any) -> None:
    bring(REPORT_2009, by="admin")

    with pytest.raises(CommandError, match="Only board secretaries and administrators"):
        bring(REPORT_2011, by="analyst")


def test_the_database_refuses_another_text(bring: Any) -> None:
    bring(REPORT_2009)
    paper = ArchivedPaper.objects.get()
    paper.title = "Day buses"

    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        acting(cast.person("secretary")),
    ):
        paper.save()


def test_a_flag_is_resolved_once_and_the_text_stays(bring: Any) -> None:
    bring(REPORT_2009)
    secretary = cast.person("secretary")
    flag = ArchiveFlag.objects.get(kind="stop")
    content = flag.paper.content

    with acting(secretary):
        resolve_flag(flag, "So in the printed copy too.", by=secretary)
    with pytest.raises(Refused, match="already"):
        resolve_flag(ArchiveFlag.objects.get(pk=flag.pk), "Again", by=secretary)
    assert ArchivedPaper.objects.get().content == content
    assert ArchiveFlag.objects.open().filter(kind="stop").count() == 0


@pytest.mark.parametrize("words", ["11/09", "11/2009", "briefing 11 of 2009", "MPA briefing paper 11/09", "bicycles"])
def test_edge_10_search_accepts_the_number_however_it_is_written(bring: Any, words: str) -> None:
    bring(BRIEFING.replace("17/", "11/"))
    bring(REPORT_2011)

    assert [str(paper) for paper in ArchivedPaper.objects.found_by(words)] == ["Bicycles in custody"]


def test_edge_10_the_list_is_sorted_by_year_and_number(bring: Any) -> None:
    for serial, year in ((9, 2009), (23, 2009), (1, 2010), (24, 2009)):
        text = BRIEFING.replace("17/09", f"{serial}/{year % 100:02}").replace("17/2009", f"{serial}/{year}")
        bring(text.replace("3 July 2009", f"3 July {year}"))

    assert [paper.printed_number for paper in ArchivedPaper.objects.listed()] == ["1/10", "24/09", "23/09", "9/09"]


# --- pages and Word files -----------------------------------------------------------------------

PAGE = """<!doctype html><html><head><title>Not said</title><style>p {}</style></head><body>
<nav>You are in: <a href=/>Home</a></nav><h1>Night buses</h1><p>Report: 5<br>Date: 12 February 2009</p>
<h2>A. Recommendation</h2><p>That members note it.</p><h2>B. Supporting information</h2>
<ol start="3"><li>Patrols were doubled:<ul><li>on the N29</li><li><p>on the N73</p></ul><li>And more.</ol>
<img src="bus.png" alt="A bus"><table><tr><th>Route</th><th>Trips</th></tr><tr><td>N29<td> 4 </table>
<footer>Feedback</footer><script>alert(1)</script></body></html>"""


def test_a_page_is_read_with_the_numbers_and_bullets_that_a_browser_prints() -> None:
    found = text_lines("old.html", PAGE.encode())

    assert found.refusal == ""
    assert [line for line in found.lines if line[0]] == [
        *(("You are in: Home", "furniture"), ("Night buses", "h1"), ("Report: 5", ""), ("Date: 12 February 2009", "")),
        *(("A. Recommendation", "h2"), ("That members note it.", ""), ("B. Supporting information", "h2")),
        *(("3. Patrols were doubled:", ""), ("• on the N29", ""), ("• on the N73", ""), ("4. And more.", "")),
        *(("[Picture: A bus]", "unread"), ("Route\tTrips", "row"), ("N29\t4", "row"), ("Feedback", "furniture")),
    ]


def test_a_word_file_is_read_with_the_numbers_that_word_prints(bring: Any) -> None:
    found = text_lines("old.docx", word_file())

    assert found.refusal == ""
    assert [line for line in found.lines if line[0]] == [
        *(("Published in 2009", "furniture"), ("Night buses", "h1"), ("A. Recommendation", "h2")),
        *(("1. Patrols were doubled:", ""), ("a) on the N29", ""), ("b) on the N73", ""), ("2. And more.", "")),
        *(("• A point", ""), ("Route\tTrips", "row"), ("N29\t4", "row"), ("Seen twice.", "unread")),
    ]
    bring(word_file(), "--body", "metropolitan-police-authority", name="old.docx")
    assert ArchivedPaper.objects.get().title == "Night buses"


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("old.pdf", b"%PDF-1.4", "must be plain text"),
        ("old.txt", b"%PDF-1.4 and so on", "not plain text"),
        ("old.txt", b"", "is empty"),
        ("old.txt", b" \n \n", "no text"),
        ("old.txt", b"a\x00b\x01c\x02", "not plain text"),
        ("old.txt", b"<html><p>Words</p>", "ends in .html"),
        ("old.txt", b"x" * 30_000, "far too long"),
        ("old.html", b"no page at all", "not a page"),
        ("old.docx", b"PK\x03\x04 and no more", "damaged"),
        ("old.docx", word_file(changed=True), "suggested changes"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(name: str, content: bytes, refusal: str) -> None:
    assert refusal in text_lines(name, content).refusal


def test_letters_of_windows_are_read_and_said_to_be() -> None:
    found = text_lines("old.txt", "Costs: £5 – “about”".encode("cp1252"))

    assert found.lines == [("Costs: £5 – “about”", "")]
    assert "read as those of Windows" in found.notes[0]
