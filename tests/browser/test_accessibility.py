"""Every page that each person can reach by its links, at a phone's and a desk's width: axe finds nothing."""

import datetime as dt
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import expect

from contest_portal.core.quarters import Quarter
from contest_portal.management.demo.people import PEOPLE
from tests.browser.visitor import Visitor
from tests.strands.spreadsheets import sheets

WIDTHS = (375, 1280)
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
ERRORS = ("/nothing-here/", "/activities/999999999/")
FILES = re.compile(r"\.(csv|xlsx|docx|pdf|ics|atom)$|/(download|file)$|/template/|/files/\d+$")
LEAVING = {"account_logout"}

# What of a page axe can have an opinion on, without its words.
SHAPE = """
  const keep = ['role', 'class', 'type', 'for', 'lang', 'tabindex', 'alt', 'scope', 'headers', 'disabled', 'hidden'];
  const said = (node, k) => node.hasAttribute(k) ? k + (k === 'for' ? '' : node.getAttribute(k)) : '';
  const aria = node => node.getAttributeNames().filter(name => /^(aria-|on|style)/.test(name));
  const own = node => node.tagName + keep.map(k => said(node, k)).join() + aria(node).join();
  const shapes = new Map();
  const shape = node => {
    if (!shapes.has(node)) {
      const inner = [...new Set([...node.children].map(shape))].join();
      shapes.set(node, own(node) + (node.textContent.trim() ? 1 : 0) + '(' + inner + ')');
    }
    return shapes.get(node);
  };
  const number = text => [...text].reduce((sum, c) => Math.imul(sum ^ c.charCodeAt(0), 16777619), 2166136261);
"""
# What axe has read once, in the same surroundings, is marked, and left out. Answers with what is new, and null when
# all of the page is known.
MARK = f"""known => {{ {SHAPE}
  const met = new Set(known), fresh = [];
  const isNew = (node, path) => {{
    const key = number(path + shape(node));
    if (met.has(key)) return false;
    met.add(key);
    fresh.push(key);
    return true;
  }};
  const mark = (node, path) => {{
    for (const child of node.children) {{
      child.removeAttribute('data-read');
      if (isNew(child, path)) mark(child, path + own(child));
      else child.setAttribute('data-read', '');
    }}
  }};
  if (!isNew(document.documentElement, '')) return null;
  mark(document.body, own(document.body));
  return fresh;
}}"""
# The parts of a page as it was sent, each whole: its header, what stands before the main part, that, and the footer;
# and where its links lead.
PARTS = f"""html => {{ {SHAPE}
  const sent = new DOMParser().parseFromString(html, 'text/html');
  const parts = [...sent.querySelectorAll('body > :not(.portal-body), .portal-body > *')];
  const above = node => node.parentElement ? above(node.parentElement) + own(node.parentElement) : '';
  return {{
    parts: parts.map(part => number(above(part) + shape(part))),
    links: [...sent.querySelectorAll("a[href^='/']")].map(link => link.getAttribute('href')),
  }};
}}"""
UNREAD = {"exclude": [["[data-read]"]]}
read: set[int] = set()
# The parts that were shown already. A page that has no other, whoever asks for it, is not shown again: that is most.
shown: set[int] = set()
# One account of each role: the other lead of a borough is shown the same pages.
CRAWLERS = [person.account for person in PEOPLE if person.account != "harrow.lead"]


@pytest.mark.parametrize("account", CRAWLERS)
def test_every_page_is_accessible(visit: object, account: str) -> None:
    visitor = visit(account)
    axe = Axe()

    names = set()
    for name, path, parts in pages(visitor):
        names.add(name)
        if not parts <= shown:
            visitor.goes_to(path)
            assert faults(visitor, axe) == [], f"{account} at {path}"
            shown.update(parts)

    assert {"home", "account"} < names
    assert visitor.complaints == []


def test_what_is_new_on_a_page_that_was_read_before_is_read(visit: object) -> None:
    visitor, axe = visit("brent.lead"), Axe()
    visitor.goes_to("/")
    assert faults(visitor, axe) == []

    visitor.page.evaluate("document.querySelector('main p, main li').append(document.createElement('img'))")

    assert [found.partition(": <")[0] for found in faults(visitor, axe)] == ["375 px: image-alt", "1280 px: image-alt"]


