"""Order, letters and numbers, as truth tables. No database: numbering is a function of template and blocks."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import reports.reference
from reports.rendering.numbering import Section, arrange

FILE = Path(reports.reference.__file__).with_name("paper_templates.json")
COMMITTEE_REPORT: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))[0]["sections"]


@dataclass(frozen=True)
class Piece:
    section: str
    heading: str = ""
    kind: str = "paragraph"
    text: str = "Words."


def shape(key: str, numbering: str = "restart", *headings: str, **more: Any) -> dict[str, Any]:
    fixed = [{"key": heading, "title": heading.title(), "nil": "None."} for heading in headings]
    return {
        "key": key,
        "letter": key.upper(),
        "title": key,
        "numbering": numbering,
        "headings": fixed,
        "nil": "",
    } | more


def numbers(sections: list[Section]) -> dict[str, list[str]]:
    return {
        section.key: [part.number for part in section.parts if part.kind in ("paragraph", "nil", "recommendation")]
        for section in sections
    }


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [
        (("restart", "restart", "restart"), (["1", "2"], ["1", "2", "3"], ["1"])),
        (("restart", "continuous", "continuous"), (["1", "2"], ["3", "4", "5"], ["6"])),
        (("continuous", "continuous", "restart"), (["1", "2"], ["3", "4", "5"], ["1"])),
        (("restart", "none", "continuous"), (["1", "2"], ["", "", ""], ["3"])),
        (("none", "none", "none"), (["", ""], ["", "", ""], [""])),
        (("none", "restart", "none"), (["", ""], ["1", "2", "3"], [""])),
    ],
)
def test_each_section_numbers_by_its_own_rule(numbering: tuple[str, ...], expected: tuple[list[str], ...]) -> None:
    shapes = [shape(key, rule) for key, rule in zip("abc", numbering, strict=True)]
    pieces = [Piece("a"), Piece("a"), Piece("b"), Piece("b"), Piece("b"), Piece("c")]

    assert numbers(arrange(shapes, pieces)) == dict(zip("abc", expected, strict=True))


def test_numbers_run_on_across_sub_headings_in_b_and_restart_in_c() -> None:
    b = [Piece("supporting")] * 2
    for heading, count in (
        ("deliverables", 4),
        ("boroughs", 9),
        ("future_risks", 5),
        ("shortfalls", 3),
        ("partners", 3),
    ):
        b += [Piece("supporting", heading)] * count
    c = [Piece("implications", "equality")] * 5

    found = numbers(arrange(COMMITTEE_REPORT, [*b, *c]))

    assert found["supporting"] == [str(number) for number in range(1, 27)]
    assert found["implications"] == [str(number) for number in range(1, 11)]


def test_headings_tables_and_charts_take_no_number() -> None:
    pieces = [Piece("a"), Piece("a", kind="table"), Piece("a"), Piece("a", kind="chart"), Piece("a", kind="heading")]

    section = arrange([shape("a")], [*pieces, Piece("a")])[0]

    assert [(part.kind, part.number) for part in section.parts] == [
        ("paragraph", "1"),
        ("table", ""),
        ("paragraph", "2"),
        ("chart", ""),
        ("heading", ""),
        ("paragraph", "3"),
    ]


def test_a_heading_with_nothing_under_it_says_so_in_a_numbered_sentence() -> None:
    section = arrange([shape("a", "restart", "first", "second")], [Piece("a"), Piece("a", "second")])[0]

    assert [(part.kind, part.number, part.text) for part in section.parts] == [
        ("paragraph", "1", "Words."),
        ("heading", "", "First"),
        ("nil", "2", "None."),
        ("heading", "", "Second"),
        ("paragraph", "3", "Words."),
    ]


@pytest.mark.parametrize(
    ("count", "lead_in", "expected"),
    [
        (0, "", []),
        (1, "", [("", "That members note.")]),
        (2, "That", [("1", "members note."), ("2", "members note.")]),
        (3, "That", [("1", "members note."), ("2", "members note."), ("3", "members note.")]),
    ],
)
def test_a_single_recommendation_is_one_unnumbered_sentence(
    count: int, lead_in: str, expected: list[tuple[str, str]]
) -> None:
    pieces = [Piece("a", kind="recommendation", text="members note.")] * count

    section = arrange([shape("a", lead_in="That")], pieces)[0]

    assert section.lead_in == lead_in
    assert [(part.number, part.text) for part in section.parts] == expected


def test_letters_go_from_a_to_e_once_each() -> None:
    assert [section.letter for section in arrange(COMMITTEE_REPORT, [])] == ["A", "B", "C", "D", "E"]


def test_an_empty_section_with_a_nil_sentence_says_it() -> None:
    background = arrange(COMMITTEE_REPORT, [])[3]

    assert [(part.kind, part.number, part.text) for part in background.parts] == [("nil", "", "None")]


def test_what_stands_under_a_heading_of_its_own_is_one_level_deeper() -> None:
    pieces = [Piece("a", kind="heading"), Piece("a", "first", kind="heading")]

    section = arrange([shape("a", "restart", "first")], pieces)[0]

    assert [part.level for part in section.parts] == [3, 3, 4]
