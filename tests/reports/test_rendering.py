"""The paper as PDF: what each page says, that it conforms, and that the same snapshot is always the same file."""

import hashlib
import os
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pydyf
import pytest
from django.conf import settings

from reports.rendering import fonts
from reports.rendering.contents import MOST_ROWS, parts_of, prose
from reports.rendering.pdf import document
from reports.rendering.writing import AMBIGUOUS, write
from tests.reports.conformance import assert_conforms
from tests.reports.reading import elements_of, marked_and_reached, pages_of
from tests.reports.sample_snapshot import TABLE, canonical, sample, snapshot

ROOT = Path(__file__).parents[2]


@cache
def paper() -> bytes:
    return document(sample())


def test_every_page_carries_marking_report_number_and_content_hash() -> None:
    digest = hashlib.sha256(sample().encode()).hexdigest()
    pages = pages_of(paper())

    assert len(pages) == 5
    for number, text in enumerate(pages, start=1):
        assert text.count("OFFICIAL") >= 2
        assert f"Page {number} of 5" in text
        assert "Report 6" in text
        assert f"Content {digest[:4]} {digest[4:8]} {digest[8:12]}" in text


def test_official_sensitive_paper_says_so_on_every_page() -> None:
    pages = pages_of(document(sample(marking="OFFICIAL-SENSITIVE")))

    assert all(text.count("OFFICIAL-SENSITIVE") >= 2 for text in pages)


def test_paper_is_as_sensitive_as_its_most_sensitive_figure() -> None:
    content = snapshot()
    content["figures"] = [content["figures"][0] | {"marking": "OFFICIAL-SENSITIVE"}, *content["figures"][1:]]

    pages = pages_of(document(canonical(content)))

    assert all(text.count("OFFICIAL-SENSITIVE") >= 2 for text in pages)


def test_first_page_has_the_head_of_a_committee_report() -> None:
    text = pages_of(paper())[0]

    expected = [
        "Report 6 of the 17 September 2026 meeting of the London CONTEST Board",
        "Delivery of CONTEST in London: quarter one of 2026/27",
        "Report: 6",
        "Date: 17 September 2026",
        "By: Performance analyst on behalf of the board’s secretariat",
        "Summary",
        "A. Recommendation",
        "B. Supporting information",
    ]
    assert [words for words in expected if words not in text] == []


def test_figures_in_a_sentence_lead_to_their_passports() -> None:
    pages = pages_of(paper())

    assert "309 [F1] activities" in pages[0]
    assert "at least 4,310 [F2] people" in pages[0]
    with pikepdf.open(BytesIO(paper())) as opened:
        names = opened.Root.Names.Dests.Names
    assert {f"figure-{n}" for n in range(1, 6)} <= {str(name) for name in list(names)[::2]}


def test_last_section_gives_each_figure_its_passport() -> None:
    text = " ".join(pages_of(paper())[3:])

    expected = [
        "F2. People who attended",
        "at least 4,310",
        "Q1 2026/27 (April to June 2026)",
        "33 London local authority areas",
        "28 of 33 returns accepted",
        "7 September 2026 at 9:00am",
    ]
    assert [words for words in expected if words not in text] == []


def test_paper_names_itself_and_its_language_and_has_bookmarks() -> None:
    with pikepdf.open(BytesIO(paper())) as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert str(opened.docinfo.Title) == "Report 6: Delivery of CONTEST in London: quarter one of 2026/27"
        assert "OFFICIAL" in str(opened.docinfo.Keywords)
        with opened.open_outline() as outline:
            titles = [item.title for item in outline.root[0].children]

    assert titles == [
        "Summary",
        "A. Recommendation",
        "B. Supporting information",
        "C. Other organisational and community implications",
        "D. Background papers",
        "E. Contact details",
        "Figures in this paper",
    ]


def test_paper_is_set_in_our_own_fonts_alone() -> None:
    with pikepdf.open(BytesIO(paper())) as opened:
        names = {str(found.BaseFont) for found in opened.objects if _is_font(found)}

    assert names
    assert all("+Portal-Inter" in name for name in names)


