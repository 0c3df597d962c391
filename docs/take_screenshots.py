"""Take the screenshots of docs/guides from a portal that runs with its demo data: `make screenshots`.

Reads PORT (8000) and PORTAL_DEMO_PASSWORD.
"""

import os
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from contest_portal.management import setup

ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
FOLDER = Path(__file__).parent / "screenshots"
# In pixels: what stands further down a long page is told by its words.
TALLEST = 1300
COLOURS = 128
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Shot:
    """Of a page as somebody sees it; without an account, as everybody does."""

    name: str
    account: str
    width: int
    path: str
    # Links to follow from there, by what they say or under which heading they stand.
    follow: tuple[str, ...] = ()


BOARD = "/boards/london-contest-board/"
# The one before the last, whose pack has a supplement. Its link says a day, which is another one each time.
MEETING = "h2:text('Past meetings') + ul li:nth-child(2) a"

SHOTS = [
    Shot("home", "brent.lead", 1280, "/"),
    Shot("activity_new", "brent.lead", 375, "/activities/new"),
    Shot("activities", "brent.lead", 1280, "/activities/"),
    Shot("return", "brent.lead", 1280, "/returns/", (r"^Brent, Q2|^Q2|^Brent",)),
    Shot("returns", "secretary", 1280, "/returns/"),
    Shot("paper_draft", "secretary", 1280, "/papers/?status=draft", ("^Delivery of the CONTEST strategy",)),
    Shot("paper_check", "secretary", 1280, "/papers/?status=draft", ("^Delivery of the CONTEST strategy", "^Check$")),
    Shot("clearance", "secretary", 1280, "/papers/?status=issued", ("^Delivery of the CONTEST", "^Clearance$")),
    Shot("pack", "secretary", 1280, BOARD, (MEETING, "^Open the pack")),
    Shot("shape", "secretary", 1280, "/papers/shapes/", ("^Committee report .2011",)),
    Shot("archived_paper", "secretary", 1280, "/papers/archive/", ("^Sharing posts",)),
    Shot("promises", "secretary", 1280, "/papers/promises/"),
    Shot("said", "member", 1280, "/papers/said/?words=exercises"),
    Shot("published", "", 1280, "/published/", ("^London CONTEST", "^Delivery of the CONTEST")),
    Shot("published_hashes", "", 1280, "/published/hashes"),
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
    if shot.account:
        sign_in(page, shot.account)
    page.goto(shot.path)
    for words in shot.follow:
        follow(page, words)
    keep(page.screenshot(full_page=shot.width > 400), FOLDER / f"{shot.name}-{shot.width}.png")
    context.close()


def follow(page: Page, words: str) -> None:
    main = page.locator("main")
    link = main.locator(words) if words.startswith("h2") else main.get_by_role("link", name=re.compile(words))
    link.first.click()
    page.wait_for_load_state()


def keep(picture: bytes, path: Path) -> None:
    """Its head, in few colours: a fifth of the size, and nobody sees the difference."""
    with Image.open(BytesIO(picture)) as found:
        head = found.convert("RGB").crop((0, 0, found.width, min(found.height, TALLEST)))
    head.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def sign_in(page: Page, account: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", f"{account}@demo.example")
    page.fill("[name=password]", os.environ["PORTAL_DEMO_PASSWORD"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{ADDRESS}/")


if __name__ == "__main__":
    main()
