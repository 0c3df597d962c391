"""Stories of a year on the board, each played by its own people on the real pages."""

import datetime as dt
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contest_portal.core.quarters import Quarter
from tests.browser.conftest import Stack
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.xdist_group("browser")

PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True}
# Within which PV-11 is supplied after its quarter.
LAG = dt.timedelta(days=60)
NOTE = "Wallaby: the hall was double booked"
NO_SHEETS = "Sign-in sheets and lists of who came are not kept here"
MISSING = "Cost missing"
# For one process that makes several grants: each would take seconds to start.
PREPARE = ["--strand", "prepare", "--reason", "Stands in", "--by", "admin@demo.example"]
IMPORT, PERSON = "from django.core.management import call_command", ["harrow.lead@demo.example", "borough_lead"]


def now(visitor: Visitor) -> Quarter:
    return Quarter.of(visitor.day)


def last(visitor: Visitor) -> Quarter:
    return now(visitor).previous()


def types_day(visitor: Visitor, name: str, day: dt.date) -> None:
    for part in ("day", "month", "year"):
        visitor.page.fill(f"[name={name}-{part}]", str(getattr(day, part)))


def fills(visitor: Visitor, **boxes: str) -> None:
    """Each box by its name, in a folded part too."""
    for name, value in boxes.items():
        box = visitor.page.locator(f"[name={name}]").first
        visitor.page.locator("details").filter(has=box).evaluate_all("all => all.forEach(each => each.open = true)")
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def logs(lead: Visitor, title: str, kind: str, **boxes: str) -> str:
    """The path of what was logged today, after whatever the page asks once more."""
    page = lead.page
    page.fill("[name=title]", title)
    page.select_option("[name=kind]", kind)
    expect(page.locator("#particulars summary")).to_contain_text("Questions of this kind:")
    types_day(lead, "starts", lead.day)
    fills(lead, **boxes)
    page.check("[name=no_personal_data]")
    lead.clicks("Log the activity")
    expect(page.locator(".portal-caution, [aria-labelledby=face]").first).to_be_visible()
    if page.locator(".portal-caution").count():
        lead.clicks("Log it as it stands")
    page.wait_for_url(re.compile(r"/activities/\d+/$"))
    return urlsplit(page.url).path


def return_of(visitor: Visitor) -> str:
    """The path of the last full quarter's return of the person's own borough."""
    visitor.goes_to("/returns/")
    visitor.page.locator("main tbody a").filter(has_text=str(last(visitor))).first.click()
    visitor.page.wait_for_url(re.compile(r"/returns/\d+/$"))
    return urlsplit(visitor.page.url).path


def submits(visitor: Visitor, path: str) -> None:
    """From the answers on one page to the confirmation."""
    page = visitor.page
    visitor.goes_to(f"{path}edit")
    for box in page.locator("main textarea").all():
        if box.get_attribute("name") != "commentary_gap" and not box.input_value():
            box.fill("Nothing out of the ordinary.")
    visitor.clicks("Save and go on")
    page.wait_for_url(f"**{path}")
    visitor.goes_to(f"{path}submission")
    for tick in page.locator("main [name^=looked_]").all():
        tick.check()
    visitor.clicks("Submit the return")
    expect(page.locator("h1")).to_have_text("Return submitted")


def test_story_1_the_secretary_arranges_a_year_and_sees_its_dates(visit: Callable[..., Visitor]) -> None:
    secretary = visit("secretary")
    page = secretary.page
    year = now(secretary).year + 1
    # Thursdays, none of them near a bank holiday.
    days = [_thursday(dt.date(year, month, 15)) for month in (6, 7, 9, 11)]
    for day in days:
        secretary.goes_to("/boards/london-contest-board/meetings/new")
        types_day(secretary, "day", day)
        page.fill("[name=time]", "15:15")
        page.fill("[name=venue]", "City Hall")
        secretary.clicks("Arrange the meeting")
        page.wait_for_url(re.compile(r"/boards/meetings/\d+/$"))
        assert (day - dt.timedelta(days=8)).strftime("%A %-d %B %Y") in secretary.reads()

    secretary.goes_to("/")
    secretary.clicks("Forward plan for twelve months")
    secretary.clicks(Quarter(year, 1).financial_year)

    text = secretary.reads()
    for day in days:
        assert day.strftime("%A %-d %B %Y") in text
        assert (day - dt.timedelta(days=8)).strftime("%A %-d %B %Y") in text
    for said in ("Last day to publish papers", "Figures are frozen", "Call for returns", "Returns are due"):
        assert said in text
    assert secretary.complaints == []


