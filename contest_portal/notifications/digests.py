"""Digests: the messages of a day or week that a person has not read yet, in one email."""

from itertools import groupby

from django.db import transaction

from contest_portal.notifications.kinds import Frequency
from contest_portal.notifications.models import Mail, Message
from contest_portal.notifications.telling import write

SUBJECTS = {Frequency.DAILY: "today", Frequency.WEEKLY: "this week"}


@transaction.atomic
def write_digests(frequency: Frequency) -> list[Mail]:
    """Queue one email for each person with unread messages of that frequency. Safe to run again: each goes once."""
    waiting = Message.objects.unread().filter(frequency=frequency, mail=None).select_for_update(skip_locked=True)
    ordered = waiting.order_by("recipient_id", "created_at", "pk")
    return [_write(list(notices), frequency) for _, notices in groupby(ordered, key=lambda found: found.recipient_id)]


def _write(notices: list[Message], frequency: Frequency) -> Mail:
    count = len(notices)
    mail = write(notices, f"{count} message{'' if count == 1 else 's'} {SUBJECTS[frequency]}")
    mail.save()
    Message.objects.filter(pk__in=[notice.pk for notice in notices]).update(mail=mail)
    return mail
