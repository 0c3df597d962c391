"""Take the screenshots of docs/guides from a portal that runs with its demo data: `make screenshots`.

Reads PORT (8000) and PORTAL_DEMO_PASSWORD.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from contest_portal.management import setup

ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
FOLDER = Path(__file__).parent / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Shot:
    name: str
    account: str
    width: int
    path: str
    # Links to follow from there, by what they say.
    follow: tuple[str, ...] = ()


SHOTS = [
    Shot("home", "brent.lead", 1280, "/"),
    Shot("activity_new", "brent.lead", 375, "/activities/new"),
    Shot("activities", "brent.lead", 1280, "/activities/"),
    Shot("return", "brent.lead", 1280, "/returns/", (r"^Brent, Q2|^Q2|^Brent",)),
    Shot("returns", "secretary", 1280, "/returns/"),
    Shot("paper_draft", "secretary", 1280, "/papers/?status=draft", ("^Delivery of the CONTEST strategy",)),
    Shot("paper_issued", "member", 1280, "/papers/?status=issued", ("Delivery of the CONTEST strategy",)),
    Shot("dashboard", "member", 1280, "/dashboards/"),
    Shot("figure_rows", "member", 1280, "/dashboards/figures/attendance/"),
    Shot("access", "member", 1280, "/account/"),
]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=setup.browser(), args=FLAGS)
        for shot in SHOTS:
            take(browser, shot)
        browser.close()


def take(browser: Browser, shot: Shot) -> None:
    context = browser.new_context(base_url=ADDRESS, viewport={"width": shot.width, "height": 900})
    page = context.new_page()
    sign_in(page, shot.account)
    page.goto(shot.path)
    for words in shot.follow:
        page.locator("main").get_by_role("link", name=re.compile(words)).first.click()
        page.wait_for_load_state()
    page.screenshot(path=FOLDER / f"{shot.name}-{shot.width}.png", full_page=shot.width > 400)
    context.close()


def sign_in(page: Page, account: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", f"{account}@demo.example")
    page.fill("[name=password]", os.environ["PORTAL_DEMO_PASSWORD"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{ADDRESS}/")


if __name__ == "__main__":
    main()
