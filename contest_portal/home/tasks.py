from celery import shared_task

from contest_portal.home.models import WorkerHeartbeat


@shared_task
def heartbeat() -> None:
    WorkerHeartbeat.beat()