def test_sign_in_page_is_accessible(stack: object, browser: object) -> None:
    visitor = Visitor(browser.new_page(base_url=stack.address), stack.day)

    for path in ("/accounts/login/", *ERRORS):
        visitor.goes_to(path)
        assert faults(visitor, Axe()) == []
    visitor.page.close()
    assert visitor.complaints == []


def pages(visitor: Visitor) -> Iterator[tuple[str, str, set[int]]]:
    """A page of each kind that links lead to from home, and two that do not exist: name, path and parts of each."""
    waiting, names = deque(["/", *ERRORS]), set()
    while waiting:
        path = waiting.popleft()
        name = name_of(path)
        if name in names or name in LEAVING or FILES.search(path.partition("?")[0]):
            continue
        names.add(name)
        page = visitor.page.evaluate(PARTS, visitor.page.request.get(path).text())
        yield name, path, set(page["parts"])
        waiting += [href.partition("#")[0] for href in page["links"]]


def links(visitor: Visitor) -> list[str]:
    return visitor.page.evaluate(PARTS, visitor.page.content())["links"]


def name_of(path: str) -> str:
    """The name of the URL, or the path itself for a page that is not there."""
    route = urlsplit(path)
    try:
        return resolve(route.path).url_name or path
    except Resolver404:
        return path


def faults(visitor: Visitor, axe: Axe) -> list[str]:
    """What is wrong with the page at either width: what axe says of what it has not read before, or that it scrolls."""
    page, found = visitor.page, []
    fresh = page.evaluate(MARK, list(read))
    if fresh is not None:
        page.evaluate(axe.axe_script)
        read.update(fresh)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        answer = (
            page.evaluate("about => axe.run(...about)", [UNREAD, RULES]) if fresh is not None else {"violations": []}
        )
        for rule in answer["violations"]:
            found += [f"{width} px: {rule['id']}: {node['html'][:200]}" for node in rule["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{width} px: scrolls sideways")
    return found


def test_what_a_lead_is_answered_is_accessible(visit: object) -> None:
    """Pages that no link leads to: with mistakes, with something to look at again, and a checked spreadsheet."""
    lead = visit("brent.lead")
    page = lead.page

    lead.goes_to("/activities/new")
    lead.clicks("Log the activity")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    looks_right(lead)
    page.fill("[name=title]", "Of an earlier year")
    page.fill("[name=starts-year]", "2025")
    page.select_option("[name=kind]", "community_event")
    page.check("[name=no_personal_data]")
    lead.clicks("Log the activity")
    expect(page.locator(".portal-caution")).to_be_visible()
    looks_right(lead)

    lead.goes_to("/activities/spreadsheet")
    with page.expect_download() as download:
        page.get_by_role("link", name="to change them").first.click()
    for name, content, heading in (
        ("faulty.csv", b"Nothing\nthat belongs here\n", "to put right"),
        ("unchanged.xlsx", Path(download.value.path()).read_bytes(), "There is nothing to load"),
        ("good.xlsx", sheets.xlsx([sheets.row()]), "Every cell can be read"),
    ):
        lead.goes_to("/activities/spreadsheet")
        page.set_input_files("[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
        page.get_by_role("checkbox").check()
        lead.clicks("Check the spreadsheet")
        expect(page.locator("main")).to_contain_text(heading, timeout=60_000)
        looks_right(lead)
    assert lead.complaints == []


def test_what_those_who_ask_for_returns_are_answered_is_accessible(visit: object) -> None:
    secretary, head = visit("secretary"), visit("brent.head")

    # In the first weeks of a quarter nothing is overdue.
    if secretary.day >= Quarter.of(secretary.day).start + dt.timedelta(weeks=4):
        secretary.goes_to("/returns/board")
        secretary.page.locator("main table").get_by_role("checkbox").first.check()
        secretary.clicks("Preview the chasers")
        expect(secretary.page.get_by_role("button", name="Send the chasers")).to_be_visible()
        looks_right(secretary)

    head.goes_to("/returns/")
    own = [path for path in links(head) if re.fullmatch(r"/returns/\d+/", path)]
    while head.page.get_by_role("button", name="Send back").count() == 0:
        head.goes_to(own.pop(0))
    head.clicks("Send back")
    head.clicks("Send it back")
    expect(head.page.locator(".govuk-error-summary")).to_be_visible()
    looks_right(head)
    assert secretary.complaints == head.complaints == []


def looks_right(visitor: Visitor) -> None:
    assert faults(visitor, Axe()) == [], visitor.page.url
