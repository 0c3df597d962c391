"""Story 7, the analyst consolidates: from the board of returns to a quarter on one page, and a commentary for it."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from contest_portal.core.quarters import Quarter
from contest_portal.management.demo.measures import SETTLED
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.xdist_group("browser")

WRITTEN = "Two panels were put off; the deputy chairs from next month on."


def quarter(visitor: Visitor) -> Quarter:
    """The last one whose values are in."""
    return Quarter.of(visitor.day - SETTLED + dt.timedelta(days=1)).previous()


def row(visitor: Visitor, code: str) -> Locator:
    """Of a measure."""
    return visitor.page.get_by_role("row").filter(has=visitor.page.get_by_role("rowheader", name=code))


def line(visitor: Visitor, code: str) -> str:
    return " ".join(row(visitor, code).inner_text().split())


def test_story_7_the_analyst_consolidates_the_quarter(visit: Callable[..., Visitor]) -> None:
    analyst = visit("analyst")
    page, settled = analyst.page, quarter(analyst)

    analyst.goes_to(f"/returns/board?quarter={settled.key}")
    analyst.clicks("Consolidate this quarter")

    expect(page.locator("h1")).to_contain_text(str(settled))
    metrics = page.locator(".portal-metric").all_inner_texts()
    assert any("Attendance" in metric and "at least" in metric for metric in metrics)
    assert "611 [p] 600 Provisional G: within target" in line(analyst, "PV-03")
    assert "91% (91 of 100) [p] 95% Provisional A: close to target Commentary required" in line(analyst, "PV-07")
    assert "57% (4 of 7) [p] 80% Provisional R: off target Commentary required" in line(analyst, "PR-02")

    row(analyst, "PV-07").get_by_role("link", name="Write it").click()
    page.fill("[name=commentary]", WRITTEN)
    analyst.clicks("Save the commentary")
    analyst.goes_to(f"/dashboards/consolidation?quarter={settled.key}")
    assert WRITTEN in line(analyst, "PV-07")
    assert "Commentary required: PR-02." in analyst.reads()
    with page.expect_download() as download:
        analyst.clicks("Download as CSV")
    assert download.value.suggested_filename == f"consolidation-{settled.key}.csv"

    # Its equality tables are released when it is over; its values may take weeks longer.
    analyst.goes_to(f"/dashboards/consolidation?quarter={Quarter.of(analyst.day).previous().key}")
    assert page.get_by_role("table", name="Age").get_by_role("cell", name="[c]").count() == 2
    assert analyst.complaints == []


def test_story_7_the_secretary_reads_the_same_page_and_writes_nothing_on_it(visit: Callable[..., Visitor]) -> None:
    secretary = visit("secretary")

    secretary.goes_to(f"/dashboards/?quarter={quarter(secretary).key}")
    secretary.page.get_by_role("link", name="Consolidation of this quarter").click()

    assert "57% (4 of 7) [p] 80% Provisional R: off target" in line(secretary, "PR-02")
    assert secretary.page.get_by_role("link", name="Write it").count() == 0
    assert secretary.complaints == []
