"""The walking quarter: from an activity that a borough lead logs to an issued paper that a member can follow back."""

import hashlib
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.reports.conformance import assert_conforms
from tests.reports.reading import pages_of

NOTE = "Quokka: the caterer was paid late"
SENTENCE = "Residents led a day on leadership in their own communities."
QUARTER = "2026-27-Q1"


def log_the_conference(lead: Visitor, title: str) -> str:
    """Log it as a person would; the path of its page."""
    lead.goes_to("/")
    lead.clicks("Log an activity")
    page = lead.page
    page.get_by_label("Title", exact=False).first.fill(title)
    page.select_option("[name=kind]", "community_event")
    for part, value in {"day": "13", "month": "5", "year": "2026"}.items():
        page.fill(f"[name=starts-{part}]", value)
    page.check("[name=status][value=delivered]")
    page.fill("[name=attendance]", "200")
    page.select_option("[name=attendance_qualifier]", "at_least")
    page.select_option("[name=attendance_basis]", "headcount")
    page.fill("[name=cost_actual]", "3,150")
    page.fill("[name=public_sentence]", SENTENCE)
    page.fill("[name=internal_note]", NOTE)
    page.check("[name=no_personal_data]")
    lead.clicks("Log the activity")
    # A day outside the quarter that is running is asked about first.
    lead.clicks("Log it as it stands")
    page.wait_for_url(re.compile(r"/activities/\d+/$"))
    lead.goes_to("/activities/?words=leadership+conference&quarter=" + QUARTER)
    page.get_by_role("link", name=title, exact=True).first.click()
    page.wait_for_url(re.compile(r"/activities/\d+/$"))
    return page.url.removeprefix(page.evaluate("location.origin"))


def issue_a_paper(secretary: Visitor, chair: Visitor, title: str) -> str:
    """Write a paper on the first quarter for the next meeting, have it approved and issue it; the path of its page."""
    page = secretary.page
    secretary.goes_to("/papers/new")
    meeting = page.locator("[name=meeting] option").nth(1).get_attribute("value")
    page.select_option("[name=meeting]", meeting)
    page.fill("[name=title]", title)
    page.fill("[name=by_line]", "Director of Community Safety")
    page.select_option("[name=quarter]", QUARTER)
    secretary.clicks("Make the draft")
    path = re.search(r"/papers/\d+/", page.url)[0]
    _accept_findings(secretary, path)
    secretary.goes_to(f"{path}clearance/")
    secretary.clicks("Propose it to the chair")
    chair.goes_to(f"{path}clearance/")
    chair.clicks("Read and decide")
    chair.page.check("[name=decision][value=approved]")
    chair.clicks("Decide")
    expect(chair.page.locator("main")).to_contain_text("Approved")
    secretary.goes_to(f"{path}issue/")
    secretary.clicks("Issue now")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Issued as Report")
    return path


def _accept_findings(secretary: Visitor, path: str) -> None:
    """What earlier papers promised to this meeting is kept by another paper of it."""
    secretary.goes_to(f"{path}check/")
    for _ in range(secretary.page.get_by_role("link", name="Accept as it is").count()):
        secretary.page.get_by_role("link", name="Accept as it is").first.click()
        secretary.page.fill("[name=reason]", "Another paper to this meeting keeps it.")
        secretary.clicks("Accept as it is")


def download(visitor: Visitor, path: str) -> bytes:
    """Wait until the PDF of the issued paper is ready, and fetch it as the browser would."""
    visitor.goes_to(f"{path}issue/")
    visitor.clicks("See how far it is")
    link = visitor.page.locator("main a[href$='/download']")
    for _ in range(60):
        if link.count():
            break
        visitor.page.wait_for_timeout(500)
        visitor.page.reload()
    return visitor.page.request.get(link.first.get_attribute("href")).body()


