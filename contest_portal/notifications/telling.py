"""Telling people something: a message in the portal for each, and an email the way each of them chose."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from contest_portal.access.models import Deputy
from contest_portal.accounts.models import User
from contest_portal.audit.acting import moment
from contest_portal.core.markings import Marking
from contest_portal.notifications.kinds import KINDS, Frequency
from contest_portal.notifications.models import Mail, MailChoice, Message
from contest_portal.notifications.outbox import send_soon


@transaction.atomic
def tell(people: Iterable[User], subject: str, text: str, *, link: str, about: str, event: str = "") -> list[Message]:
    """Tell each of them once. With an `event`, whoever was told of it before is left out.

    `subject` and `text` name references and quarters and nothing sensitive; what they are about stands behind `link`.
    """
    reached = _with_deputies({person.pk for person in people if person.is_active})
    for pk in _told(event, reached):
        del reached[pk]
    chosen = _choices(reached, about)
    notices = [
        Message(
            recipient_id=pk,
            for_person_id=absent,
            about=about,
            event=event,
            subject=subject,
            text=text,
            link=link,
            created_at=moment(),
            frequency=chosen.get(pk, KINDS[about].email),
        )
        for pk, absent in reached.items()
    ]
    _queue([notice for notice in notices if notice.frequency == Frequency.INSTANT])
    return Message.objects.bulk_create(notices)


def _with_deputies(people: set[Any]) -> dict[Any, Any]:
    """Each person, and the deputy of each who is on leave, with the one they stand in for."""
    reached: dict[Any, Any] = dict.fromkeys(people)
    cover = Deputy.objects.on(timezone.localdate()).filter(person__in=people, deputy__is_active=True)
    for person, deputy in cover.values_list("person_id", "deputy_id"):
        reached.setdefault(deputy, person)
    return reached


def _told(event: str, people: Iterable[Any]) -> list[Any]:
    if not event:
        return []
    return list(Message.objects.filter(event=event, recipient__in=people).values_list("recipient_id", flat=True))


def _choices(people: Iterable[Any], about: str) -> dict[Any, str]:
    return dict(MailChoice.objects.filter(person__in=people, about=about).values_list("person_id", "frequency"))


def _queue(notices: list[Message]) -> None:
    mails = [write([notice]) for notice in notices]
    Mail.objects.bulk_create(mails)
    for notice, mail in zip(notices, mails, strict=True):
        notice.mail = mail
        transaction.on_commit(partial(send_soon, mail.pk), robust=True)


def write(notices: list[Message], subject: str = "") -> Mail:
    """One email about these messages to one person, not yet saved. The marking comes first."""
    words = render_to_string("notifications/mail.txt", {"notices": notices, "portal": settings.PORTAL_URL})
    return Mail(
        recipient_id=notices[0].recipient_id,
        subject=f"{Marking.OFFICIAL}: {subject or notices[0].subject}",
        body=words.strip() + "\n",
    )
