"""A joined pack is what its papers are: every page tagged, every link and bookmark leads, every page has one number."""

import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from reports.rendering import joining
from reports.rendering.fonts import Unprintable
from reports.rendering.joining import Piece, Untagged, join
from reports.rendering.pack import document
from reports.rendering.pdf_words import said_in
from reports.rendering.stamps import Stamp
from reports.rendering.writing import AMBIGUOUS
from tests.reports.conformance import assert_conforms
from tests.reports.reading import elements_of, marked_and_reached, pages_of
from tests.reports.sample_pack import pack, pack_text, papers
from tests.reports.sample_snapshot import canonical


@cache
def public() -> bytes:
    return document(pack_text())


def test_e9_page_numbers_are_the_same_on_screen_and_paper() -> None:
    pages = pages_of(public())

    assert len(pages) == 12
    for number, text in enumerate(pages, start=1):
        assert text.endswith(f"Pack page {number} of 12")
        assert text.count("OFFICIAL") >= 2
    assert "Page 1 of 5" in pages[2]
    with pikepdf.open(BytesIO(public())) as opened:
        assert [opened.pages[at].label for at in (0, 11)] == ["1", "12"]


def test_e13_supplement_has_pages_of_its_own_and_a_late_paper_its_reason() -> None:
    supplement = document(pack_text(serial=1))
    pages = pages_of(supplement)

    assert "Figures came in late." in pages[0]
    assert pages[-1].endswith("Supplement page S1-11 of 11")
    with pikepdf.open(BytesIO(supplement)) as opened:
        assert opened.pages[10].label == "S1-11"


def test_e13_front_names_what_is_to_follow_and_what_is_exempt() -> None:
    text = " ".join(pages_of(public())[:2])

    expected = ["Thursday 17 September 2026", "Quorum: 4", "Money for next year", "To follow", "3 to 7", "8 to 12"]
    expected += ["A dispute with a supplier", "Exempt item", "Exclusion of the public.", "paragraph 3"]
    assert [words for words in expected if words not in text] == []


def test_e12_pack_conforms_and_its_structure_reaches_everything_on_every_page() -> None:
    marked, reached = marked_and_reached(public())
    left = {page: len(ids - reached.get(page, set())) for page, ids in marked.items()}
    alone = [marked_and_reached(paper) for paper in papers()]

    assert_conforms(public())
    assert [left[page] for page in range(2, 12)] == [
        len(ids - reached_alone[page]) for marked_alone, reached_alone in alone for page, ids in marked_alone.items()
    ]
    kinds = [kind for kind, _ in elements_of(public())]
    assert kinds[0] == "/Document"
    for kind in ("/Table", "/Figure", "/Link", "/H1"):
        assert kinds.count(kind) >= sum([found for found, _ in elements_of(paper)].count(kind) for paper in papers())


def test_e12_page_without_its_tags_is_not_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = BytesIO()
    with pikepdf.open(BytesIO(papers()[0])) as opened:
        opened.Root.StructTreeRoot.ParentTree.Nums[1] = pikepdf.Array([None])
        opened.save(broken)

    with pytest.raises(Untagged, match="Page 1 is in no structure tree"):
        join([Piece("one", "One", broken.getvalue())], lambda n, m: Stamp(f"{n} of {m}"))


def test_links_and_bookmarks_of_every_paper_lead_into_that_paper() -> None:
    with pikepdf.open(BytesIO(public())) as opened:
        names = list(opened.Root.Names.Dests.Names)
        places = {str(name): place for name, place in zip(names[::2], names[1::2], strict=True)}
        numbers = {page.obj.objgen: at for at, page in enumerate(opened.pages)}
        targets = [(at, str(link.Dest)) for at, page in enumerate(opened.pages) for link in _links(page)]
        led = {(at, numbers[places[name][0].objgen]) for at, name in targets}
        with opened.open_outline() as outline:
            titles = [item.title for item in outline.root]
            below = [child.title for child in outline.root[1].children]

    assert {(0, 2), (0, 7)} <= led
    assert all(2 <= to <= 6 for at, to in led if 2 <= at <= 6)
    assert all(7 <= to <= 11 for at, to in led if at >= 7)
    assert titles == ["Front sheet and agenda", "5. Delivery of CONTEST in London", "6. Exercises of the autumn"]
    assert "A. Recommendation" in below


def _links(page: Any) -> Iterator[Any]:
    return (link for link in page.obj.get("/Annots", []) if "/Dest" in link)


def test_e14_pack_of_the_same_text_is_the_same_file() -> None:
    assert document(pack_text()) == public()


def test_everything_in_a_pack_is_packed_but_its_description() -> None:
    with pikepdf.open(BytesIO(public())) as opened:
        streams = [found for found in opened.objects if isinstance(found, pikepdf.Stream)]
        assert [found.get("/Type") for found in streams if "/Filter" not in found] == [pikepdf.Name.Metadata]


def test_ambiguous_file_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with pikepdf.open(BytesIO(papers()[0])) as opened:
        first, second = (written for written, _ in zip(joining._written(opened), range(2), strict=False))

    assert AMBIGUOUS not in public()
    assert first != second
    assert pages_of(first) == pages_of(second)


def test_stamp_whose_checksum_looks_like_a_line_end_is_written_all_the_same() -> None:
    texts = (f"Pack page {'I' * letters}{number}" for letters in range(20) for number in range(1, 99))
    text = next(each for each in texts if zlib.adler32(Stamp(each)._drawn()) & 0xFF == joining.LINE_END)

    joined = join([Piece("one", "One", papers()[0])], lambda number, pages: Stamp(text))

    assert AMBIGUOUS not in joined
    assert b"/RunLengthDecode" in joined
    assert any(text in words for where, words in said_in(joined) if where.startswith("the text of"))
    assert all(page.endswith(text) for page in pages_of(joined))
    assert_conforms(joined)


def test_letter_that_no_font_has_stops_the_pack() -> None:
    content = pack() | {"venue": "City Hall 漢"}

    with pytest.raises(Unprintable, match="漢"):
        document(canonical(content))
