"""Story 10, a member asks where a number comes from: two clicks from the number to its answer, then as it was known."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from contest_portal.core.quarters import Quarter
from contest_portal.management.demo.measures import SETTLED
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.xdist_group("browser")


def test_story_10_a_member_finds_where_45_comes_from(visit: Callable[..., Visitor]) -> None:
    member = visit("member")
    page = member.page
    # The last one of which the number is final: it comes a quarter later than the others.
    quarter = Quarter.of(member.day - SETTLED + dt.timedelta(days=1)).shifted(-2)

    member.goes_to(f"/dashboards/consolidation?quarter={quarter.key}")
    referrals = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="PV-11"))
    expect(referrals).to_contain_text("45 before")
    referrals.get_by_role("link", name="43 [r]").click()
    answer = member.reads()
    for words in (
        "Where does this number come from?",
        "It was corrected: 45 before.",
        "Stock: how things stood at its end",
        f"the end of {quarter.short}",
        "SO15 Channel team, own case system",
        "There is no split by borough, by policy",
        "Two referrals had been closed",
    ):
        assert words in answer
    printed = page.get_by_role("table", name="Issued papers with this number")
    expect(printed).to_contain_text("No, it was corrected since")

    printed.get_by_role("link").click()
    number = page.locator("#paper a.figure", has_text="45").last
    expect(number).to_have_text("45")
    number.click()
    expect(page.locator(".portal-figure-value")).to_have_text("43 [r]")

    page.get_by_text("See what was known on another day").click()
    day = quarter.end + dt.timedelta(days=30)
    for part, typed in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.fill(f"[name=as_at-{part}]", str(typed))
    member.clicks("Show that day")
    expect(page.locator(".portal-as-at")).to_contain_text(f"As known on {day.day} {day:%B %Y}")
    expect(page.locator(".portal-figure-value")).to_have_text("45")
    assert "43" not in page.locator("main").inner_text()
    page.get_by_role("link", name="Back to today").click()
    expect(page.locator(".portal-figure-value")).to_have_text("43 [r]")
    assert member.complaints == []
