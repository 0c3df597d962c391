"""A deputy for leave: who may be one, what they may do in whose place, and that both names stand on it."""

import datetime as dt

import pytest
from django.utils import timezone

from contest_portal.access.grants import holders_of, scope_of, stands_in_for
from contest_portal.access.models import Deputy, Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import LedgerEntry
from contest_portal.core.refusal import Refused
from contest_portal.notifications.deputising import end_deputy, name_deputy
from contest_portal.notifications.models import Message
from contest_portal.notifications.telling import tell
from tests import make
from tests.cast import BRENT, HARROW, as_, person
from tests.strands.answers import day

pytestmark = pytest.mark.django_db


def on(days: int) -> dt.date:
    """The day that is so many days from now."""
    return timezone.localdate() + dt.timedelta(days=days)


def named(absent: User, deputy: User, *, starts: int = 0, ends: int = 7) -> Deputy:
    with acting(absent):
        return name_deputy(
            absent,
            deputy,
            starts=on(starts),
            ends=on(ends),
            reason="Annual leave",
            by=absent,
        )


def boroughs(account: str, permission: str) -> frozenset[str]:
    return scope_of(person(account), permission).boroughs


def test_ask17_a_deputy_does_the_work_of_the_borough_on_these_days(brent_lead: User, harrow_lead: User) -> None:
    named(brent_lead, harrow_lead)

    assert boroughs("harrow.lead", "activity.log") == {BRENT, HARROW}
    assert boroughs("harrow.lead", "return.submit") == {BRENT, HARROW}
    assert stands_in_for(person("harrow.lead"), "return.submit", borough=BRENT) == brent_lead
    assert stands_in_for(person("harrow.lead"), "return.submit", borough=HARROW) is None


@pytest.mark.parametrize(("starts", "ends"), [(1, 7), (-7, -1)])
def test_not_before_and_not_after(brent_lead: User, harrow_lead: User, starts: int, ends: int) -> None:
    with acting(brent_lead):
        Deputy(
            person=brent_lead,
            deputy=harrow_lead,
            starts=on(starts),
            ends=on(ends),
            reason="Leave",
            named_by=brent_lead,
        ).save()

    assert boroughs("harrow.lead", "activity.log") == {HARROW}


def test_letting_others_in_by_name_is_not_lent(brent_lead: User, harrow_lead: User) -> None:
    named(brent_lead, harrow_lead)

    assert boroughs("harrow.lead", "activity.share") == {HARROW}


def test_who_reads_nothing_sensitive_does_not_as_a_deputy(brent_lead: User, brent_reader: User) -> None:
    named(brent_lead, brent_reader)

    assert boroughs("brent.reader", "return.submit") == {BRENT}
    assert boroughs("brent.reader", "activity.sensitive") == frozenset()


def test_a_right_is_not_passed_on(brent_lead: User, harrow_lead: User, brent_reader: User) -> None:
    named(brent_lead, harrow_lead)
    named(harrow_lead, person("brent.head"))

    assert boroughs("brent.head", "activity.log") == {BRENT, HARROW}
    assert boroughs("brent.reader", "activity.log") == frozenset()


def test_it_ends_with_the_right_of_the_person(brent_lead: User, harrow_lead: User) -> None:
    named(brent_lead, harrow_lead)
    grant = Grant.objects.get(user=brent_lead)
    with acting(brent_lead):
        grant.ends = on(-1)
        grant.save()
    assert boroughs("harrow.lead", "activity.log") == {HARROW}


def test_it_ends_when_the_person_leaves(brent_lead: User, harrow_lead: User) -> None:
    named(brent_lead, harrow_lead)
    with acting(brent_lead):
        brent_lead.is_active = False
        brent_lead.save()

    assert boroughs("harrow.lead", "activity.log") == {HARROW}


@pytest.mark.parametrize("account", ["outsider", "member", "admin", "analyst"])
def test_nobody_enters_a_borough_by_being_named(brent_lead: User, account: str) -> None:
    with pytest.raises(Refused, match="leads no other one"):
        named(brent_lead, person(account))


