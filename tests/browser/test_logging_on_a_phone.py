"""Story 3 on a phone: from the home page to a logged activity in under two minutes, at a person's pace."""

import datetime as dt
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.pace import Pace

PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True}
MOST_SECONDS = 120


def test_story_3_the_conference_is_logged_on_a_phone_in_under_two_minutes(visit: Callable) -> None:
    lead = visit("brent.lead", **PHONE)
    # Of today, whenever that is: one of an earlier quarter would be asked about first.
    today = dt.date.today()  # noqa: DTZ011  (London's day is the machine's)
    title = f"Women's leadership conference {dt.datetime.now(dt.UTC):%H%M%S}"
    lead.goes_to("/")

    thumb = Pace(lead)
    thumb.taps("a:has-text('Log an activity')")
    thumb.types("title", title)
    thumb.picks("kind", "community_event")
    for part, number in (("day", today.day), ("month", today.month), ("year", today.year)):
        thumb.types(f"starts-{part}", str(number))
    thumb.types("attendance", "200")
    thumb.picks("attendance_qualifier", "at_least")
    thumb.picks("attendance_basis", "headcount")
    thumb.types("cost_actual", "3150")
    thumb.types("public_sentence", "A conference brought women leaders of the borough together.")
    thumb.taps("#serves summary")
    thumb.taps("label:has-text('Prevent:') >> nth=1")
    thumb.taps("[name=no_personal_data]")
    thumb.taps("button:has-text('Log the activity')")
    expect(lead.page.locator("h1")).to_contain_text(title)

    assert thumb.seconds < MOST_SECONDS
    assert "at least 200 (headcount)" in lead.reads()
    assert lead.complaints == []


def test_choosing_a_kind_brings_its_questions_at_once_and_keeps_what_was_typed(visit: Callable) -> None:
    lead = visit("brent.lead", **PHONE)
    page = lead.page
    lead.goes_to("/activities/new")
    page.fill("[name=title]", "Workshop for school staff")
    page.fill("[name=internal_note]", "Ask for a bigger room.")

    page.select_option("[name=kind]", "training")
    expect(page.locator("#particulars summary")).to_contain_text("Training or briefing")
    page.locator("#particulars summary").click()
    page.fill("[name='p-attended']", "31")
    page.select_option("[name=kind]", "security_advice")
    expect(page.locator("#particulars summary")).to_contain_text("Security advice visit")

    expect(page.locator("[name=marking][value=OFFICIAL-SENSITIVE]")).to_be_checked()
    expect(page.locator("#serves label", has_text="Protect:").first).to_be_attached()
    assert page.input_value("[name=title]") == "Workshop for school staff"
    assert page.input_value("[name=internal_note]") == "Ask for a bigger room."
    assert page.locator(".portal-without-script").is_visible() is False
    assert lead.complaints == []


def test_choosing_a_kind_works_without_a_script(visit: Callable) -> None:
    lead = visit("brent.lead", java_script_enabled=False)
    page = lead.page
    lead.goes_to("/activities/new")
    page.fill("[name=title]", "Workshop for school staff")

    page.select_option("[name=kind]", "training")
    lead.clicks("Show the questions of this kind")

    assert page.input_value("[name=title]") == "Workshop for school staff"
    expect(page.locator("[name='p-attended']")).to_be_visible()
    assert page.locator(".govuk-error-summary").count() == 0


def test_what_was_planned_is_logged_with_one_press(visit: Callable) -> None:
    lead = visit("brent.lead", **PHONE)
    page = lead.page
    lead.goes_to("/activities/plan")
    first = page.locator(".portal-planned:has(form)").first
    title = first.locator("h3").inner_text()

    first.locator("[name=attendance]").fill("27")
    first.get_by_role("button").click()

    expect(page.locator(".govuk-notification-banner, .moj-alert, [role=status], [role=alert]").first).to_contain_text(
        f"“{title}” is delivered now."
    )
    assert lead.complaints == []