def _is_font(found: object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Font"


def test_paper_is_accessible_and_archival() -> None:
    assert_conforms(paper())


def test_e14_the_numbers_of_its_figures_are_in_the_file_as_csv() -> None:
    with pikepdf.open(BytesIO(paper())) as opened:
        attached = opened.attachments["numbers-6.csv"].get_file().read_bytes().decode()

    assert "F2,People who attended" in attached
    assert 'F4,"Activities and attendance by borough, Q1 2026/27",Brent,Activities,' in attached


def test_structure_reaches_everything_on_every_page() -> None:
    marked, reached = marked_and_reached(paper())
    margins = {number: len(ids - reached[number]) for number, ids in marked.items()}

    assert all(reached[number] for number in marked)
    # Beside it there are only the words in the margins: marking twice, report, hash and page, and the running head.
    assert margins == {0: 5, 1: 7, 2: 7, 3: 7, 4: 7}


def test_tables_have_header_cells_and_charts_have_words() -> None:
    elements = elements_of(paper())
    kinds = [kind for kind, _ in elements]

    assert kinds.count("/Table") == 1 + 1 + 5  # the boroughs, the numbers in the chart, the passports
    assert kinds.count("/Caption") == 2
    assert kinds.count("/H1") == 1
    assert [alt for kind, alt in elements if kind == "/Figure"] == [
        "Bar chart of activities by strand: Pursue 21, Prevent 94, Protect 28, Prepare 32."
    ]


def test_long_table_is_cut_into_even_parts_with_the_total_last() -> None:
    rows = [{"label": f"Row {n}", "cells": ["1", "2", "3"]} for n in range(MOST_ROWS * 2 + 1)]

    parts = list(parts_of(TABLE | {"rows": rows}))

    assert [len(part["rows"]) for part in parts] == [27, 27, 27]
    assert [part["continued"] for part in parts] == [False, True, True]
    assert [part.get("total") is not None for part in parts] == [False, False, True]


def test_table_over_two_pages_repeats_its_header() -> None:
    content = snapshot()
    rows = [{"label": f"Place {n}", "cells": ["1", "2", "3"]} for n in range(90)]
    content["sections"][1] = content["sections"][1] | {"blocks": [TABLE | {"rows": rows}]}

    pages = [text for text in pages_of(document(canonical(content))) if "Place" in text]

    assert len(pages) >= 3
    assert all("People who attended" in text for text in pages)


def test_same_snapshot_gives_the_same_bytes_in_another_process() -> None:
    program = (
        "import django, hashlib; django.setup()\n"
        "from reports.rendering.pdf import document\n"
        "from tests.reports.sample_snapshot import sample\n"
        "print(hashlib.sha256(document(sample())).hexdigest())"
    )
    other = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "DJANGO_SETTINGS_MODULE": "contest_portal.settings"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | other, check=True, capture_output=True, text=True)

    assert done.stdout.strip() == hashlib.sha256(paper()).hexdigest()


def test_same_snapshot_gives_the_same_bytes_again() -> None:
    document(sample(title="Another paper in between"))

    assert document(sample()) == paper()


def test_no_stream_ends_as_if_its_last_byte_were_a_line_end() -> None:
    """One packed stream in 256 would, and so would the small objects of one file in 256."""
    contents = [b"%d" % n for n in range(99_000, 99_600)]
    streams = [pydyf.Stream([content], compress=True) for content in contents]
    titles = ["!" * n for n in range(256)]

    many, *others = _written_with("Many", *streams), *map(_written_with, titles)

    assert any(stream.data.endswith(AMBIGUOUS) for stream in streams)
    assert not any(AMBIGUOUS in file for file in [many, *others])
    with pikepdf.open(BytesIO(many)) as opened:
        found = [each for each in opened.objects if _is_stream(each) and "/Type" not in each]
        assert [stream.read_bytes() for stream in found] == contents
        assert opened.check_pdf_syntax() == []
    for title, file in zip(titles, others, strict=True):
        with pikepdf.open(BytesIO(file)) as opened:
            assert opened.docinfo.Title == title


def _written_with(title: str, *streams: pydyf.Stream) -> bytes:
    file, pdf = BytesIO(), pydyf.PDF()
    pdf.info["Title"] = pydyf.String(title)
    for stream in streams:
        pdf.add_object(stream)
    write(pdf, file, "1.7", b"0" * 32, compress=True)
    return file.getvalue()


def test_paper_says_the_same_as_the_renderer_would_have_written(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = paper()
    monkeypatch.setattr("reports.rendering.metadata.write", pydyf.PDF.write)
    theirs = document(sample())

    assert len(ours) < len(theirs) * 1.1
    assert _objects_of(ours) == _objects_of(theirs)


def _objects_of(pdf: bytes) -> list[bytes]:
    """Without those that say where the others are."""
    lists = ("/ObjStm", "/XRef")
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [_told(found) for found in opened.objects if not (_is_stream(found) and found.get("/Type") in lists)]


def _is_stream(found: Any) -> bool:
    return isinstance(found, pikepdf.Stream)


def _told(found: Any) -> bytes:
    return found.read_bytes() if _is_stream(found) else found.unparse()


def test_fonts_print_every_letter_of_a_british_paper() -> None:
    text = "£€–—‘’“”•…½°é ŵ ŷ ł ş ğ İ ı Ž †"

    assert fonts.unprintable(text) == []


def test_character_that_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(fonts.Unprintable, match=r"“漢” \(U\+6F22\)"):
        document(sample(title="Delivery of 漢 in London"))


def test_prose_carries_its_number_and_nothing_that_was_not_allowed() -> None:
    html = prose(
        '<p>See <a class="figure" href="figure:2">at least 5</a><script>x</script><img src="http://h/"></p>', "4"
    )

    assert html == (
        '<p><span class="number">4.</span>See <a class="figure" href="#figure-2" data-n="2">at least 5</a></p>'
    )


def test_stylesheet_lies_where_a_worker_finds_it() -> None:
    assert Path(settings.BASE_DIR, "templates", "reports", "document", "document.css").is_file()


def test_e2_bullets_stand_inside_their_numbered_paragraph_in_print() -> None:
    words = " ".join(pages_of(paper()))

    assert (
        "5. Five boroughs reported fewer than six activities each. Their leads name three causes: "
        "• a post that stood vacant for most of the quarter; • venues that withdrew late, “for reasons of cost”;"
    ) in words
    assert "Joint working with partners 6. Nine activities" in words
