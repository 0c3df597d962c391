import datetime as dt

import pytest
from django.utils import timezone

from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.home.work import work_of
from contest_portal.notifications.deputising import name_deputy
from contest_portal.notifications.telling import tell
from reports.models import QuarterlyReturn
from tests import make
from tests.cast import BRENT, HARROW, as_, person

pytestmark = pytest.mark.django_db

QUERIES_OF_A_LEAD = 18
TODAY = dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)


def submitted(borough: str, by: str, quarter: Quarter = make.QUARTER) -> QuarterlyReturn:
    found = make.quarterly_return(borough, quarter)
    with acting(person(by)):
        found.status = "submitted"
        found.submitted_by = person(by)
        found.submitted_at = timezone.now()
        found.save()
    return found


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_same_number_of_questions_for_1_and_3_rows(count, brent_lead, django_assert_num_queries):
    for back in range(count):
        make.activity()
        make.quarterly_return(BRENT, make.QUARTER.shifted(-back))
        make.meeting(timezone.localdate() + (back + 1) * DAY)
    client = as_(brent_lead)
    client.get("/")

    with django_assert_num_queries(QUERIES_OF_A_LEAD):
        response = client.get("/")

    assert len(response.context["activities"]) == count
    assert len(response.context["own_returns"]) == count
    assert len(response.context["meetings"]) == count


def test_a_lead_may_log_and_sees_the_own_boroughs_activities_and_no_others(brent_lead):
    make.activity(title="Ours in Brent")
    make.activity(borough=HARROW, title="Theirs in Harrow", logged_by=person("harrow.lead"))

    body = as_(brent_lead).get("/").content.decode()

    assert "Log an activity" in body
    assert "Ours in Brent" in body
    assert "Theirs in Harrow" not in body


def test_a_lead_sees_what_is_still_to_be_sent_and_the_newest_return_of_the_own_borough(brent_lead):
    old = make.quarterly_return(BRENT, Quarter(2025, 1))
    newest = submitted(BRENT, "brent.lead", Quarter(2026, 2))
    submitted(BRENT, "brent.lead", Quarter(2025, 2))
    make.quarterly_return(HARROW, Quarter(2026, 2))

    assert list(work_of(brent_lead, TODAY)["own_returns"]) == [newest, old]


def test_a_return_that_is_late_is_said_to_be(brent_lead):
    make.quarterly_return(BRENT, due=timezone.localdate() - DAY)

    body = as_(brent_lead).get("/").content.decode()

    assert "Overdue" in body


def test_a_return_waits_for_everybody_but_the_person_who_submitted_it(brent_lead, brent_head, harrow_lead, analyst):
    waiting = submitted(BRENT, "brent.lead")

    assert work_of(brent_lead, TODAY)["waiting"] == []
    assert work_of(brent_head, TODAY)["waiting"] == [waiting]
    assert work_of(harrow_lead, TODAY)["waiting"] == []
    assert work_of(analyst, TODAY)["waiting"] == [waiting]


def test_a_secretary_sees_the_next_meetings_with_the_day_to_publish_by(secretary):
    make.meeting(dt.date(2026, 11, 21))
    soon = make.meeting(dt.date(2027, 1, 8))
    make.meeting(dt.date(2027, 1, 20), board=make.board("another-board", name="Another board"))

    assert work_of(secretary, TODAY)["meetings"] == [(soon, dt.date(2026, 12, 30))]


def test_a_member_sees_figures_and_meetings_of_every_board_and_no_work_of_others(member):
    make.meeting(dt.date(2027, 1, 8))
    make.meeting(dt.date(2027, 1, 20), board=make.board("another-board", name="Another board"))

    work = work_of(member, TODAY)

    assert [figure.key for figure in work["headlines"]] == [
        "activities",
        "attendance",
        "boroughs_active",
        "returns_accepted",
    ]
    assert len(work["meetings"]) == 2
    assert not {"drafts", "waiting", "own_returns", "activities"} & set(work)


def test_figures_are_of_the_last_quarter_that_is_over(member):
    make.activity(starts=dt.date(2026, 9, 30))
    make.activity(starts=dt.date(2026, 10, 1))

    headlines = work_of(member, TODAY)["headlines"]

    assert headlines[0].words == "1"


def test_an_administrator_sees_roles_that_end_soon_and_no_content(admin, outsider):
    make.activity(title="Not for administrators")
    with acting(User.objects.portal()):
        for days in (0, 30, 31):
            give_until(outsider, timezone.localdate() + days * DAY)

    response = as_(admin).get("/")

    today = timezone.localdate()
    assert [grant.ends - today for grant in response.context["ending"]] == [0 * DAY, 30 * DAY]
    assert "Not for administrators" not in response.content.decode()
    assert "headlines" not in response.context


def give_until(user: User, ends: dt.date) -> None:
    Grant(
        user=user,
        role="member",
        scope_kind="all",
        scope_name="All London",
        starts=timezone.localdate() - DAY,
        ends=ends,
        granted_by=User.objects.portal(),
        reason="A test",
    ).save()


def test_somebody_without_a_role_is_told_whom_to_ask_and_shown_nothing(outsider):
    make.activity(title="Not for outsiders")

    body = as_(outsider).get("/").content.decode()

    assert "You have no role yet" in body
    assert "Addie Keyes" in body
    assert "Not for outsiders" not in body


@pytest.mark.parametrize(
    "account",
    [
        "brent.lead",
        "brent.reader",
        "prevent.lead",
        "analyst",
        "secretary",
        "chair",
        "boardmember",
        "member",
        "auditor",
        "admin",
    ],
)
def test_every_role_has_a_home_and_every_link_on_it_leads_somewhere(account):
    make.activity()
    make.meeting(timezone.localdate() + 20 * DAY)
    make.quarterly_return()
    client = as_(person(account))

    body = client.get("/").content.decode()

    for link in {part.split('"')[0].split("#")[0] for part in body.split('href="/')[1:]}:
        if not link.startswith("static/"):
            assert client.get(f"/{link}", follow=True).status_code == 200, link


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get("/").headers["Location"] == "/accounts/login/?next=/"


def test_home_shows_the_newest_unread_messages(brent_lead, harrow_lead):
    tell([brent_lead], "The return was sent back", "See why.", link="/returns/", about="return_sent_back")

    page = as_(brent_lead).get("/").content.decode()
    assert "1 unread message<" in page
    assert "The return was sent back" in page
    assert "unread message" not in as_(harrow_lead).get("/").content.decode()


def test_home_says_whose_deputy_one_is_today(brent_lead, harrow_lead):
    today = timezone.localdate()
    with acting(brent_lead):
        name_deputy(brent_lead, harrow_lead, starts=today, ends=today, reason="Leave", by=brent_lead)

    page = as_(harrow_lead).get("/").content.decode()
    assert "Today you stand in for Bea Brentwell" in page
    assert page.count("Borough Prevent lead, E09000015") == 1
    assert "Borough Prevent lead, E09000005" not in page