def amount(words: str) -> Decimal:
    """The number in "at least 4,310", "£3,150" and their like; nothing recorded adds nothing."""
    found = re.search(r"\d[\d,]*(?:\.\d+)?", words)
    return Decimal(found[0].replace(",", "")) if found else Decimal(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_a_logged_activity_to_an_issued_paper(visit: Callable[..., Visitor], javascript: bool) -> None:
    way = "with" if javascript else "without"
    title = f"Women’s leadership conference {way}"
    lead = visit("brent.lead", java_script_enabled=javascript)
    secretary = visit("secretary", java_script_enabled=javascript)

    activity = log_the_conference(lead, title)

    assert "at least 200" in lead.reads()
    assert "£3,150" in lead.reads()
    assert NOTE in lead.reads()
    _others_see_what_they_may(visit, activity, title)

    before = _attendance_now(secretary)
    paper = issue_a_paper(secretary, visit("chair", java_script_enabled=javascript), f"Quarterly report {way}")
    secretary.goes_to(paper)
    assert f"at least {before:,}" in secretary.reads()
    pdf = download(secretary, paper)
    assert_conforms(pdf)
    assert f"at least {before:,}" in " ".join(pages_of(pdf))
    assert NOTE not in " ".join(pages_of(pdf))

    _edit_the_attendance(lead, activity, "260")

    assert hashlib.sha256(download(secretary, paper)).digest() == hashlib.sha256(pdf).digest()
    secretary.goes_to(paper)
    assert f"at least {before:,}" in secretary.reads()
    assert _attendance_now(secretary) == before + 60
    assert lead.complaints == secretary.complaints == []


def test_every_figure_of_an_issued_paper_opens_rows_that_add_up(visit: Callable[..., Visitor]) -> None:
    member = visit("member")
    member.goes_to("/papers/?status=issued")
    report = member.page.get_by_role(
        "link", name="Delivery of the CONTEST strategy in London: quarterly performance report"
    )
    paper = report.first.get_attribute("href")
    member.goes_to(paper)
    figures = member.page.locator(f"main a[href^='{paper}figures/']").evaluate_all(
        "all => [...new Map(all.map(a => [a.getAttribute('href'), a.innerText.trim()]))]"
    )

    assert len(figures) > 33
    for href, words in figures[:3] + figures[3::9]:
        member.goes_to(href)
        _rows_add_up(member, href, words)
    assert member.complaints == []


def _rows_add_up(visitor: Visitor, href: str, words: str) -> None:
    """Over all pages of the rows: their amounts make the figure."""
    if not visitor.page.get_by_text("Together, as issued").count():
        return  # A whole table, whose cells are opened one by one.
    together = amount(visitor.page.locator("tr.govuk-table__row--total td").last.inner_text())
    rows = Decimal(0)
    while True:
        cells = visitor.page.locator("main tbody tr:not(.govuk-table__row--total):not(.portal-remainder) td:last-child")
        rows += sum((amount(text) for text in cells.all_inner_texts()), Decimal(0))
        following = visitor.page.locator("a[rel=next]")
        if not following.count():
            break
        following.first.click()
        visitor.page.wait_for_load_state()
    rest = visitor.page.locator("tr.portal-remainder td:last-child")
    rows += amount(rest.inner_text()) if rest.count() else 0
    assert rows == together, href
    if re.fullmatch(r"(at least |at most |about )?£?\d[\d,.]*", words):
        assert amount(words) == together, (href, words)


def _others_see_what_they_may(visit: Callable[..., Visitor], activity: str, title: str) -> None:
    harrow, member = visit("harrow.lead"), visit("member")

    assert harrow.goes_to(activity).status == 404
    assert title not in harrow.page.content()
    assert member.goes_to(activity).status == 200
    assert title in member.reads()
    assert SENTENCE in member.reads()
    assert NOTE not in member.page.content()
    assert "3,150" not in member.page.content()


def _attendance_now(visitor: Visitor) -> int:
    visitor.goes_to(f"/dashboards/figures/attendance/?quarter={QUARTER}")
    return int(amount(visitor.page.locator(".portal-figure-value").inner_text()))


def _edit_the_attendance(lead: Visitor, activity: str, value: str) -> None:
    lead.goes_to(f"{activity}edit")
    lead.page.fill("[name=attendance]", value)
    lead.page.fill("[name=reason]", "Counted again")
    lead.page.check("[name=no_personal_data]")
    lead.clicks("Save the changes")
    lead.goes_to(activity)
    assert f"at least {value}" in lead.reads()
