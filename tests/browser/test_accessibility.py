"""Every page that each person can reach by its links, at a phone's and a desk's width: axe finds nothing."""

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve

from contest_portal.management.demo.people import PEOPLE
from tests.browser.visitor import Visitor

WIDTHS = (375, 1280)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
ERRORS = ("/nothing-here/", "/activities/999999999/")
FILES = re.compile(r"\.(csv|xlsx|pdf|ics)$|/(download|file)$|/template/|/files/\d+$")
LEAVING = {"account_logout"}

# What of a page axe can have an opinion on, without its words: pages that are alike in this are looked at once.
SHAPE = """() => {
  const keep = ['role', 'class', 'type', 'for', 'lang', 'tabindex', 'alt', 'scope', 'headers', 'disabled', 'hidden'];
  const said = (node, k) => node.hasAttribute(k) ? k + (k === 'for' ? '' : node.getAttribute(k)) : '';
  const aria = node => node.getAttributeNames().filter(n => n.startsWith('aria-'));
  const shape = node => node.tagName + keep.map(k => said(node, k)).join() + aria(node).join()
    + (node.textContent.trim() ? 1 : 0) + '(' + [...new Set([...node.children].map(shape))].join() + ')';
  return shape(document.documentElement);
}"""
seen: set[tuple[int, str]] = set()


@pytest.mark.parametrize("account", [person.account for person in PEOPLE])
def test_every_page_is_accessible(visit: object, account: str) -> None:
    visitor = visit(account)
    axe = Axe()

    names = set()
    for name, path in pages(visitor):
        names.add(name)
        for width in WIDTHS:
            assert findings(visitor, axe, width) == [], f"{account} at {path}, {width} px"
            assert scrolls_sideways(visitor) is False, f"{account} at {path}, {width} px"

    assert {"home", "account"} < names
    assert visitor.complaints == []


def test_sign_in_page_is_accessible(stack: object, browser: object) -> None:
    visitor = Visitor(browser.new_page(base_url=stack.address))

    for path in ("/accounts/login/", *ERRORS):
        visitor.goes_to(path)
        for width in WIDTHS:
            assert findings(visitor, Axe(), width) == []
    visitor.page.close()
    assert visitor.complaints == []


def pages(visitor: Visitor) -> Iterator[tuple[str, str]]:
    """Opens, one after the other, a page of each kind that links lead to from home, and two that do not exist."""
    waiting, names = deque(["/", *ERRORS]), set()
    while waiting:
        path = waiting.popleft()
        name = name_of(path)
        if name in names or name in LEAVING or FILES.search(path.partition("?")[0]):
            continue
        names.add(name)
        visitor.goes_to(path)
        yield name, path
        waiting += links(visitor)


def links(visitor: Visitor) -> list[str]:
    found = visitor.page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
    return [href.partition("#")[0] for href in found]


def name_of(path: str) -> str:
    """The name of the URL, or the path itself for a page that is not there."""
    route = urlsplit(path)
    try:
        return resolve(route.path).url_name or path
    except Resolver404:
        return path


def findings(visitor: Visitor, axe: Axe, width: int) -> list[str]:
    visitor.page.set_viewport_size({"width": width, "height": 900})
    shape = visitor.page.evaluate(SHAPE)
    if (width, shape) in seen:
        return []
    seen.add((width, shape))
    violations = axe.run(visitor.page, options=RULES).response["violations"]
    return [f"{found['id']}: {node['html'][:200]}" for found in violations for node in found["nodes"]]


def scrolls_sideways(visitor: Visitor) -> bool:
    return visitor.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
