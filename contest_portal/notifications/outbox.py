"""The outbox. An email is claimed before it is sent and tried again when the mail server fails, so none is lost."""

import smtplib

import structlog
from celery import current_app
from django.core.mail import EmailMessage
from kombu.exceptions import OperationalError

from contest_portal.notifications.models import Mail

SEND = "contest_portal.notifications.tasks.send_mail"
MOST = 200

log = structlog.get_logger(__name__)


def send_soon(pk: int) -> bool:
    """Tell a worker. False when the broker cannot be reached; the sweep will send it later."""
    try:
        current_app.send_task(SEND, args=[pk])
    except OperationalError as failure:
        log.warning("mail_message_not_sent", mail=pk, reason=str(failure))
        return False
    return True


def send(pk: int) -> bool:
    """Hand one email to the mail server. False when there was nothing to do or it has to wait."""
    mail = Mail.objects.claim(pk)
    if mail is None:
        return False
    try:
        EmailMessage(mail.subject, mail.body, to=[mail.recipient.email]).send()
    except (smtplib.SMTPException, OSError) as failure:
        log.warning("mail_not_sent", mail=pk, attempts=mail.attempts, reason=type(failure).__name__)
        mail.put_off(f"{type(failure).__name__}: {failure}")
        return False
    mail.finish()
    return True


def sweep() -> int:
    """Send what is due: what nobody was told of, what failed and has waited, what a lost worker left."""
    return sum(send(pk) for pk in Mail.objects.due().order_by("next_try").values_list("pk", flat=True)[:MOST])
