import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from tests import make
from tests.cast import BRENT, as_, person

pytestmark = pytest.mark.django_db

BY = ["--by", "admin@demo.example"]
WHY = ["--reason", "Covers for a colleague"]


def close_all_administrators() -> None:
    with acting(User.objects.portal()):
        for grant in Grant.objects.filter(role="admin"):
            grant.ends = timezone.localdate() - dt.timedelta(days=1)
            grant.save()


def test_a_role_is_granted_on_a_borough_until_a_day(outsider, admin, capsys):
    call_command("grant", outsider.email, "borough_lead", "--borough", "Brent", "--until", "2099-03-31", *WHY, *BY)

    made = Grant.objects.get(user=outsider)
    assert (made.role, made.scope_kind, made.scope_key, made.scope_name) == ("borough_lead", "borough", BRENT, "Brent")
    assert (made.starts, made.ends) == (timezone.localdate(), dt.date(2099, 3, 31))
    assert (made.granted_by, made.reason) == (admin, "Covers for a colleague")
    assert made.history.get().history_user == admin
    assert capsys.readouterr().out == ("Otto Outwith is Borough Prevent lead, Brent from today until 31 March 2099.\n")
    assert as_(person("outsider")).get("/boroughs/").status_code == 200


@pytest.mark.parametrize("typed", ["E09000005", "e09000005", "BEN", "brent"])
def test_a_borough_may_be_named_in_three_ways(typed, outsider):
    call_command("grant", outsider.email, "borough_reader", "--borough", typed, *WHY, *BY)

    assert Grant.objects.get(user=outsider).scope_key == BRENT


def test_a_grant_ends_after_90_days_unless_another_day_is_given(outsider):
    call_command("grant", outsider.email, "member", *WHY, *BY)

    assert Grant.objects.get(user=outsider).ends == timezone.localdate() + dt.timedelta(days=90)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nobody@demo.example", "member", *BY], "There is no open account for nobody@demo.example."),
        (["outsider@demo.example", "king", *BY], "There is no role “king”. The roles are: borough_lead"),
        (["outsider@demo.example", "borough_lead", *BY], "The role borough_lead is granted on --borough KEY."),
        (["outsider@demo.example", "member", "--borough", "BEN", *BY], "The role member is granted on all London."),
        (["outsider@demo.example", "borough_lead", "--borough", "Paris", *BY], "There is no borough “Paris”."),
        (["outsider@demo.example", "chair", "--board", "x", "--strand", "y", *BY], "Give one of --borough"),
        (["outsider@demo.example", "member", "--until", "soon", *BY], "“soon” is not a date such as 2027-03-31."),
        (["outsider@demo.example", "member", "--until", "2001-03-31", *BY], "31 March 2001 is over."),
        (["outsider@demo.example", "member", "--by", "analyst@demo.example"], "is not an administrator"),
        (["outsider@demo.example", "member"], "Say who answers for this: add --by EMAIL"),
        (["admin@demo.example", "member", *BY], "Nobody grants a role to themselves."),
        (["member@demo.example", "member", *BY], "is MPA/MOPAC member, All London already"),
    ],
)
def test_what_cannot_be_granted_is_said_in_a_sentence_and_nothing_is_saved(arguments, sentence):
    before = Grant.objects.count()

    with pytest.raises(CommandError) as refusal:
        call_command("grant", *arguments, *WHY)

    assert sentence in str(refusal.value)
    assert Grant.objects.count() == before


@pytest.mark.parametrize(("last_day", "granted"), [(-1, False), (0, True)])
def test_nobody_is_given_a_role_on_a_board_that_had_ended_before_the_first_day(last_day, granted, outsider):
    today = timezone.localdate()
    board = make.board("pilot", name="Pilot Board")
    with acting(User.objects.portal()):
        board.ends = today + dt.timedelta(days=last_day)
        board.save()

    try:
        call_command("grant", outsider.email, "chair", "--board", "pilot", *WHY, *BY)
        said = ""
    except CommandError as refusal:
        said = str(refusal)

    assert Grant.objects.filter(user=outsider).exists() is granted
    assert said == ("" if granted else f"The Pilot Board ended on {board.ends:%-d %B %Y}. Name a board that lasts.")


def test_the_first_administrator_is_granted_by_the_portal_itself(outsider):
    close_all_administrators()

    call_command("grant", outsider.email, "admin", *WHY)

    assert Grant.objects.get(user=outsider).granted_by == User.objects.portal()


def test_an_account_is_opened_with_a_first_password_and_no_role(admin, client, capsys):
    call_command("add_person", "New.Lead@brent.example", "Nia Newly", "Prevent lead, Brent", *BY)

    sentence, password = capsys.readouterr().out.splitlines()
    made = User.objects.get(email="new.lead@brent.example")
    assert sentence.startswith("Nia Newly can sign in as new.lead@brent.example")
    assert made.check_password(password)
    assert not made.grants.exists()
    assert made.history.get().history_user == admin
    response = client.post("/accounts/login/", {"login": made.email, "password": password}, follow=True)
    assert "You have no role yet" in response.content.decode()


@pytest.mark.parametrize(
    ("email", "name", "sentence"),
    [
        ("brent.lead", "Nia Newly", "Enter a valid email address"),
        ("BRENT.lead@demo.example", "Nia Newly", "There is an account for brent.lead@demo.example already."),
        ("new@demo.example", "", "The account was not opened."),
    ],
)
def test_an_account_that_cannot_be_opened_is_refused_in_a_sentence(email, name, sentence):
    before = User.objects.count()

    with pytest.raises(CommandError) as refusal:
        call_command("add_person", email, name, "Prevent lead", *BY)

    assert sentence in str(refusal.value)
    assert User.objects.count() == before
