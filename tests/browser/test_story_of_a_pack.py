"""Story 9: the secretary builds the pack of a meeting, issues it, and everybody reads the public one."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.reports.conformance import assert_conforms
from tests.reports.reading import marked_and_reached

pytestmark = pytest.mark.xdist_group("browser")
# In the exempt paragraph of the paper, and nowhere else.
EXEMPT = "settle"
LONG = 60_000


def test_story_9_the_pack_goes_out_for_members_and_for_the_public(visit: Callable[..., Visitor]) -> None:
    secretary = visit("secretary")
    page = secretary.page

    secretary.goes_to("/boards/london-contest-board/")
    # The last one that was held: its paper is issued and published.
    page.locator("h2:text('Past meetings') + ul a").first.click()
    secretary.clicks("Build the pack")
    secretary.clicks("Build the pack")
    secretary.clicks("Build")
    packs = page.url
    files = [text_of(secretary, packs, name) for name in ("members’ version", "public version")]
    secretary.goes_to(packs)
    page.get_by_role("link", name=re.compile("^Issue pack")).click()
    secretary.clicks("Issue now")
    expect(page.locator("main")).to_contain_text("Its page numbers do not change any more.")

    members, public = files
    assert (EXEMPT in members, EXEMPT in public) == (True, False)
    report = re.search(r"Report (\d+) of the", public)
    assert report
    assert re.search(rf"^{report[1]}$", public, re.MULTILINE), "the item of the agenda has the number of the report"
    for text in files:
        pages = text.split("\f")[:-1]
        assert all(each.count("OFFICIAL") >= 2 for each in pages)
        assert f"Pack page {len(pages)} of {len(pages)}" in pages[-1]
    member = visit("member")
    member.goes_to(packs)
    assert "members’ version" not in member.reads()
    member.goes_to("/published/london-contest-board/")
    expect(member.page.get_by_role("link", name=re.compile("^Pack, "))).to_be_visible()
    assert secretary.complaints == member.complaints == []


def text_of(secretary: Visitor, packs: str, name: str) -> str:
    page = secretary.page
    secretary.goes_to(packs)
    page.get_by_role("link", name=f"Pack, {name}").click()
    download = page.get_by_role("button", name="Download the PDF")
    expect(download).to_be_visible(timeout=LONG)
    content = page.request.get(f"{page.url}/download").body()
    assert_conforms(content)
    assert all(marked_and_reached(content)[1].values())
    return extract_text(BytesIO(content))