def test_story_2_four_measures_are_agreed_two_are_retired_and_the_chair_approves(
    stack: Stack, visit: Callable[..., Visitor]
) -> None:
    """Prepare has no strand lead in the demo; Prevent's stands in for the day."""
    stack.manage("grant", "prevent.lead@demo.example", "strand_lead", *PREPARE)
    analyst, strand_lead, chair = visit("analyst"), visit("prevent.lead"), visit("chair")
    for code, target in (("PV-03", "600"), ("PV-07", "95"), ("PV-11", ""), ("PR-02", "80")):
        analyst.goes_to(f"/measures/{code}/")
        analyst.clicks("Propose a new version")
        aim = {"target": target} if target else {}
        same = {"reason": "As agreed for the year", "comparability_note": "The same is counted"}
        _proposes(analyst, "Propose the version", **same, **aim)
        strand_lead.goes_to(f"/measures/{code}/")
        strand_lead.clicks("Agree to this version")
        expect(strand_lead.page.locator("main")).to_contain_text(f"You have agreed to {code}.")
    # What was counted so far and says too little is retired.
    for code, name in (("PV-43", "Posters put up"), ("PV-44", "Letters sent to schools")):
        analyst.goes_to("/measures/new")
        about = {"code": code, "name": name, "kind": "flow", "direction": "higher", "definition": f"{name}, each once."}
        _proposes(analyst, "Propose the measure", **about, unit="items", target="200")

    for code in ("PV-03", "PV-07", "PV-11", "PR-02"):
        _decides(chair, code, "Approve the measure", f"{code} is in force.", "agreed by Tom Calloway")
    for code in ("PV-43", "PV-44"):
        alone = "Nobody beside Ruth Adeyemi has agreed to it"
        _decides(chair, code, "Approve the measure", f"{code} is in force.", alone)
        analyst.goes_to(f"/measures/{code}/review")
        types_day(analyst, "last_day", now(analyst).next().end)
        fills(analyst, reason="PV-03 says more.", successor=_option(analyst, "successor", "PV-03"))
        analyst.clicks("Put it under review")
        _decides(chair, code, "Retire the measure", f"{code} is retired.", "PV-03 follows it")

    text = chair.reads()
    assert "Retired" in text
    assert f"to {now(chair).next().end:%-d %B %Y}" in text
    assert analyst.complaints == strand_lead.complaints == chair.complaints == []


def _proposes(analyst: Visitor, button: str, **boxes: str) -> None:
    types_day(analyst, "starts", now(analyst).next().start)
    fills(analyst, **boxes)
    analyst.clicks(button)
    expect(analyst.page.locator("main")).to_contain_text("is proposed. The chair decides on it.")


def _option(visitor: Visitor, name: str, words: str) -> str:
    return visitor.page.locator(f"[name={name}] option", has_text=words).first.get_attribute("value") or ""


def _decides(chair: Visitor, code: str, button: str, outcome: str, *read: str) -> None:
    """From the list, having read what it says."""
    chair.goes_to("/measures/")
    chair.page.locator("#waiting + ul").get_by_role("link", name=code).click()
    chair.page.get_by_role("link", name="Decide on this").first.click()
    for words in read:
        expect(chair.page.locator("main")).to_contain_text(words)
    chair.clicks(button)
    expect(chair.page.locator("main")).to_contain_text(outcome)


