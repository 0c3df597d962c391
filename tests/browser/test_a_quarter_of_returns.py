"""A quiet quarter's return: from opening it to submitted, in few pages and little time."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from contest_portal.core.quarters import Quarter
from tests.browser.pace import Pace
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.xdist_group("browser")

MOST_PAGES, MOST_SECONDS = 5, 300


class Pages:
    """How many pages a person is shown after the first one; a draft that gets an address is not another page."""

    def __init__(self, visitor: Visitor) -> None:
        self.page, self.count = visitor.page, 0
        self.page.on("load", self._note)

    def _note(self, page: Page) -> None:
        self.count += 1


def return_of(visitor: Visitor) -> str:
    """The path of the last full quarter's return of the person's own borough."""
    visitor.goes_to("/returns/")
    link = visitor.page.locator("main tbody a").filter(has_text=str(Quarter.of(visitor.day).previous())).first
    visitor.goes_to(link.get_attribute("href"))
    return urlsplit(visitor.page.url).path


def test_a_return_is_submitted_in_under_five_pages_and_five_minutes(visit: Callable[..., Visitor]) -> None:
    lead = visit("harrow.lead")
    page = lead.page
    # The demo has its head of service send it back, so that it stands open.
    path = return_of(lead)
    pages, pace = Pages(lead), Pace(lead)

    pace.looks()
    lead.clicks("Answer everything on one page")
    page.wait_for_url(f"**{path}edit*")
    for box in page.locator("main textarea:visible").all():
        if box.get_attribute("name") != "commentary_gap" and not box.input_value():
            pace.types(box.get_attribute("name"), "Nothing out of the ordinary.")
    pace.looks()
    lead.clicks("Save and go on")
    page.wait_for_url(lambda url: "edit" not in url)
    if "submission" not in page.url:
        pace.looks()
        page.locator(f"main a[href='{path}submission']").first.click()
        page.wait_for_url("**/submission")
    for tick in page.locator("main [name^=looked_]").all():
        pace.looks()
        tick.check()
    pace.looks()
    lead.clicks("Submit the return")
    expect(page.locator("h1")).to_contain_text("submitted", ignore_case=True)

    assert pages.count < MOST_PAGES
    assert pace.seconds < MOST_SECONDS
    assert lead.complaints == []
