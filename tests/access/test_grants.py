import datetime as dt

import pytest
from django.utils import timezone

from contest_portal.access.models import Grant
from contest_portal.access.roles import PERMISSIONS
from contest_portal.access.sentences import CLOSED, SENTENCES
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from tests.cast import BOARD, BRENT, HARROW, as_, grant, person

pytestmark = pytest.mark.django_db

QUERIES_OF_THE_LIST = 14
DAY = dt.timedelta(days=1)


def give(user: User, role: str, kind: str, key: str, **values: object) -> Grant:
    with acting(User.objects.portal()):
        made = grant(user, role, kind, key, by=User.objects.portal())
        for name, value in values.items():
            setattr(made, name, value)
        made.save()
    return made


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_1_and_3_rows(count, admin, outsider, django_assert_num_queries):
    for key in [BRENT, HARROW, "E09000009"][:count]:
        give(outsider, "borough_reader", "borough", key)
    client = as_(admin)

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        response = client.get("/grants/?person=otto")

    assert len(response.context["page"].object_list) == count


@pytest.mark.parametrize("account", ["admin", "auditor"])
def test_administrators_and_auditors_see_every_grant(account):
    assert set(Grant.objects.visible_to(person(account))) == set(Grant.objects.all())


@pytest.mark.parametrize("account", ["secretary", "chair"])
def test_secretaries_and_chairs_see_the_grants_on_their_own_boards_only(account, outsider):
    give(outsider, "board_member", "board", "another-board")

    response = as_(person(account)).get("/grants/")

    shown = {str(row.user) for row in response.context["page"]}
    assert shown == {"Sasha Minter", "Charlie Gavell", "Bo Seatley"}
    assert "Otto Outwith" not in response.content.decode()


@pytest.mark.parametrize("account", ["brent.lead", "prevent.lead", "analyst", "boardmember", "member", "outsider"])
def test_others_do_not_see_grants(account):
    assert as_(person(account)).get("/grants/").status_code == 403
    assert list(Grant.objects.visible_to(person(account))) == []


def test_a_grant_that_has_ended_opens_no_list(outsider):
    today = timezone.localdate()
    give(outsider, "auditor", "all", "", ends=today - DAY)

    assert as_(outsider).get("/grants/").status_code == 403


@pytest.mark.parametrize(
    ("starts", "ends", "standing"), [(-9, -1, "ended"), (-9, 0, "live"), (0, 9, "live"), (1, 9, "not_yet")]
)
def test_a_grant_is_live_ended_or_not_yet_and_can_be_found_as_such(starts, ends, standing, admin, outsider):
    today = timezone.localdate()
    made = give(outsider, "member", "all", "", starts=today + starts * DAY, ends=today + ends * DAY)

    found = as_(admin).get(f"/grants/?person=otto&standing={standing}").context["page"]
    others = {"ended", "live", "not_yet"} - {standing}

    assert list(found) == [made]
    assert made.standing_today == standing
    for other in others:
        assert list(as_(admin).get(f"/grants/?person=otto&standing={other}").context["page"]) == []


def test_a_grant_says_who_gave_it_and_why(admin, outsider):
    give(outsider, "member", "all", "", reason="Sits on the oversight panel until spring")

    body = as_(admin).get("/grants/?person=otto").content.decode()

    assert "Sits on the oversight panel until spring" in body
    assert str(User.objects.portal()) in body


def test_every_permission_has_its_sentence_and_nothing_else_has():
    assert set(SENTENCES) == PERMISSIONS
    assert set(CLOSED) <= PERMISSIONS


def test_a_borough_lead_reads_what_the_role_opens_and_what_stays_closed(brent_lead):
    response = as_(brent_lead).get("/account/")

    role = response.context["roles"][0]
    assert SENTENCES["activity.log"] in role.within
    assert SENTENCES["dashboard.read"] in role.everywhere
    assert f"{CLOSED['activity.read']}, outside {BRENT}." in response.context["closed"]
    assert f"{CLOSED['paper.draft.read']}." in response.context["closed"]
    assert "Needed for the tests" in response.content.decode()


def test_an_administrator_reads_that_content_is_closed(admin):
    closed = as_(admin).get("/account/").context["closed"]

    assert f"{CLOSED['activity.read']}." in closed
    assert f"{CLOSED['paper.part2']}." in closed
    assert f"{CLOSED['grant.list']}." not in closed


def test_roles_that_ended_are_listed_after_those_of_today_and_open_nothing(outsider):
    today = timezone.localdate()
    give(outsider, "secretary", "board", BOARD, ends=today - DAY)
    give(outsider, "member", "all", "")

    response = as_(outsider).get("/account/")

    assert [role.standing.value for role in response.context["roles"]] == ["live", "ended"]
    assert SENTENCES["paper.issue"] not in response.content.decode()


def test_somebody_without_a_role_is_told_whom_to_ask(outsider):
    body = as_(outsider).get("/account/").content.decode()

    assert "You have no role yet" in body
    assert "admin@demo.example" in body


def test_a_visitor_is_asked_to_sign_in(client):
    for path in ("/account/", "/grants/"):
        assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