def test_other_roles_are_stood_in_for_by_the_same_role(analyst: User, member: User) -> None:
    with pytest.raises(Refused, match="the same role"):
        named(analyst, member)


def test_only_one_deputy_at_a_time(brent_lead: User, harrow_lead: User, brent_head: User) -> None:
    named(brent_lead, harrow_lead)

    with pytest.raises(Refused, match="End that first"):
        named(brent_lead, brent_head, starts=3, ends=10)


def test_ending_takes_the_right_at_once_and_tells_both(brent_lead: User, harrow_lead: User) -> None:
    found = named(brent_lead, harrow_lead)
    with acting(harrow_lead):
        end_deputy(found, by=harrow_lead)

    assert boroughs("harrow.lead", "activity.log") == {HARROW}
    assert Message.objects.filter(subject__contains="no longer deputy").count() == 2


def test_messages_reach_the_deputy_too_and_say_for_whom(brent_lead: User, harrow_lead: User) -> None:
    named(brent_lead, harrow_lead)
    tell([brent_lead], "The return was sent back", "See why.", link="/returns/", about="return_sent_back")

    assert Message.objects.visible_to(harrow_lead).get(about="return_sent_back").for_person == brent_lead
    assert "To you as deputy for Bea Brentwell" in as_(harrow_lead).get("/messages/").content.decode()


def test_g7_both_names_stand_in_the_trail(brent_lead: User, harrow_lead: User) -> None:
    named(brent_lead, harrow_lead)
    found = make.quarterly_return(BRENT)
    typed = {"version": found.version, "commentary": "A quiet quarter.", "nil_reason": "Nothing was planned."}
    as_(harrow_lead).post(f"/returns/{found.pk}/edit", typed)

    entry = LedgerEntry.objects.filter(table="reports_quarterlyreturn").latest("id")
    assert entry.actor == str(harrow_lead.pk)
    assert entry.reason == "On these days also deputy for Bea Brentwell (E09000005)"
    assert found.history.first().history_user == harrow_lead
    assert "Bea Brentwell" in found.history.first().history_change_reason


def test_holders_are_found_by_role_and_borough(brent_lead: User, brent_head: User, analyst: User) -> None:
    assert brent_lead in holders_of("return.submit", borough=BRENT)
    assert analyst not in holders_of("return.send_back", borough=BRENT)
    assert analyst in holders_of("return.send_back")
    assert brent_lead not in holders_of("return.send_back")


def test_page_names_a_deputy_for_a_colleague(brent_lead: User, brent_head: User, harrow_lead: User) -> None:
    client = as_(brent_head)
    typed = {"person": str(brent_lead.pk), "email": "HARROW.lead@demo.example", "reason": "Annual leave"}
    typed |= day("starts", on(0)) | day("ends", on(5))

    page = client.post("/account/deputies/", typed, follow=True).content.decode()
    assert "Hattie Harrowby is named as deputy for Bea Brentwell" in page
    assert Deputy.objects.get().named_by == brent_head
    assert client.post(f"/account/deputies/{Deputy.objects.get().pk}/ending/").status_code == 302
    assert not Deputy.objects.exists()


@pytest.mark.parametrize(
    ("days", "change", "sentence"),
    [
        (5, {"email": "nobody@demo.example"}, "Nobody signs in here with nobody@demo.example"),
        (5, {"email": "member@demo.example"}, "leads no other one"),
        (5, {"email": "brent.lead@demo.example"}, "A deputy is somebody else"),
        (-1, {}, "must not be before the first day"),
        (91, {}, "within 90 days"),
        (5, {"reason": ""}, "Say why, for example annual leave"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_kept(
    brent_lead: User, days: int, change: dict[str, str], sentence: str
) -> None:
    typed = {"person": str(brent_lead.pk), "email": "harrow.lead@demo.example", "reason": "Annual leave"}
    typed |= day("starts", on(0)) | day("ends", on(days)) | change

    page = as_(brent_lead).post("/account/deputies/", typed).content.decode()
    assert sentence in page
    assert f'value="{typed["email"]}"' in page
    assert not Deputy.objects.exists()
