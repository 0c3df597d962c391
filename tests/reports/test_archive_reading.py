"""Old papers are read as they were: nothing lost, nothing mended, and what is odd is said."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.archive.lines import runs
from reports.archive.numbers import Asked, asked, year_of
from reports.archive.pieces import Piece, Reading
from reports.archive.reading import read
from tests.reports.old_papers import BRIEFING, BROCHURE, NOTE, REPORT_2009, REPORT_2011, lines_of


def printed(reading: Reading, *kinds: str) -> list[str]:
    """The pieces of these kinds with their markers, in the order of the file."""
    return [f"{piece.marker} {piece.text}".strip() for piece in reading.pieces if piece.kind in kinds]


def told(reading: Reading, kind: str = "") -> list[str]:
    return [oddity.text for oddity in reading.oddities if kind in ("", oddity.kind)]


def inner(pieces: list[Piece]) -> list[Piece]:
    return [found for piece in pieces for found in (piece, *inner(piece.parts))]


@pytest.fixture(scope="module")
def report() -> Reading:
    return read(lines_of(REPORT_2011))


@pytest.fixture(scope="module")
def brochure() -> Reading:
    return read(lines_of(BROCHURE))


def test_the_head_of_a_report(report: Reading) -> None:
    front = report.front

    assert front.title == "Safer parks: progress in the first year"
    assert (front.shape, front.series, front.serial, front.year) == ("report", "Report", 7, 2011)
    assert (front.body, front.replaced) == (
        "Strategic and Operational Policing Committee",
        "Metropolitan Police Authority",
    )
    assert (front.meeting_day, front.by_line) == (
        "2011-06-09",
        "Director of Parks Policing on behalf of the Commissioner",
    )
    assert front.summary == "The report says how the parks teams have settled in."


def test_letters_numbers_and_bullets_are_those_of_the_original(report: Reading) -> None:
    assert printed(report, "section") == [
        "A. Recommendation",
        "B. Supporting information",
        "C. Other organisational and community implications",
        "D. Background papers",
        "D. Contact details",
    ]
    assert printed(report, "lead_in", "recommendation")[0] == "That"
    assert [piece.marker for piece in report.pieces if piece.kind == "recommendation"] == ["1.", "2."]
    assert [piece.marker for piece in report.pieces if piece.kind == "paragraph" and piece.marker] == [
        *("1.", "2.", "3.", "4."),
        *("1.", "2."),
    ]
    assert printed(report, "bullet") == ["• a sergeant", "• six constables"]
    assert printed(report, "heading") == [
        *("Summary", "How the year went.", "Partners"),
        *("Equality and Diversity Impact", "Financial Implications"),
    ]


def test_e16_banner_and_links_of_the_site_are_set_aside_and_the_contact_block_stays(report: Reading) -> None:
    assert [piece.text.split(":")[0] for piece in report.furniture] == [
        *("You are in", "Contents", "Warning", "See the MOPC website for further information."),
        *("Send an e-mail linking to this page", "Feedback"),
    ]
    assert printed(report, "contact")[-2:] == ["MPA general: 020 7946 0000", "Media enquiries: 020 7946 0001"]
    assert read(lines_of(BRIEFING)).pieces[-1].text == "Feedback", "a heading of the paper stays in it"


def test_two_sections_d_are_flagged_and_not_mended(report: Reading) -> None:
    assert told(report, "letter") == ["There are two sections D: “D. Contact details” is the second."]
    assert told(report, "empty") == [], "None is an answer"


def test_a_heading_with_a_full_stop_is_flagged(report: Reading) -> None:
    assert told(report, "heading") == ["“How the year went.” was taken for a heading, though it ends in a full stop."]


def test_a_number_without_its_stop_and_lost_answers_are_flagged() -> None:
    reading = read(lines_of(REPORT_2009))

    assert [piece.marker for piece in reading.pieces if piece.kind == "paragraph"] == ["1.", "2", ""]
    assert told(reading, "stop") == ["Paragraph number 2 has no full stop."]
    lost = "Perhaps a “None” was lost: it is not known what it said."
    assert told(reading, "empty") == [
        f"There is nothing under “C. Legal implications”. {lost}",
        f"There is nothing under “E. Background papers”. {lost}",
    ]
    assert reading.front.summary == "The report sets out what was done on night buses."
    assert reading.front.body == "Transport Sub-committee"


def test_edge_10_17_of_2009_is_no_day() -> None:
    reading = read(lines_of(BRIEFING))

    front = reading.front
    assert (front.series, front.serial, front.year, front.printed) == ("MPA briefing paper", 17, 2009, "17/09")
    assert (front.written_on, front.meeting_day, front.shape) == ("2009-07-03", "", "briefing")
    assert "“17/09” was read as number 17 of 2009" not in told(reading, "number")
    assert read(lines_of(BRIEFING.replace("17/", "7/"))).oddities[0].text.startswith("“7/09” was read as number 7")


@pytest.mark.parametrize(("short", "issued", "year"), [("09", 2009, 2009), ("99", 2000, 1999), ("00", 1999, 2000)])
def test_edge_10_the_century_is_that_of_the_day_of_issue(short: str, issued: int, year: int) -> None:
    briefing = BRIEFING.replace("17/09", f"17/{short}").replace("3 July 2009", f"3 July {issued}")
    briefing = briefing.replace("MPA briefing paper 17/2009\n", "")

    assert read(lines_of(briefing)).front.year == year
    assert year_of("2009", None) == 2009
    assert year_of("09", None) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("23/09", Asked(23, "", (1909, 2009))),
        ("23/2009", Asked(23, "", (2009,))),
        ("briefing 23 of 2009", Asked(23, "", (2009,), "briefing")),
        ("Report 6a", Asked(6, "a", (), "Report")),
        ("night buses", None),
        ("23", None),
    ],
)
def test_edge_10_a_number_is_found_however_it_is_written(words: str, number: Asked | None) -> None:
    assert asked(words) == number


def test_a_note_to_a_council() -> None:
    reading = read(lines_of(NOTE))

    assert (reading.front.shape, reading.front.title, reading.front.meeting_day) == (
        *("note", "Street Wardens"),
        "2014-10-14",
    )
    assert printed(reading, "heading") == ["Background", "Costs"]
    assert printed(reading, "bullet") == ["- walk the high street", "- know the traders"]
    assert list(runs("costs *less* than")) == [("costs ", ""), ("less", "slanted"), (" than", "")]
    assert reading.oddities == []


def test_tables_and_fact_boxes_of_a_brochure_are_data(brochure: Reading) -> None:
    tables = [piece.rows for piece in brochure.pieces if piece.kind == "table"]
    boxes = [[(part.kind, part.text) for part in piece.parts] for piece in brochure.pieces if piece.kind == "fact_box"]

    assert tables == [
        [["Class", "Boats", "Crew"], ["Patrol", "12", "3"], ["Rescue", "4", "2"]],
        [["Month", "Calls"], ["May", "31"], ["June", "28"]],
    ]
    assert boxes == [
        [("paragraph", "There were 300 calls in a year."), ("basis", "Based on 2016/17 data")],
        [("box_heading", "WINTER"), ("paragraph", "Ice was seen twice.")],
        [("box_heading", "SUMMER"), ("paragraph", "Swimmers were told to keep away.")],
    ]


def test_guesses_about_a_brochure_are_flagged(brochure: Reading) -> None:
    assert [oddity.kind for oddity in brochure.oddities] == ["title", "running", "goes_on"]
    assert [piece.kind for piece in brochure.pieces if piece.text == "OUR BOATS"] == ["heading", "running", "running"]


@pytest.mark.parametrize(
    ("old", "new", "flag"),
    [
        ("\nReport: 7", "\nReport: 6a", "The abstract says Report 7, and the header Report 6a."),
        (
            *("\nDate: 9 June", "\nDate: 12 June"),
            "The abstract speaks of the meeting of 9 June 2011, and the header gives 12 June 2011.",
        ),
        ("\nDate: 9 June", "\nDate: 31 June", "“31 June 2011” could not be read as a day."),
        ("\n3. The year", "\n4. The year", "Paragraph 4 follows 2: number 3 is missing."),
        ("\n4. The royal", "\n2. The royal", "Paragraph 2 follows 3: the numbers go back."),
        (
            "\nC. Other",
            "\nE. Other",
            "“E. Other organisational and community implications” follows section B: section C",
        ),
        ("\nC. Other", "\nC Other", "“C Other organisational and community implications” has no full stop"),
        (
            *("\n2. The teams cost £1.2m.", "\nLegal Implications"),
            "There is nothing under “Legal Implications”. Perhaps a “None” was lost",
        ),
        ("\nPartners", "\n_____\n\nPartners", "This line was not read: “_____”."),
        ("went well", "went w\ufffdll", "Letters of this line are damaged: “3. The year went w\ufffdll.”."),
    ],
)
def test_what_is_odd_is_flagged(old: str, new: str, flag: str) -> None:
    flags = told(read(lines_of(REPORT_2011.replace(old, new, 1))))

    assert any(text.startswith(flag) for text in flags), flags


# --- nothing is lost ----------------------------------------------------------------------------

LINES = st.one_of(
    st.sampled_from(
        [line for text in (REPORT_2011, REPORT_2009, BRIEFING, NOTE, BROCHURE) for line in text.split("\n")]
    ),
    st.sampled_from(
        ["", "", "   ", "FACTfile", "Summary", "None", "23/09", "A. One", "a\tb", "| a | b |", "***", "\ufffd"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40),
    st.from_regex(r"\A(\d{1,2}\.|\(?[a-z]\)|•|-|[A-F]\.?|\d) [A-Za-z ]{0,20}\.?\Z"),
)
HINTS = st.sampled_from(["", "", "", "", "h1", "h2", "row", "furniture", "unread"])


def signs(text: str) -> str:
    """Everything that is no white space, and no stroke of a table or colon of a label."""
    return re.sub(r"[\s|:]+", "", text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(LINES, HINTS), max_size=60))
def test_every_line_is_in_the_paper_set_aside_or_said_to_be_unread(lines: list[tuple[str, str]]) -> None:
    reading = read(lines)

    said = [n for n, (text, _) in enumerate(lines, start=1) if text.strip()]
    body = [n for piece in inner(reading.pieces) for n in piece.lines]
    others = [n for piece in (*reading.furniture, *reading.unread) for n in piece.lines]
    assert sorted(body + others) == said
    assert body == sorted(body), "in the order of the file"
    unread = {oddity.line for oddity in reading.oddities if oddity.kind == "unread"}
    assert unread == {n for piece in reading.unread for n in piece.lines}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(LINES, st.just("")), max_size=40))
@example([("a\tb", ""), ("c\td", ""), ("For information contact:", "")])
def test_no_word_is_lost_or_mended(lines: list[tuple[str, str]]) -> None:
    for piece in inner(read(lines).pieces):
        rows = "".join(cell for row in piece.rows for cell in row)
        assert signs(piece.marker + piece.text + rows) == signs("".join(lines[n - 1][0] for n in piece.lines))
