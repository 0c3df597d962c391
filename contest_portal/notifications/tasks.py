from celery import shared_task

from contest_portal.notifications import outbox
from contest_portal.notifications.digests import write_digests
from contest_portal.notifications.kinds import Frequency


@shared_task
def send_mail(pk: int) -> None:
    outbox.send(pk)


@shared_task
def sweep_outbox() -> None:
    outbox.sweep()


@shared_task
def send_digests(frequency: str) -> None:
    write_digests(Frequency(frequency))
