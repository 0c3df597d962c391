"""The calendar after the call: reminders before a return is due, chasers after, in working days, each of them once."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from boroughs.models import Borough
from contest_portal.access.models import Deputy, Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.notifications.models import Message
from reports.models import Chaser, QuarterlyReturn
from reports.models.return_content import hash_now
from reports.models.return_line import lines_from_log
from reports.workflow.chasing import remind
from reports.workflow.return_decisions import send_back_return
from reports.workflow.return_writing import submit_return
from reports.workflow.returns import open_returns
from tests import make
from tests.cast import BRENT, HARROW, as_, grant

pytestmark = pytest.mark.django_db
Q2 = Quarter(2026, 2)
DUE = dt.date(2026, 10, 14)


def day(text: str) -> list[Chaser]:
    """The daily job on that day of 2026."""
    on = dt.datetime.strptime(f"{text} 2026", "%d %b %Y").replace(hour=6, tzinfo=dt.UTC)
    with time_machine.travel(on, tick=False), acting(User.objects.portal()):
        return remind(on.date(), by=User.objects.portal())


@pytest.fixture
def owed(db: None) -> QuarterlyReturn:
    return make.quarterly_return(BRENT, Q2, due=DUE)


def told(person: User, about: str) -> list[str]:
    return list(Message.objects.visible_to(person).filter(about=about).order_by("pk").values_list("subject", flat=True))


def test_c2_the_call_reaches_the_lead_once(owed: QuarterlyReturn, brent_lead: User, harrow_lead: User) -> None:
    day("1 Oct")
    day("2 Oct")

    assert told(brent_lead, "return_called") == ["Brent, Q2 2026/27: the return is called for"]
    assert told(harrow_lead, "return_called") == []


def test_story_5_the_call_reaches_33_leads_and_the_secretary_reads_so(brent_lead: User, secretary: User) -> None:
    portal = User.objects.portal()
    with acting(portal):
        for borough in Borough.objects.exclude(pk__in=[BRENT, HARROW]):
            lead = User(email=f"{borough.code.lower()}@demo.example", name=borough.name, post="Prevent lead")
            lead.save()
            grant(lead, "borough_lead", "borough", borough.pk, by=portal)
        open_returns(Q2, by=portal)
    day("1 Oct")

    calls = Message.objects.filter(about="return_called")
    assert (calls.count(), calls.values("recipient").distinct().count()) == (33, 33)
    assert told(brent_lead, "return_called") == ["Brent, Q2 2026/27: the return is called for"]
    day("15 Oct")
    page = as_(secretary).get("/returns/sent", {"quarter": Q2.key}).content.decode()
    words = "33 of 33 areas were called, by 33 messages; 0 reminders and 33 chasers went out after that."
    assert words in page
    assert page.count(f"{brent_lead}, {brent_lead.post}") == 2


def test_c2_a_reminder_three_working_days_before(owed: QuarterlyReturn, brent_lead: User) -> None:
    day("8 Oct")
    assert told(brent_lead, "return_due") == []
    day("9 Oct")
    day("12 Oct")
    assert told(brent_lead, "return_due") == ["Brent, Q2 2026/27: due on 14 October 2026"]


def test_c2_chasers_of_story_6_on_15_19_and_21_october(
    owed: QuarterlyReturn, brent_lead: User, brent_head: User, secretary: User
) -> None:
    made = {number: [chaser.level for chaser in day(f"{number} Oct")] for number in range(10, 31)}

    assert {number: levels for number, levels in made.items() if levels} == {15: [1], 19: [2], 21: [3]}
    first, second, third = Chaser.objects.order_by("level")
    assert first.recipients == ["Bea Brentwell, Prevent lead, Brent"]
    assert second.recipients == third.recipients == [*first.recipients, f"Hal Brentford, {brent_head.post}"]
    assert len(told(brent_lead, "return_due")) == 4, "the reminder, then three chasers"
    assert len(told(brent_head, "return_due")) == 2
    assert told(secretary, "return_due") == ["Returns for the chair’s letter"]


def test_c2_after_missed_days_only_the_furthest_step_is_taken(owed: QuarterlyReturn, brent_lead: User) -> None:
    assert [chaser.level for chaser in day("26 Oct")] == [3]
    assert day("27 Oct") == []
    assert len(told(brent_lead, "return_due")) == 1


def test_the_job_may_run_twice_on_a_day(owed: QuarterlyReturn) -> None:
    assert len(day("15 Oct")) == 1
    assert day("15 Oct") == []


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_what_is_in_is_not_chased(owed: QuarterlyReturn, status: str, brent_lead: User, brent_head: User) -> None:
    with acting(brent_lead):
        owed.status, owed.submitted_by, owed.submitted_at = status, brent_lead, dt.datetime(2026, 10, 13, tzinfo=dt.UTC)
        owed.save()

    assert day("21 Oct") == []


def test_an_excused_return_is_not_chased(owed: QuarterlyReturn) -> None:
    with acting(User.objects.portal()):
        owed.status, owed.excuse_reason = "excused", "The officer is on long leave."
        owed.save()

    assert day("21 Oct") == []


def test_a_borough_without_anybody_is_not_recorded_as_chased(owed: QuarterlyReturn) -> None:
    with acting(User.objects.portal()):
        for grant in Grant.objects.filter(scope_key=BRENT):
            grant.ends = dt.date(2026, 9, 30)
            grant.save()

    assert day("15 Oct") == []


def test_chasers_go_to_the_post_and_its_deputy(owed: QuarterlyReturn, brent_lead: User, harrow_lead: User) -> None:
    with acting(brent_lead):
        Deputy(
            person=brent_lead,
            deputy=harrow_lead,
            starts=dt.date(2026, 10, 12),
            ends=dt.date(2026, 10, 23),
            reason="Leave",
            named_by=brent_lead,
        ).save()
    day("15 Oct")

    assert Message.objects.visible_to(harrow_lead).get(about="return_due").for_person == brent_lead


def test_no_notice_says_anything_of_what_is_in_the_return(owed: QuarterlyReturn, brent_lead: User) -> None:
    with acting(brent_lead):
        owed.commentary = "A sentence that nobody else should meet."
        owed.save()
    day("1 Oct")
    day("21 Oct")

    assert not Message.objects.filter(text__contains="nobody else").exists()


# --- by hand --------------------------------------------------------------------------------------


@pytest.fixture
def late(db: None) -> Any:
    rows = [make.quarterly_return(BRENT, Q2, due=DUE), make.quarterly_return(HARROW, Q2, due=dt.date(2026, 12, 1))]
    with time_machine.travel(dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC), tick=False):
        yield rows


def test_the_preview_names_each_recipient_and_why_some_cannot_be_chased(late: Any, secretary: User) -> None:
    page = as_(secretary).get("/returns/chasing", {"return": [row.pk for row in late]}).content.decode()

    assert "Bea Brentwell" in page
    assert "It is not overdue: it is due on 1 December 2026." in page
    assert not Chaser.objects.exists()


def test_bulk_chase_tells_those_that_can_be_chased(late: Any, secretary: User, brent_lead: User) -> None:
    client = as_(secretary)
    response = client.post("/returns/chasing", {"return": [row.pk for row in late]}, follow=True)

    assert "1 return is chased." in response.content.decode()
    assert [chaser.by for chaser in Chaser.objects.all()] == [secretary]
    assert told(brent_lead, "return_due") == ["Brent, Q2 2026/27: the return is overdue"]
    again = client.post("/returns/chasing", {"return": [late[0].pk]})
    assert again.status_code == 409, "once a day"
    assert Chaser.objects.count() == 1


def test_bulk_chase_refuses_whole_when_one_is_not_there(late: Any, secretary: User) -> None:
    assert as_(secretary).post("/returns/chasing", {"return": [late[0].pk, 999_999]}).status_code == 404
    assert as_(secretary).post("/returns/chasing", {"return": [late[0].pk, "x"]}).status_code == 404
    assert not Chaser.objects.exists()


def test_only_a_secretary_chases(late: Any, analyst: User, brent_head: User) -> None:
    for person in (analyst, brent_head):
        assert as_(person).post("/returns/chasing", {"return": [late[0].pk]}).status_code == 403


def test_nothing_ticked_says_what_to_do(late: Any, secretary: User) -> None:
    assert "Tick the returns" in as_(secretary).get("/returns/chasing", follow=True).content.decode()


# --- when a return moves ----------------------------------------------------------------------------


def test_c5_who_has_to_act_next_is_told_when_a_return_moves(brent_lead: User, brent_head: User, analyst: User) -> None:
    make.activity()
    with acting(brent_lead):
        found = make.quarterly_return(BRENT)
        with time_machine.travel(dt.datetime(2026, 7, 10, 9, tzinfo=dt.UTC), tick=False):
            found = submit_return(found, seen=hash_now(found, lines_from_log(found)), by=brent_lead, note="Seen")
    assert told(brent_head, "return_submitted") == ["Brent, Q1 2026/27: the return waits for you"]
    assert told(brent_lead, "return_submitted") == []
    with acting(analyst):
        found = send_back_return(found, reason="xsecretreason", by=analyst)

    assert told(brent_lead, "return_sent_back") == ["Brent, Q1 2026/27: the return was sent back"]
    assert not Message.objects.filter(text__contains="xsecretreason").exists()
