"""Telling people: a message for each, an email the way they chose, and nothing lost when a mail server fails."""

import datetime as dt
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import LedgerEntry
from contest_portal.environment import mail_server
from contest_portal.notifications import outbox
from contest_portal.notifications.digests import write_digests
from contest_portal.notifications.kinds import KINDS, Frequency
from contest_portal.notifications.models import WAITS, Mail, MailChoice, MailState, Message
from contest_portal.notifications.telling import tell
from tests.cast import as_

pytestmark = pytest.mark.django_db


def told(*people: User, about: str = "return_sent_back", **more: Any) -> list[Message]:
    subject = "Brent, Q1 2026/27: the return was sent back"
    return tell(people, subject, "Three lines need another look.", link="/returns/1/", about=about, **more)


def choose(person: User, frequency: Frequency, about: str = "return_sent_back") -> None:
    with acting(person):
        MailChoice(person=person, about=about, frequency=frequency).save()


def test_a_message_reaches_the_person_and_an_email_is_queued(brent_lead: User) -> None:
    (message,) = told(brent_lead)

    assert Message.objects.visible_to(brent_lead).get() == message
    assert Mail.objects.get().state == MailState.QUEUED


def test_the_email_starts_with_the_marking_and_links_to_the_page(brent_lead: User) -> None:
    told(brent_lead)

    assert outbox.sweep() == 1
    (sent,) = mail.outbox
    assert sent.subject == "OFFICIAL: Brent, Q1 2026/27: the return was sent back"
    assert sent.to == ["brent.lead@demo.example"]
    assert "Three lines need another look." in sent.body
    assert "/returns/1/" in sent.body
    assert "/account/emails/" in sent.body


def test_an_email_is_sent_once(brent_lead: User) -> None:
    told(brent_lead)
    outbox.sweep()

    assert outbox.send(Mail.objects.get().pk) is False
    assert outbox.sweep() == 0
    assert len(mail.outbox) == 1


def test_everybody_is_told_of_one_event_once(brent_lead: User, harrow_lead: User) -> None:
    told(brent_lead, brent_lead, event="chase-1")
    told(brent_lead, harrow_lead, event="chase-1")

    assert Message.objects.count() == 2
    assert Mail.objects.count() == 2


def test_somebody_who_has_left_is_not_told(brent_lead: User) -> None:
    with acting(brent_lead):
        brent_lead.is_active = False
        brent_lead.save()

    assert told(brent_lead) == []


@pytest.mark.parametrize("frequency", [Frequency.DAILY, Frequency.WEEKLY, Frequency.OFF])
def test_h4_no_email_at_once_for_those_who_chose_otherwise(brent_lead: User, frequency: Frequency) -> None:
    choose(brent_lead, frequency)

    told(brent_lead)
    assert Message.objects.count() == 1
    assert Mail.objects.count() == 0


def test_h4_a_digest_holds_what_is_unread_and_goes_once(brent_lead: User) -> None:
    choose(brent_lead, Frequency.DAILY)
    read, *_ = told(brent_lead)
    told(brent_lead)
    told(brent_lead)
    Message.objects.filter(pk=read.pk).mark_read()

    (digest,) = write_digests(Frequency.DAILY)
    assert digest.subject == "OFFICIAL: 2 messages today"
    assert digest.body.count("Three lines need another look.") == 2
    assert write_digests(Frequency.DAILY) == []
    assert write_digests(Frequency.WEEKLY) == []


def test_each_kind_has_a_way_of_its_own_until_somebody_chooses(brent_lead: User) -> None:
    told(brent_lead, about="return_accepted")

    assert KINDS["return_accepted"].email == Frequency.DAILY
    assert Mail.objects.count() == 0


class Failing(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


def test_a_mail_server_that_fails_loses_nothing(brent_lead: User, settings: Any) -> None:
    told(brent_lead)
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Failing"

    assert outbox.sweep() == 0
    waiting = Mail.objects.get()
    assert (waiting.state, waiting.attempts) == (MailState.QUEUED, 1)
    assert "closed" in waiting.failure
    settings.EMAIL_BACKEND = working
    assert outbox.sweep() == 0, "it waits a minute"
    Mail.objects.update(next_try=timezone.now() - dt.timedelta(seconds=1))
    assert outbox.sweep() == 1
    assert Mail.objects.get().state == MailState.SENT


def test_after_many_failures_it_says_so_with_the_reason(brent_lead: User, settings: Any) -> None:
    told(brent_lead)
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    for _ in range(len(WAITS) + 1):
        Mail.objects.update(next_try=timezone.now() - dt.timedelta(seconds=1))
        outbox.sweep()

    failed = Mail.objects.get()
    assert failed.state == MailState.FAILED
    assert "closed" in failed.failure
    assert "could not be delivered" in as_(brent_lead).get("/account/emails/").content.decode()


def test_what_a_lost_worker_left_is_sent_by_the_next(brent_lead: User) -> None:
    told(brent_lead)
    assert Mail.objects.claim(Mail.objects.get().pk) is not None
    assert outbox.sweep() == 0
    Mail.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))

    assert outbox.sweep() == 1


def test_the_ledger_holds_messages_and_emails(brent_lead: User) -> None:
    told(brent_lead)

    tables = set(LedgerEntry.objects.filter(table__startswith="notifications").values_list("table", flat=True))
    assert tables == {"notifications_message", "notifications_mail"}


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://me:pass%40word@mail.example", 587, True, False),
        ("smtps://mail.example", 465, False, True),
        ("smtp://127.0.0.1:25?tls=no", 25, False, False),
    ],
)
def test_a_mail_server_comes_from_one_address(
    monkeypatch: pytest.MonkeyPatch, url: str, port: int, tls: object, ssl: object
) -> None:
    monkeypatch.setenv("PORTAL_SMTP_URL", url)

    found = mail_server("PORTAL_SMTP_URL")
    assert found is not None
    assert (found.port, found.starttls, found.tls) == (port, tls, ssl)
