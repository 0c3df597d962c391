"""The pages of messages: one's own, counted in the header, and how they are emailed."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.notifications.kinds import KINDS
from contest_portal.notifications.models import MailChoice, Message
from contest_portal.notifications.telling import tell
from tests.cast import as_

pytestmark = pytest.mark.django_db


def told(person: User, number: int = 1, link: str = "/activities/") -> Message:
    (message,) = tell([person], f"Notice {number}", "Something happened.", link=link, about="comment")
    return message


def page(client: Client, path: str = "/messages/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_header_says_how_many_are_unread(brent_lead: User) -> None:
    told(brent_lead)
    told(brent_lead)

    assert '2<span class="govuk-visually-hidden"> unread</span>' in page(as_(brent_lead), "/account/")


def test_opening_leads_to_what_it_is_about_and_marks_it_read(brent_lead: User) -> None:
    message = told(brent_lead)

    response = as_(brent_lead).post(f"/messages/{message.pk}/")
    assert (response.status_code, response["Location"]) == (302, "/activities/")
    message.refresh_from_db()
    assert message.read_at is not None


def test_a_message_can_be_marked_without_being_opened(brent_lead: User) -> None:
    message = told(brent_lead)

    response = as_(brent_lead).post(f"/messages/{message.pk}/", {"then": "stay"})
    assert response["Location"] == "/messages/"
    assert not Message.objects.unread().exists()


@pytest.mark.parametrize("link", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_a_link_never_leads_out_of_the_portal(brent_lead: User, link: str) -> None:
    assert as_(brent_lead).post(f"/messages/{told(brent_lead, link=link).pk}/")["Location"] == "/messages/"


def test_only_ones_own_are_there(brent_lead: User, harrow_lead: User) -> None:
    message = told(brent_lead)
    client = as_(harrow_lead)

    assert "Notice 1" not in page(client)
    assert client.post(f"/messages/{message.pk}/").status_code == 404
    client.post("/messages/read/")
    assert Message.objects.unread().count() == 1


def test_all_are_marked_as_read_at_once(brent_lead: User) -> None:
    told(brent_lead)
    told(brent_lead)

    response = as_(brent_lead).post("/messages/read/", follow=True)
    assert "You have read them all" in response.content.decode()
    assert not Message.objects.unread().exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    brent_lead: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        told(brent_lead, number)
    client = as_(brent_lead)
    page(client)

    # The request's transaction, savepoint and author, the session, the person with the count of unread ones,
    # the grants, how many there are, the page.
    with django_assert_num_queries(10):
        page(client)


def test_h4_each_person_chooses_for_each_kind(brent_lead: User) -> None:
    client = as_(brent_lead)
    typed = {kind.key: kind.email for kind in KINDS.values()} | {"comment": "weekly"}

    assert client.post("/account/emails/", typed).status_code == 302
    assert [(row.about, row.frequency) for row in MailChoice.objects.all()] == [("comment", "weekly")]
    client.post("/account/emails/", typed | {"comment": "off"})
    assert [(row.about, row.frequency) for row in MailChoice.objects.all()] == [("comment", "off")]


def test_h4_an_unknown_choice_is_refused_beside_its_field(brent_lead: User) -> None:
    typed = {kind.key: kind.email for kind in KINDS.values()} | {"comment": "hourly"}

    response = as_(brent_lead).post("/account/emails/", typed)
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert not MailChoice.objects.exists()
