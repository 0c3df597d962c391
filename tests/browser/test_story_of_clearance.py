"""Story 8: a draft is cleared by three offices in parallel, changed for two of them, and cleared again."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.xdist_group("browser")

MONEY, SPLIT = "For the year £1.2m is expected.", "For the year £0.7m is expected, and £0.5m confirmed to December."
DISPUTE = "The supplier Quillfeather disputes an invoice."


def writes(author: Visitor, paper: str, text: str) -> str:
    """The address of a new paragraph on deliverables."""
    page = author.page
    author.goes_to(f"{paper}blocks/new?section=supporting&heading=deliverables&kind=paragraph")
    page.fill("[name=text]", text)
    author.clicks("Save")
    page.wait_for_url(re.compile(r"/papers/\d+/(#.*)?$"))
    return f"{paper}blocks/{urlsplit(page.url).fragment.removeprefix('block-')}/edit"


def rewrites(author: Visitor, address: str, text: str = "", ground: str = "") -> None:
    page = author.page
    author.goes_to(address)
    if text:
        page.fill("[name=text]", text)
    if ground:
        page.select_option("[name=exempt_ground]", ground)
        page.fill("[name=public_interest]", "It would weaken a negotiation.")
    author.clicks("Save")
    page.wait_for_url(re.compile(r"/papers/\d+/(#.*)?$"))


def drags(author: Visitor, paper: str, words: str, *, above: str) -> None:
    """With the mouse, by its handle."""
    author.goes_to(paper)
    page, rows = author.page, author.page.locator("[data-piece]")
    rows.filter(has_text=above).scroll_into_view_if_needed()
    rows.filter(has_text=words).locator("[data-handle]").hover()
    page.mouse.down()
    box = rows.filter(has_text=above).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4, steps=3)
    with page.expect_navigation():
        page.mouse.up()


def asks(author: Visitor, paper: str, office: str, name: str) -> None:
    page = author.page
    author.goes_to(f"{paper}clearance/new")
    page.check(f"[name=office][value={office}]")
    person = page.locator("[name=person] option", has_text=name).first.get_attribute("value") or ""
    page.select_option("[name=person]", person)
    author.clicks("Ask for clearance")
    expect(page.locator("main")).to_contain_text("can read the draft from now on")


def answers(consultee: Visitor, paper: str, office: str, answer: str, words: str = "") -> None:
    page = consultee.page
    consultee.goes_to(f"{paper}clearance/")
    consultee.clicks(f"Answer as {office}")
    page.check(f"[name=answer][value={answer}]")
    page.fill("[name=words]", words)
    consultee.clicks("Give this answer")
    expect(page.locator("main")).to_contain_text("You have answered")


def number_of(reader: Visitor, address: str, words: str) -> int:
    reader.goes_to(address)
    row = reader.page.locator(".portal-paper__numbered", has_text=words).last
    return int(row.locator(".portal-paper__number").inner_text().rstrip("."))


def test_story_8_a_paper_is_cleared_amended_and_cleared_again(visit: Callable[..., Visitor]) -> None:
    secretary, acso, treasurer = visit("secretary"), visit("prevent.lead"), visit("boardmember")
    secretary.goes_to("/papers/?status=draft")
    secretary.page.locator(".portal-papers__paper a, main h3 a, main li a").filter(has_text="Delivery").first.click()
    secretary.page.wait_for_url(re.compile(r"/papers/\d+/$"))
    paper = urlsplit(secretary.page.url).path
    assert acso.goes_to(paper).status == 404
    money, last = writes(secretary, paper, MONEY), writes(secretary, paper, "This comes after both.")
    dispute = writes(secretary, paper, DISPUTE)
    writes(secretary, paper, f"It refers to [[para:{last.split('/')[-2]}]].")
    drawn_up = number_of(secretary, paper, "This comes after both.")
    drags(secretary, paper, "Quillfeather", above="This comes after both.")
    assert number_of(secretary, paper, "Quillfeather") == drawn_up
    assert f"It refers to paragraph {drawn_up + 1}." in secretary.reads()

    asks(secretary, paper, "acso", "Tom Calloway")
    asks(secretary, paper, "treasurer", "Nadia Osei")
    asks(secretary, paper, "solicitor", "Nadia Osei")
    assert acso.goes_to(paper).status == 200
    answers(acso, paper, "ACSO’s office", "clear")
    answers(treasurer, paper, "Treasurer", "amend", "Split £0.7m expected / £0.5m confirmed")
    answers(treasurer, paper, "Solicitor", "amend", "Move the dispute to Part 2, paragraph 3")
    rewrites(secretary, money, text=SPLIT)
    rewrites(secretary, dispute, ground="3")
    secretary.goes_to(f"{paper}clearance/")
    assert "this answer does not hold for what the paper says now" in secretary.reads()
    secretary.clicks("Ask again where it is not cleared")
    expect(secretary.page.locator("main")).to_contain_text("3 asked again.")
    for consultee, office in ((acso, "ACSO’s office"), (treasurer, "Treasurer"), (treasurer, "Solicitor")):
        answers(consultee, paper, office, "clear")

    number = number_of(secretary, paper, "This comes after both.")
    assert f"It refers to paragraph {number}." in secretary.reads()
    assert "Quillfeather" in secretary.reads()
    closed = number_of(secretary, f"{paper}?version=public", "This comes after both.")
    assert closed == number - 1
    assert f"It refers to paragraph {closed}." in secretary.reads()
    assert "Quillfeather" not in secretary.page.content()
    secretary.goes_to(f"{paper}clearance/#unsettled")
    assert "has to clear it" not in secretary.reads()
    assert secretary.complaints == acso.complaints == treasurer.complaints == []
