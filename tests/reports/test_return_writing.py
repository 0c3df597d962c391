"""What a return asks, what it brings along from the log and from last quarter, and what keeps it back."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from boroughs.models import FundingLine, Organisation, Post, PostAllocation
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from reports.models import QuarterlyReturn, ReturnAssignment, ReturnState, ReturnSubmission
from reports.models.return_content import hash_now
from reports.models.return_facts import own_posts
from reports.models.return_line import lines_from_log
from reports.rendering.return_checks import findings_of
from reports.workflow.return_decisions import send_back_return
from reports.workflow.return_writing import submit_return
from reports.workflow.returns import open_returns
from tests import make
from tests.cast import BRENT, HARROW, as_, person

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)
CITY, CAMDEN = "E09000001", "E09000007"
QUIET = {"panel_reason": "", "uncounted_reason": "", "commentary_gap": "", "next_plan": ""}
TODAY = dt.date(2026, 7, 8)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(dt.datetime(2026, 7, 8, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


def _text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def _save(row: Any) -> Any:
    with acting(User.objects.portal()):
        row.save()
    return row


def _post(shares: dict[str, str], *, starts: dt.date | None = None, ends: dt.date | None = None, **values: Any) -> Post:
    fields = {"number": "PEO-900", "kind": "prevent_engagement_officer", "fte": Decimal(1), "status": "filled"}
    employer = Organisation.objects.get(key="metropolitan-police-service")
    post = Post.objects.filter(number="PEO-900").first() or _save(Post(employer=employer, **fields | values))
    for borough, share in shares.items():
        _save(PostAllocation(post=post, borough_id=borough, share=Decimal(share), starts=starts, ends=ends))
    return post


def _submit(found: QuarterlyReturn, **more: Any) -> QuarterlyReturn:
    by = person("brent.lead")
    with acting(by):
        return submit_return(found, seen=hash_now(found, lines_from_log(found)), by=by, **more)


def _keys(found: QuarterlyReturn) -> list[str]:
    return [each.key for each in findings_of(found, lines_from_log(found), TODAY)]


# --- c1 ---------------------------------------------------------------------------------------------


def test_c1_returns_are_made_for_every_area_that_is_assigned_one_at_the_end_of_the_quarter(analyst: User) -> None:
    brent = ReturnAssignment.objects.get(borough=BRENT)
    brent.ends = Q1.end
    _save(brent)
    _save(ReturnAssignment(borough_id=BRENT, starts=Q2.start, lead_post="Community safety officer", levels=2))
    camden = ReturnAssignment.objects.get(borough=CAMDEN)
    camden.ends = dt.date(2026, 5, 31)
    _save(camden)

    with acting(analyst):
        first, second = open_returns(Q1, by=analyst), open_returns(Q2, by=analyst)

    assert (len(first), len(second)) == (32, 32)
    assert CAMDEN not in {found.borough_id for found in first}
    assert CITY in {found.borough_id for found in first}
    assert [(found.lead_post, found.levels) for found in [*first, *second] if found.borough_id == BRENT] == [
        ("Prevent lead", 1),
        ("Community safety officer", 2),
    ]


# --- edges 1, 3 and 7 -------------------------------------------------------------------------------


def test_edge_1_one_officer_in_three_boroughs_is_day_weighted_and_one_head(db: None) -> None:
    _post({BRENT: "0.4", HARROW: "0.3", CAMDEN: "0.3"}, ends=dt.date(2026, 7, 31))
    _post({BRENT: "0.2", HARROW: "0.5", CAMDEN: "0.3"}, starts=dt.date(2026, 8, 1))

    found = {borough: own_posts(borough, Q2) for borough in (BRENT, HARROW, CAMDEN)}

    # 31 days of July at the first share, 61 of August and September at the second, of 92.
    assert [part.fte for part in found.values()] == [Decimal("0.27"), Decimal("0.43"), Decimal("0.30")]
    assert sum(part.fte for part in found.values()) == 1
    assert len({post.pk for part in found.values() for post in part.posts}) == 1
    assert [part.unsettled for part in found.values()] == [(), (), ()]


def test_edge_3_data_with_a_known_lag_are_not_overdue_before_it(analyst: User) -> None:
    assignment = ReturnAssignment.objects.get(borough=CITY)
    assignment.lag_days = 60
    _save(assignment)
    with acting(analyst):
        found = next(each for each in open_returns(Q1, by=analyst) if each.borough_id == CITY)

    assert (found.usual_due, found.due) == (dt.date(2026, 7, 14), dt.date(2026, 8, 29))
    days = [dt.date(2026, 6, 30), dt.date(2026, 7, 14), dt.date(2026, 7, 15), found.due, dt.date(2026, 8, 30)]
    assert [found.state_on(day).label for day in days] == [
        "Not due yet", "Due", "Data not yet complete", "Data not yet complete", "Overdue",
    ]  # fmt: skip
    assert found.days_late_on(found.due) == 0
    for day in days:
        [state] = [each for each in ReturnState if QuarterlyReturn.objects.in_states([each], day).filter(pk=found.pk)]
        assert state == found.state_on(day)


def test_edge_7_a_quarter_is_always_said_in_full(brent_lead: User) -> None:
    found = make.quarterly_return(quarter=Q2, due=dt.date(2026, 10, 14))

    assert "Q2 2026/27 (July to September 2026)" in _text(as_(brent_lead).get(f"/returns/{found.pk}/"))


# --- six blanks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "state", "answer"),
    [
        ({"quarter": Q2}, "Not due yet", "Not due yet"),
        ({}, "Due", "Due, and not written yet"),
        ({"due": dt.date(2026, 7, 7)}, "Overdue", "Overdue: not written yet"),
        ({"usual_due": dt.date(2026, 7, 7), "due": dt.date(2026, 8, 29)}, *["Data not yet complete"] * 2),
        ({"status": "excused", "excuse_reason": "Long leave"}, "Excused", "Not applicable: excused"),
    ],
)
def test_each_blank_has_words_of_its_own(brent_reader: User, values: dict[str, Any], state: str, answer: str) -> None:
    found = make.quarterly_return(**QUIET | values)

    page = as_(brent_reader).get(f"/returns/{found.pk}/")

    assert page.context["quarterly_return"].state.label == state
    assert page.context["page"].texts == [("What the board should know", answer)]


# --- c4 and c8 --------------------------------------------------------------------------------------


def test_c8_every_gap_wants_its_reason_before_the_return_goes(db: None) -> None:
    make.activity(attendance=None)
    found = make.quarterly_return(**QUIET)

    assert _keys(found) == ["uncounted", "commentary", "plan", "panel"]
    with pytest.raises(Refused, match="One delivered activity has no number of people"):
        _submit(found)


def test_c8_a_nil_return_is_explained_and_then_goes(db: None) -> None:
    found = make.quarterly_return(**QUIET | {"nil_reason": "The team moved.", "next_plan": "Two workshops."})

    sent = _submit(found, checked=["panel"])

    assert (sent.status, sent.is_nil) == ("submitted", True)
    assert ReturnSubmission.objects.get().warnings == ["No Channel panel meeting is in the log of this quarter."]


def test_c8_what_is_planned_in_the_log_is_the_plan(db: None) -> None:
    make.activity(title="Autumn fair", starts=dt.date(2026, 9, 3), status="planned")
    found = make.quarterly_return(next_plan="", nil_reason="Nothing")

    assert _keys(found) == []
    assert _submit(found).submissions.get().facts["plan"] == "Autumn fair"


def test_c4_warnings_take_a_tick_or_a_reason_and_both_are_kept(db: None) -> None:
    make.activity(attendance=5, starts=dt.date(2026, 2, 3))
    _submit(make.quarterly_return(quarter=Quarter(2025, 4), due=dt.date(2026, 4, 16)))
    _post({BRENT: "0.4"})
    make.activity(kind="channel_panel", attendance=1, cost_actual=900)
    make.activity(attendance=60, status="delivered")
    funder = Organisation.objects.get(key="home-office")
    _save(FundingLine(funder=funder, grant="Projects", borough_id=BRENT, financial_year="2026/27", expected=500))
    found = make.quarterly_return()

    assert _keys(found) == ["attendance", "posts", "cost"]
    with pytest.raises(Refused, match="61 people are 12 times the 5 of last quarter"):
        _submit(found, checked=["posts", "cost"])
    _submit(found, checked=["attendance"], note="The grant letter comes in August.")

    sent = ReturnSubmission.objects.get(quarterly_return=found)
    assert len(sent.warnings) == 3
    assert "£900, is over the confirmed funding of £0" in sent.warnings[2]
    assert sent.warnings_note == "The grant letter comes in August."


def test_c4_the_page_says_it_beside_the_tick_and_keeps_what_was_typed(brent_lead: User) -> None:
    make.activity(attendance=3)
    found = make.quarterly_return(panel_reason="")
    client = as_(brent_lead)
    seen = client.get(f"/returns/{found.pk}/submission").context["seen"]

    refused = client.post(f"/returns/{found.pk}/submission", {"seen": seen})
    client.post(f"/returns/{found.pk}/submission", {"seen": seen, "looked_panel": "on"})

    assert refused.status_code == 200
    assert "Tick that you looked at this, or give a reason below" in _text(refused)
    found.refresh_from_db()
    assert found.status == "submitted"


# --- c11, c12, c13 and c15 --------------------------------------------------------------------------


def test_c11_the_return_brings_along_what_is_logged_and_what_was_written_last_quarter(brent_lead: User) -> None:
    make.activity(starts=dt.date(2026, 2, 3), attendance=5)
    _submit(make.quarterly_return(quarter=Quarter(2025, 4), commentary="Winter was slow.", due=dt.date(2026, 4, 16)))
    _post({BRENT: "0.6", HARROW: "0.4"})
    make.activity(title="Conference", attendance=200, attendance_qualifier="at_least")
    found = make.quarterly_return()

    page = _text(as_(brent_lead).get(f"/returns/{found.pk}/edit"))

    assert "In the return already: At least 200" not in page  # nothing is to be explained there
    assert "In the return already: 0.6 full-time equivalents in 1 post" in page
    assert "What you wrote last quarter" in page
    assert "Winter was slow." in page


def test_c12_what_changed_since_last_quarter_is_told_field_by_field(brent_lead: User) -> None:
    make.activity(starts=dt.date(2026, 2, 3), attendance=5)
    _submit(make.quarterly_return(quarter=Quarter(2025, 4), commentary="Slow.", due=dt.date(2026, 4, 16)))
    make.activity(attendance=8)
    found = make.quarterly_return(commentary="Better.")

    page = as_(brent_lead).get(f"/returns/{found.pk}/").context["page"]

    assert page.since_last_quarter == [
        ("People at delivered activities", "5", "8"),
        ("What the board should know", "Slow.", "Better."),
    ]


def test_c13_a_submission_keeps_its_texts_and_facts_whatever_changes_later(db: None) -> None:
    post = _post({BRENT: "1.0"})
    make.activity(attendance=5)
    found = _submit(make.quarterly_return(commentary="As sent"))
    post.status = "vacant"
    _save(post)

    sent = found.submissions.get()

    assert (sent.commentary, sent.facts["vacancies"]) == ("As sent", "None")
    assert hash_now(found, list(found.lines.all())) == found.content_hash


def test_c15_the_task_list_says_how_much_is_not_ready(brent_lead: User) -> None:
    make.activity(attendance=None)
    found = make.quarterly_return(**QUIET)
    client = as_(brent_lead)

    before = client.get(f"/returns/{found.pk}/")
    client.post(f"/returns/{found.pk}/edit?part=commentary", {"commentary": "A good quarter.", "version": "0"})
    after = client.get(f"/returns/{found.pk}/")

    assert "To do: 3 of 11 not ready" in _text(before)
    assert f'href="/returns/{found.pk}/edit?part=commentary"' in _text(before)
    assert "To do: 2 of 11 not ready" in _text(after)
    assert f'href="/returns/{found.pk}/submission"' not in _text(after)


def test_one_part_is_edited_alone_and_leaves_the_others(brent_lead: User) -> None:
    found = make.quarterly_return(next_plan="Kept", nil_reason="Kept too")

    as_(brent_lead).post(f"/returns/{found.pk}/edit?part=help", {"help_needed": "A venue.", "version": "0"})

    found.refresh_from_db()
    assert (found.help_needed, found.next_plan, found.nil_reason) == ("A venue.", "Kept", "Kept too")


def test_a_quiet_quarter_is_submitted_in_three_pages_after_opening_the_return(brent_lead: User) -> None:
    found = make.quarterly_return(**QUIET)
    client = as_(brent_lead)
    client.get(f"/returns/{found.pk}/")

    pages = [client.get(f"/returns/{found.pk}/edit")]
    typed = {"nil_reason": "The team moved.", "panel_reason": "It meets in August.", "next_plan": "Two workshops."}
    client.post(f"/returns/{found.pk}/edit", typed | {"version": "0"})
    pages.append(client.get(f"/returns/{found.pk}/submission"))
    seen = pages[-1].context["seen"]
    pages.append(client.post(f"/returns/{found.pk}/submission", {"seen": seen}, follow=True))

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Return submitted" in _text(pages[-1])


def test_the_page_of_answers_is_marked_as_the_line_that_was_asked_about(brent_lead: User, brent_head: User) -> None:
    hidden = make.activity(title="Site visit", marking="OFFICIAL-SENSITIVE", attendance=3)
    found = _submit(make.quarterly_return())
    with acting(brent_head):
        send_back_return(found, reason="", lines={hidden.pk: "Is it done?"}, by=brent_head)

    response = as_(brent_lead).get(f"/returns/{found.pk}/edit")

    assert "Site visit" in _text(response)
    assert response.context["marking"] == "OFFICIAL-SENSITIVE"