def test_story_3_a_conference_and_its_workshops_stay_apart_and_the_sign_in_sheet_stays_out(
    visit: Callable[..., Visitor],
) -> None:
    lead = visit("brent.lead", **PHONE)
    page = lead.page
    lead.goes_to("/activities/new")
    programme = logs(lead, "Leadership season", "structured_programme", **{"p-sessions": "6"})

    lead.goes_to(programme)
    lead.clicks("Log a session")
    paid = _option(lead, "funding_1", "Local authority Prevent funding")
    conference = logs(
        lead,
        "Women’s leadership conference of the season",
        "community_event",
        attendance="200",
        attendance_qualifier="at_least",
        attendance_basis="headcount",
        cost_actual="3150",
        funding_1=paid,
        funding_1_amount="3,150",
        place="Civic Centre",
        session_number="",
        session_count="",
    )
    text = lead.reads()
    for said in ("at least 200 (headcount)", "£3,150", "Civic Centre", "Local authority Prevent funding"):
        assert said in text
    lead.goes_to(programme)
    lead.clicks("Log a session")
    counted = {"attendance": "28", "attendance_qualifier": "exact", "attendance_basis": "headcount"}
    logs(lead, "Season’s workshop", "community_event", **counted, session_number="1", session_count="6")

    lead.goes_to(programme)
    assert "at least 228" in lead.reads()
    for title in ("Women’s leadership conference of the season", "Season’s workshop"):
        assert page.locator("#sessions ~ table").get_by_role("link", name=title).count() == 1

    lead.goes_to(f"{conference}files")
    page.check("[name=kind][value=sign_in_sheet]")
    sheet = {"name": "sheet.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    page.set_input_files("[name=file]", sheet)
    page.check("[name=no_people]")
    lead.clicks("Attach the file")
    expect(page.locator(".govuk-error-summary")).to_contain_text(NO_SHEETS)
    lead.goes_to(conference)
    assert "Nothing is attached." in lead.reads()
    assert lead.complaints == []


def test_story_4_a_workshop_is_logged_and_a_return_comes_back_for_its_cost_and_is_accepted(
    visit: Callable[..., Visitor],
) -> None:
    lead, head, harrow = visit("brent.lead"), visit("brent.head"), visit("harrow.lead")
    before = _london(harrow)
    workshop = _logs_the_workshop(lead)
    for title in ("Women's leadership conference", "Workshop of story four"):
        lead.goes_to(f"/activities/?words={title.replace(' ', '+')}")
        expect(lead.page.get_by_role("link", name=title, exact=True).first).to_be_visible()
    assert harrow.goes_to(workshop).status == 404
    harrow.goes_to("/activities/?words=Wallaby")
    assert NOTE not in harrow.page.content()
    # Her programme and its workshop: how much there was, and nothing else of it.
    assert _london(harrow) == before + 2

    path = return_of(head)
    title = _sends_back(head, path)
    lead.goes_to(path)
    asked = re.search(rf"Martin Ashe asked on (\d+ \w+ \d{{4}}): {MISSING}", lead.reads())
    assert asked
    assert asked[1] in {f"{day:%-d %B %Y}" for day in (head.day, timezone.localdate())}
    _mends(lead, title)
    submits(lead, path)

    head.goes_to(f"{path}acceptance")
    assert "£420" in head.page.locator("main").inner_text()
    head.clicks("Accept the return")
    head.page.wait_for_url(f"**{path}")
    assert "Accepted" in head.page.locator("main dl").first.inner_text()
    assert harrow.goes_to(path).status == 404
    assert lead.complaints == head.complaints == harrow.complaints == []


def _london(visitor: Visitor) -> int:
    visitor.goes_to(f"/dashboards/figures/activities/?quarter={now(visitor).key}")
    return int(visitor.page.locator(".portal-figure-value").inner_text().replace(",", ""))


def _logs_the_workshop(lead: Visitor) -> str:
    lead.goes_to("/activities/new")
    logs(lead, "Season of story four", "structured_programme")
    lead.clicks("Log a session")
    counted = {"attendance": "31", "attendance_qualifier": "exact", "attendance_basis": "headcount"}
    asked = {"evaluation_method": "forms", "evaluation_responses": "27"}
    asked |= {"score_before": "2.9", "score_after": "4.1", "score_scale": "5"}
    session = {"session_number": "2", "session_count": "6", "internal_note": NOTE}
    path = logs(lead, "Workshop of story four", "community_event", **counted, **asked, **session)
    text = lead.reads()
    for said in ("Session 2 of 6", "31", "27", "2.9", "4.1", NOTE):
        assert said in text
    return path


def _sends_back(head: Visitor, path: str) -> str:
    """At one of the demo's workshops, which have no cost; the title of that line."""
    head.goes_to(f"{path}sending-back")
    line = head.page.locator("details:has(textarea[name^=line_])").filter(has_text="Leadership workshop").first
    title = line.locator("summary").inner_text().strip()
    line.locator("summary").click()
    line.locator("textarea").fill(MISSING)
    head.clicks("Send it back")
    head.page.wait_for_url(f"**{path}")
    return title


def _mends(lead: Visitor, title: str) -> None:
    """On the activity that the question stands at."""
    page = lead.page
    page.locator("tr:has(.portal-reason)").get_by_role("link", name=title).click()
    page.wait_for_url(re.compile(r"/activities/\d+/$"))
    lead.goes_to(f"{urlsplit(page.url).path}edit")
    fills(lead, cost_actual="420", reason="The invoice came")
    page.check("[name=no_personal_data]")
    lead.clicks("Save the changes")
    page.wait_for_url(re.compile(r"/activities/\d+/$"))


def test_story_5_returns_are_called_for_a_post_is_shared_and_what_is_not_due_says_so(
    visit: Callable[..., Visitor],
) -> None:
    lead, harrow, strand_lead = visit("brent.lead"), visit("harrow.lead"), visit("prevent.lead")
    secretary = visit("secretary")
    secretary.goes_to(f"/returns/board?quarter={last(secretary).key}")
    secretary.page.get_by_role("button", name="What was sent").click()
    assert re.search(r"33 of 33 areas were called, by \d+ messages", secretary.reads())
    calls = secretary.page.locator("tbody td[data-label=Called]")
    expect(calls).to_have_count(33)
    expect(calls.filter(has_text="Prevent lead, ")).to_have_count(33)
    for visitor, borough in ((lead, "Brent"), (harrow, "Harrow")):
        visitor.goes_to("/messages/")
        while not visitor.page.get_by_text(f"{borough}, {last(visitor).short}: the return is called for").count():
            visitor.clicks("Next")

    for code, here, there in (("E09000009", "0.6", "Hillingdon (0.4)"), ("E09000017", "0.4", "Ealing (0.6)")):
        lead.goes_to(f"/boroughs/{code}/")
        shared = lead.page.locator("tr", has_text=there)
        expect(shared).to_have_count(1)
        assert shared.locator("td").last.inner_text() == here
    lead.goes_to("/boroughs/")
    assert re.search(r"London has \d+ posts on that day, [\d.]+ full-time equivalent", lead.reads())

    strand_lead.goes_to(f"/measures/?quarter={last(strand_lead).key}")
    row = strand_lead.page.locator("tr", has_text="PV-11")
    # The figures of a quarter come two months after it; from then on the same blank is late.
    in_time = timezone.localdate() <= last(strand_lead).end + LAG
    expect(row).to_contain_text("Data not yet complete (0 of 1)" if in_time else "Overdue")
    expect(row).to_contain_text("No colour")
    assert lead.complaints == harrow.complaints == strand_lead.complaints == secretary.complaints == []


def test_story_6_all_but_one_are_in_which_is_excused_and_the_city_is_counted(
    stack: Stack, visit: Callable[..., Visitor]
) -> None:
    secretary = visit("secretary")
    board = f"/returns/board?quarter={last(secretary).key}"
    secretary.goes_to(board)
    assert re.search(r"\d+ of 33 in, 1 of them a nil return; 1 excused", secretary.reads())
    waiting = secretary.page.locator("tr", has_text=re.compile("To be (written|put right)")).locator("th a")
    areas = {area.inner_text(): area.get_attribute("href") for area in waiting.all()}
    _stands_in(stack, sorted(set(areas) - {"Harrow", "Brent"}))
    harrow = visit("harrow.lead")
    for path in areas.values():
        submits(harrow, path)

    secretary.goes_to(board)
    text = secretary.reads()
    assert "32 of 33 in, 1 of them a nil return; 1 excused" in text
    assert "All 33 areas are counted, the City of London among them." in text
    secretary.page.get_by_role("link", name="Richmond upon Thames", exact=True).first.click()
    assert "Nil return" in secretary.reads()
    secretary.goes_to(board)
    secretary.page.get_by_role("link", name="Bexley", exact=True).first.click()
    assert "The officer is on long leave." in secretary.reads()
    assert "Deputy: Prevent lead, Bromley" in secretary.reads()
    secretary.goes_to(f"/dashboards/figures/activities_by_borough/?quarter={last(secretary).key}")
    assert "33 London local authority areas" in secretary.reads()
    assert secretary.page.locator("main tr", has_text="City of London").count() >= 1
    assert secretary.complaints == harrow.complaints == []


def _stands_in(stack: Stack, boroughs: list[str]) -> None:
    """Leads whom nobody plays here are away. Harrow's stands in for them until the figures are frozen, by grants."""
    until = timezone.localdate() + dt.timedelta(days=7)
    about = {"until": f"{until}", "reason": "Stands in until the freeze", "by": "admin@demo.example"}
    grants = [f"call_command('grant', *{PERSON}, borough={name!r}, **{about})" for name in boroughs]
    stack.manage("shell", "--no-imports", "-c", "\n".join([IMPORT, *grants]))


def _thursday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(3 - day.weekday()) % 7)
