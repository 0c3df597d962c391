"""Drafts, lost connections, ended sessions, the back button, and two people at one activity: nobody loses a word."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, Stack, free_port, wait_until_ready
from tests.browser.visitor import Visitor
from tests.conftest import ROOT

pytestmark = pytest.mark.xdist_group("browser")

NEW = "/activities/new"
IDLE_SECONDS = 12
WHEN = re.compile(r"Draft saved at \d{1,2}:\d\d[ap]m")


def begin(visitor: Visitor, title: str) -> Page:
    """The form of a new activity with all that it must have."""
    page = visitor.page
    visitor.goes_to(NEW)
    page.fill("[name=title]", title)
    page.select_option("[name=kind]", "community_event")
    expect(page.locator("#particulars summary")).to_contain_text("Community event")
    page.check("[name=no_personal_data]")
    return page


def log(visitor: Visitor, title: str) -> str:
    """Log it, and the path of its page."""
    page = begin(visitor, title)
    visitor.clicks("Log the activity")
    page.wait_for_url(re.compile(r"/activities/\d+/$"))
    return urlsplit(page.url).path


def named(words: str) -> str:
    """Like no other title: the page asks about an activity of the same day with nearly the same one."""
    return f"{words} {uuid4().hex}"


def says(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("[data-draft-words]")).to_contain_text(words, timeout=20_000)


def logged(visitor: Visitor, title: str) -> int:
    visitor.goes_to(f"/activities/?words={title.replace(' ', '+')}")
    return visitor.page.get_by_role("link", name=title, exact=True).count()


def test_a5_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(visit: Callable[..., Visitor]) -> None:
    lead, title = visit("brent.lead"), named("Reading circle")
    page = begin(lead, title)
    page.fill("[name=internal_note]", "The first half")
    says(page, WHEN)
    expect(page.get_by_role("button", name="Save draft")).to_be_hidden()

    page.context.clear_cookies(name="sessionid")
    page.fill("[name=internal_note]", "The first half, and the second")
    says(page, "Not saved: you are signed out.")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="sign in on a new page").click()
    Visitor(opened.value, lead.day).sign_in("brent.lead@demo.example", PASSWORD)
    page.fill("[name=public_sentence]", "Written after signing in again.")
    says(page, WHEN)

    later = visit("brent.lead")
    later.goes_to("/")
    expect(later.page.locator(".portal-drafts")).to_contain_text("Log an activity")
    later.goes_to(NEW)
    later.page.locator(".portal-drafts").get_by_role("link", name="Continue").first.click()
    expect(later.page.locator("main")).to_contain_text("This is your draft.")
    assert later.page.input_value("[name=title]") == title
    assert later.page.input_value("[name=internal_note]") == "The first half, and the second"
    assert later.page.input_value("[name=public_sentence]") == "Written after signing in again."
    assert later.complaints == []


def test_a9_without_a_connection_the_page_says_so_and_saves_once_it_is_back(visit: Callable[..., Visitor]) -> None:
    lead, title = visit("brent.lead", viewport={"width": 375, "height": 667}), named("Walk and talk")
    page = begin(lead, title)
    says(page, WHEN)

    page.context.set_offline(True)
    page.fill("[name=internal_note]", "Typed in the tunnel")
    says(page, "Not saved: no connection.")
    expect(page.locator(".portal-draft-line--unsaved")).to_be_in_viewport()
    page.context.set_offline(False)
    says(page, WHEN)

    page.reload()
    assert page.input_value("[name=internal_note]") == "Typed in the tunnel"
    assert [each for each in lead.complaints if "ERR_INTERNET_DISCONNECTED" not in each] == []


def test_a9_without_a_script_what_was_sent_too_late_is_offered_after_signing_in(visit: Callable[..., Visitor]) -> None:
    lead, title = visit("brent.lead", java_script_enabled=False), named("Late at night")
    page = lead.page
    lead.goes_to(NEW)
    page.fill("[name=title]", title)
    page.fill("[name=internal_note]", "Typed after the session had ended")
    page.check("[name=no_personal_data]")

    page.context.clear_cookies(name="sessionid")
    lead.clicks("Log the activity")
    assert "You were signed out before the page was sent." in lead.reads()
    page.fill("[name=login]", "brent.lead@demo.example")
    page.fill("[name=password]", PASSWORD)
    lead.clicks("Sign in")

    assert "This is your draft." in lead.reads()
    assert page.input_value("[name=title]") == title
    assert page.input_value("[name=internal_note]") == "Typed after the session had ended"


def test_going_back_after_logging_sends_nothing_again(visit: Callable[..., Visitor]) -> None:
    lead, title = visit("brent.lead"), named("Quiz evening")
    path = log(lead, title)
    page = lead.page

    page.go_back()
    expect(page.locator("h1")).to_have_text("Log an activity")
    page.reload()
    page.go_forward()

    assert urlsplit(page.url).path == path
    assert logged(lead, title) == 1
    lead.goes_to("/")
    assert lead.complaints == []


def test_two_people_change_one_activity_and_neither_loses_a_word(visit: Callable[..., Visitor]) -> None:
    lead, head, title = visit("brent.lead"), visit("brent.head"), named("Open day")
    path = log(lead, title)
    for visitor in (lead, head):
        visitor.goes_to(f"{path}edit")
    lead.page.fill("[name=internal_note]", "The lead's note")
    lead.page.fill("[name=public_sentence]", "The lead's sentence.")
    head.page.fill("[name=internal_note]", "The head's note")
    head.page.fill("[name=title]", f"{title}, changed")

    save(lead)
    lead.page.wait_for_url(f"**{path}")
    expect(lead.page.locator("main")).to_contain_text("The lead's note")
    save(head)

    both = head.page.locator(".portal-both")
    expect(both).to_contain_text("The lead's note")
    expect(both).to_contain_text("The head's note")
    assert head.page.input_value("[name=internal_note]") == "The head's note"
    both.get_by_role("radio").last.check()
    head.page.fill("[name=internal_note]", "The lead's note. The head's note")
    save(head)
    head.page.wait_for_url(f"**{path}")

    expect(head.page.locator("h1")).to_contain_text(f"{title}, changed")
    assert "The lead's sentence." in head.reads()
    assert "The lead's note. The head's note" in head.reads()
    assert lead.complaints == head.complaints == []


def save(visitor: Visitor) -> None:
    if visitor.page.locator("[name=reason]").input_value() == "":
        visitor.page.fill("[name=reason]", "More is known now")
    visitor.page.check("[name=no_personal_data]")
    visitor.clicks("Save the changes")


@pytest.fixture(scope="module")
def impatient(stack: Stack) -> Iterator[Stack]:
    """The same portal for people who are signed out after a quarter of a minute."""
    port = free_port()
    environment = stack.environment | {"PORTAL_IDLE_SECONDS": str(IDLE_SECONDS)}
    command = [sys.executable, "-m", "gunicorn", "contest_portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "--no-control-socket", "--threads=4"], cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, process)
        yield Stack(address, environment, stack.day)
    finally:
        process.terminate()
        process.wait(30)


def test_a_person_is_warned_before_the_session_ends_and_can_stay(impatient: Stack, browser: Browser) -> None:
    context = browser.new_context(base_url=impatient.address)
    lead = Visitor(context.new_page(), impatient.day)
    page = lead.page
    lead.sign_in("brent.lead@demo.example", PASSWORD)
    dialog = page.get_by_role("dialog", name="Are you still there?")

    expect(dialog).to_contain_text("You will be signed out in 1 minute.", timeout=15_000)
    page.wait_for_timeout(IDLE_SECONDS * 1000 / 2)
    with page.expect_response("**/session") as answer:
        dialog.get_by_role("button", name="Stay signed in").click()
    assert answer.value.ok
    page.wait_for_timeout(IDLE_SECONDS * 1000 * 2 / 3)
    assert urlsplit(page.url).path == "/"

    page.wait_for_url("**/accounts/login/**", timeout=IDLE_SECONDS * 2000)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert lead.complaints == []
    context.close()
